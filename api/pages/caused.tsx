import type { ComponentChildren } from "preact";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";

/** `by`: the address of the event of the record that made it so; null for who may not read the record. */
export const Caused = ({
  by,
  children,
}: {
  readonly by: string | null;
  readonly children: ComponentChildren;
}) => (by === null ? <>{children}</> : <a href={by}>{children}</a>);

/** A date with the way to what made it so. */
export const CausedAt = ({ at, by }: { readonly at: Instant; readonly by: string | null }) => (
  <Caused by={by}>
    <time dateTime={at}>{warekiTime(at)}</time>
  </Caused>
);
