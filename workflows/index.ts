/** Exactly the registered workflows: each name is a workflow type. */
export { chase } from "./chase.ts";
export { courier } from "./courier.ts";
export { cycle } from "./cycle.ts";
export { report } from "./report.ts";
export { request } from "./request.ts";
export { survey } from "./survey.ts";
