import type { CycleKey } from "../../domain/ids.ts";

/** 現在の位置: from the year down to this screen. */
export const Crumbs = ({
  cycle,
  between = [],
  here,
}: {
  readonly cycle: CycleKey;
  readonly between?: readonly { readonly href: string; readonly name: string }[];
  readonly here: string;
}) => (
  <nav aria-label="現在の位置" class="crumbs">
    <ol>
      <li>
        <a href={`/?cycle=${cycle}`}>年次サイクル {cycle}</a>
      </li>
      {between.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
      <li aria-current="page">{here}</li>
    </ol>
  </nav>
);
