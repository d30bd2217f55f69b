import { inOrder, type Intention } from "../intention.ts";
import type { Cast, View } from "../view.ts";
import { carryOverIntentions } from "./carry-over.ts";
import { deskIntentions } from "./desk.ts";
import { evaluationIntentions } from "./evaluation.ts";
import { ministryIntentions } from "./ministry.ts";
import { opinionIntentions } from "./opinions.ts";
import { policyIntentions } from "./policy.ts";
import { reportIntentions } from "./report.ts";

/** What all people would do from here on if nothing else happened, earliest first. */
export const intentionsOf = (view: View, cast: Cast): readonly Intention[] =>
  inOrder([
    ...policyIntentions(view, cast),
    ...deskIntentions(view, cast),
    ...ministryIntentions(view, cast),
    ...evaluationIntentions(view, cast),
    ...opinionIntentions(view, cast),
    ...reportIntentions(view, cast),
    ...carryOverIntentions(view, cast),
  ]);
