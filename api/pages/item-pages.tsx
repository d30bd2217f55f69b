import { sameMoment, type Frame } from "./layout.tsx";

/** A request's items, some on a page each, with what is still open there. */
export interface ItemPages {
  readonly shown: number;
  readonly links: readonly PageLink[];
  /** What the reader counts as open: answers to give, answers to review, or what is not settled. */
  readonly waits: "answer" | "review" | "settling";
}
interface PageLink {
  readonly page: number;
  /** Numbers of the items on it. */
  readonly first: number;
  readonly last: number;
  readonly open: number;
  /** Something of the reader's draft is there. */
  readonly drafted: boolean;
}

const openNames: Readonly<Record<ItemPages["waits"], string>> = {
  answer: "要回答",
  review: "確認待ち",
  settling: "未決着",
};

const rangeOf = ({ first, last }: PageLink): string => (first === last ? `${first}` : `${first}～${last}`);

const linkText = (link: PageLink, waits: ItemPages["waits"]): string =>
  `${rangeOf(link)}（${link.open === 0 ? `${openNames[waits]}なし` : `${openNames[waits]}${link.open}件`}${
    link.drafted ? "・下書きあり" : ""
  }）`;

/** Nothing where one page holds them all. */
export const PagesNav = ({
  pages: { shown, links, waits },
  label,
  frame,
}: {
  readonly frame: Frame;
  readonly pages: ItemPages;
  /** There are two of them on a page. */
  readonly label: string;
}) =>
  links.length < 2 ? null : (
    <nav class="item-pages" aria-label={label}>
      <ol>
        {links.map((link) => (
          <li key={link.page}>
            {link.page === shown ? (
              <strong aria-current="page">{linkText(link, waits)}</strong>
            ) : (
              <a href={sameMoment(frame, `?page=${link.page}`)}>{linkText(link, waits)}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );

/** The page goes along with a form, so that a refusal shows it again, and the form leads back to it. */
export const pageField = ({ shown, links }: ItemPages): Readonly<Record<string, string>> =>
  links.length < 2 ? {} : { page: String(shown) };
