import { DefaultFailureConverter } from "@temporalio/common";

/**
 * What went wrong is content too: message and stack trace go to the engine as a payload, which the codec encrypts. Loaded
 * by name into the sandbox, and by workers for their activities.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
