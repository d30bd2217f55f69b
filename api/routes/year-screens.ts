import type { FastifyPluginAsync } from "fastify";
import { formScreens } from "../form-screens.ts";
import type { ScreenDeps } from "../screens.ts";
import { mailScreen, mailsScreen } from "./mail-screens.ts";
import { receiptScreen } from "./receipt-screen.ts";
import { requestScreen } from "./request-screen.ts";
import { surveyScreen } from "./survey-screen.ts";

/** Every screen below the year's: what people do by form, they do here. */
export const yearScreens = (deps: ScreenDeps): FastifyPluginAsync =>
  formScreens(deps, [requestScreen, surveyScreen, receiptScreen, mailScreen, mailsScreen]);
