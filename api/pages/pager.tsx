/** Some rows of many, and the way to the others. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  /** How many there are on all pages together. */
  readonly all: number;
  /** Numbers of the rows that are here. */
  readonly first: number;
  readonly last: number;
  /** Which page this is, and the address of every one. */
  readonly shown: number;
  readonly hrefs: readonly string[];
}

/** Nothing where one page holds them all. */
export const Pager = ({
  paged: { shown, hrefs },
  label,
}: {
  readonly paged: Paged<unknown>;
  /** There are two of them on a page. */
  readonly label: string;
}) =>
  hrefs.length < 2 ? null : (
    <nav class="item-pages" aria-label={label}>
      <ol>
        {hrefs.map((href, n) => (
          <li key={href}>
            {n + 1 === shown ? (
              <strong aria-current="page">{n + 1}ページ</strong>
            ) : (
              <a href={href}>{n + 1}ページ</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
