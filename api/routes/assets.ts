import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const folderOf = (file: string): string => dirname(fileURLToPath(import.meta.resolve(file)));

const LOOKS = /\.(css|woff2|svg)$/;
/** No script is anybody else's. */
const OURS = /\.(css|js|svg)$/;

/** Each address below /assets/ and the folder it shows: fonts and tokens come from their packages, never from outside. */
const folders = () => [
  { prefix: "/assets/", root: fileURLToPath(new URL("../assets/", import.meta.url)), files: OURS },
  { prefix: "/assets/tokens/", root: folderOf("@digital-go-jp/design-tokens"), files: LOOKS },
  { prefix: "/assets/fonts/", root: folderOf("@fontsource-variable/noto-sans-jp"), files: LOOKS },
];

const DAY_SECONDS = 86_400;

/** Style sheets, fonts and marks: files, the same for everybody. */
export const assetRoutes = async (app: FastifyInstance): Promise<void> => {
  for (const { prefix, root, files } of folders())
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      index: false,
      maxAge: DAY_SECONDS * 1000,
      allowedPath: (path) => files.test(path),
    });
};
