import { createContext } from "preact";

export type Language = "ja" | "en";

/** The language of the page, and where the other one leads back to; null of a page that no address leads back to. */
export const PageLanguage = createContext<{ readonly language: Language; readonly back: string } | null>(
  null,
);

const others = {
  ja: { language: "en", name: "English" },
  en: { language: "ja", name: "日本語" },
} as const;

/** The same page in the other language, which is called by its own name. */
export const LanguageChoice = () => (
  <PageLanguage.Consumer>
    {(page) => {
      if (page === null) return null;
      const { language, name } = others[page.language];
      const href = `/language?to=${language}&back=${encodeURIComponent(page.back)}`;
      return (
        <a class="language" lang={language} hreflang={language} href={href}>
          {name}
        </a>
      );
    }}
  </PageLanguage.Consumer>
);
