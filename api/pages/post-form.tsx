import { createContext, type ComponentChildren } from "preact";

/** The token of the session whose page this is: what tells our forms from another site's. null where nobody is signed in. */
export const FormToken = createContext<string | null>(null);

/** Every form that changes something. Sent by a button, with or without JavaScript. */
export const PostForm = ({
  action,
  label,
  name,
  encType,
  children,
}: {
  readonly action: string;
  readonly label?: string | undefined;
  /** Of its looks. */
  readonly name?: string | undefined;
  readonly encType?: "multipart/form-data" | undefined;
  readonly children: ComponentChildren;
}) => (
  <form class={name} method="post" action={action} aria-label={label} encType={encType} noValidate>
    <FormToken.Consumer>
      {(token) => (token === null ? null : <input type="hidden" name="form-token" value={token} />)}
    </FormToken.Consumer>
    {children}
  </form>
);
