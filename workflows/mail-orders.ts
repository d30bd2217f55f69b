import type { MailOrder } from "../activities/contract.ts";
import type { CycleKey } from "../domain/ids.ts";

type Sent = Pick<MailOrder, "letter" | "to" | "path" | "occurrence"> & Partial<MailOrder>;

/** A mail that says nothing but what is given. */
export const mailOrder = (sent: Sent): MailOrder => ({
  request: null,
  items: [],
  detail: "",
  reason: null,
  dueAt: null,
  ...sent,
});

/** Screens that mails link to. */
export const cyclePath = (cycle: CycleKey): string => `/?cycle=${cycle}`;
export const nextPlanPath = (cycle: CycleKey): string => `/cycles/${cycle}/next-plan`;
export const surveyPath = (survey: string): string => `/surveys/${survey}`;
export const requestPath = (request: string): string => `/requests/${request}`;
