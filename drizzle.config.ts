import { defineConfig } from "drizzle-kit";

/** For `drizzle-kit generate`: the SQL is generated from the schema, read, and committed. */
export default defineConfig({ dialect: "postgresql", schema: "./db/schema/*.ts", out: "./db/migrations" });
