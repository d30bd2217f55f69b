import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { freePort } from "./scratch-database.ts";

/**
 * The other side of the wire: an S3-compatible storage on loopback that believes no request whose signature (AWS
 * Signature Version 4, worked out here from its specification) or body hash is not right.
 */
export interface ObjectServer {
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** What it refused, and why. */
  readonly refused: readonly string[];
  readonly spoil: (change: (bytes: Buffer) => Buffer) => void;
  readonly stop: () => Promise<void>;
}

const [KEY, SECRET, REGION] = ["nenrin-key", "s3cret/with+signs", "ap-northeast-1"];
const sha = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

const signatureOf = (
  { method = "", url = "", headers }: IncomingMessage,
  signed: readonly string[],
): string => {
  const date = String(headers["x-amz-date"]);
  const [path = "", query = ""] = url.split("?");
  const canonical = [
    method,
    path,
    query,
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    signed.join(";"),
    String(headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = `${date.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const key = scope.split("/").reduce<Buffer | string>((made, part) => hmac(made, part), `AWS4${SECRET}`);
  return hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha(canonical)].join("\n")).toString("hex");
};

const faultIn = (request: IncomingMessage, body: Buffer): string | undefined => {
  const authorization = request.headers.authorization ?? "";
  const [, key, names = "", signature] =
    /Credential=([^/]+)\/.*SignedHeaders=([^,]+), Signature=([0-9a-f]+)/.exec(authorization) ?? [];
  const signed = names.split(";");
  if (key !== KEY || !signed.includes("x-amz-content-sha256")) return "unsigned";
  if (signature !== signatureOf(request, signed)) return "wrong signature";
  const said = request.headers["x-amz-content-sha256"];
  return said === "UNSIGNED-PAYLOAD" || said === sha(body) ? undefined : "wrong hash";
};

export const startObjectServer = async (): Promise<ObjectServer> => {
  const port = await freePort();
  const objects = new Map<string, Buffer>();
  const refused: string[] = [];
  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece));
    const body = Buffer.concat(pieces);
    const name = request.url ?? "";
    const fault = faultIn(request, body);
    if (fault !== undefined) {
      refused.push(`${request.method} ${fault}`);
      reply.writeHead(403).end();
      return;
    }
    if (request.method === "PUT") objects.set(name, body);
    if (request.method === "DELETE") objects.delete(name);
    const found = objects.get(name);
    if (request.method === "GET") reply.writeHead(found === undefined ? 404 : 200).end(found);
    else reply.writeHead(request.method === "PUT" ? 200 : 204).end();
  };
  const server = createServer((request, reply) => void answer(request, reply));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://${KEY}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/evidence?region=${REGION}`,
    objects,
    refused,
    spoil: (change) => {
      for (const [name, bytes] of objects) objects.set(name, change(bytes));
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
