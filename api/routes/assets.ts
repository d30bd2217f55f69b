import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const folderOf = (file: string): string => dirname(fileURLToPath(import.meta.resolve(file)));

/** Each address below /assets/ and the folder it shows: fonts and tokens come from their packages, never from outside. */
const folders = () => [
  { prefix: "/assets/", root: fileURLToPath(new URL("../assets/", import.meta.url)) },
  { prefix: "/assets/tokens/", root: folderOf("@digital-go-jp/design-tokens") },
  { prefix: "/assets/fonts/", root: folderOf("@fontsource-variable/noto-sans-jp") },
];

const DAY_SECONDS = 86_400;

/** Style sheets, fonts and marks: files, the same for everybody. */
export const assetRoutes = async (app: FastifyInstance): Promise<void> => {
  for (const { prefix, root } of folders())
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      index: false,
      maxAge: DAY_SECONDS * 1000,
      allowedPath: (path) => /\.(css|woff2|svg)$/.test(path),
    });
};
