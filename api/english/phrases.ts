import { answers1 } from "./answers-1.ts";
import { answers2 } from "./answers-2.ts";
import { board } from "./board.ts";
import { evaluations } from "./evaluations.ts";
import { frame } from "./frame.ts";
import { home } from "./home.ts";
import { lint } from "./lint.ts";
import { names } from "./names.ts";
import { other } from "./other.ts";
import { people } from "./people.ts";
import { plan } from "./plan.ts";
import { record1 } from "./record-1.ts";
import { record2 } from "./record-2.ts";
import { refusals1 } from "./refusals-1.ts";
import { refusals2 } from "./refusals-2.ts";
import { report } from "./report.ts";
import { requests } from "./requests.ts";
import { surveys } from "./surveys.ts";
import type { Phrases } from "./phrase.ts";

const books: readonly Phrases[] = [
  answers1,
  answers2,
  board,
  evaluations,
  frame,
  home,
  lint,
  names,
  other,
  people,
  plan,
  record1,
  record2,
  refusals1,
  refusals2,
  report,
  requests,
  surveys,
];

/** Every text of the screens and its English. One text has one English: it stands in one book. */
export const phrases: Phrases = Object.fromEntries(books.flatMap((book) => Object.entries(book)));
