import type { FastifyPluginAsync } from "fastify";
import { formScreens, type Screen } from "../form-screens.ts";
import type { ScreenDeps } from "../screens.ts";
import { accountScreen } from "./account-screen.ts";
import { auditScreen } from "./audit-screen.ts";
import { boardScreen } from "./board-screen.ts";
import { commentsScreen } from "./comments-screen.ts";
import { draftScreen } from "./draft-screen.ts";
import { entryScreen } from "./entry-screen.ts";
import { correctionsScreen } from "./corrections-screen.ts";
import { diffScreen } from "./diff-screen.ts";
import { evaluationScreen } from "./evaluation-screen.ts";
import { evaluationsScreen } from "./evaluations-screen.ts";
import { findingsScreen } from "./findings-screen.ts";
import { mailScreen, mailsScreen } from "./mail-screens.ts";
import { nextPlanScreen } from "./next-plan-screen.ts";
import { openingScreen } from "./opening-screen.ts";
import { peopleScreen } from "./people-screen.ts";
import { planScreens } from "./plan-screens.ts";
import { policyScreen } from "./policy-screen.ts";
import { receiptScreen } from "./receipt-screen.ts";
import { reportScreen } from "./report-screen.ts";
import { requestScreen } from "./request-screen.ts";
import { workbookScreen } from "./workbook-screen.ts";
import { scheduleScreen } from "./schedule-screen.ts";
import { reviewsScreen } from "./reviews-screen.ts";
import { surveyScreen } from "./survey-screen.ts";
import { surveysScreen } from "./surveys-screen.ts";
import { versionScreen } from "./version-screen.ts";
import { throughYearsScreen, yearsScreen } from "./years-screen.ts";

/** Every screen below the year's: what people do by form, they do here. */
export const yearScreens =
  (deps: ScreenDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(boardScreen(deps));
    await app.register(scheduleScreen(deps));
    await app.register(draftScreen(deps));
    await app.register(formScreens(deps, screens));
  };

const screens: readonly Screen[] = [
  accountScreen,
  peopleScreen,
  ...planScreens,
  policyScreen,
  openingScreen,
  requestScreen,
  entryScreen,
  workbookScreen,
  surveyScreen,
  surveysScreen,
  evaluationsScreen,
  evaluationScreen,
  reportScreen,
  versionScreen,
  commentsScreen,
  findingsScreen,
  nextPlanScreen,
  reviewsScreen,
  correctionsScreen,
  diffScreen,
  yearsScreen,
  throughYearsScreen,
  auditScreen,
  receiptScreen,
  mailScreen,
  mailsScreen,
];
