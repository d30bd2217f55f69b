import type { VNode } from "preact";
import { layout, type Frame } from "./layout.tsx";

/** A screen that says one thing, and the way on. */
export const messagePage = ({
  frame,
  title,
  text,
  way,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly text: string;
  readonly way: { readonly href: string; readonly name: string };
}): VNode =>
  layout(
    title,
    frame,
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a class="button button-quiet" href={way.href}>
          {way.name}
        </a>
      </p>
    </>,
  );
