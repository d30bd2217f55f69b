import { DrizzleQueryError } from "drizzle-orm";

/** A database's complaint about a value ends with the value. */
const VALUE = /: "[^]*"$/;

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "no code");

/**
 * The error as it may be logged: what a database complains of quotes values, in its message and its details, and they
 * are what people have written. What is no failed statement stays as it is.
 */
export const tellable = (error: unknown): unknown => {
  if (!(error instanceof DrizzleQueryError)) return error;
  const { cause } = error;
  const told = new Error(
    cause === undefined
      ? "a statement failed"
      : `a statement failed (${codeOf(cause)}): ${cause.message.replace(VALUE, "")}`,
  );
  // Its first lines are the statement; the rest says where.
  told.stack = [
    `${told.name}: ${told.message}`,
    ...(error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)),
  ].join("\n");
  return told;
};
