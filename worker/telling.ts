import { DefaultLogger, Runtime, type ActivityInterceptorsFactory, type Logger } from "@temporalio/worker";
import { tellable } from "../db/tellable.ts";

/** Temporal's names of our log levels. */
const LOG_LEVELS = {
  fatal: "ERROR",
  error: "ERROR",
  warn: "WARN",
  info: "INFO",
  debug: "DEBUG",
  trace: "TRACE",
} as const;

/** The log of the process, the SDK's own lines included. To be asked for once, before anything else of the SDK. */
export const installLogger = (level: keyof typeof LOG_LEVELS): Logger => {
  const logger = new DefaultLogger(LOG_LEVELS[level]);
  Runtime.install({ logger });
  return logger;
};

/** What an activity fails with is logged, without what people have written. */
export const tellingFailures: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: (input, next) =>
      next(input).catch((error: unknown) => {
        throw tellable(error);
      }),
  },
});
