import { AwsClient } from "aws4fetch";
import type { ObjectStorage } from "./files.ts";

/** A storage that is silent for so long has failed. */
const SILENCE_MS = 60_000;
const RETRIES = 2;

const failed = (what: string, { status }: Response): Error =>
  new Error(`the object storage answered ${what} with ${status}`);

/**
 * `url` is `https://KEY-ID:SECRET@host/bucket?region=ap-northeast-1`, as config.ts has read it: any storage that speaks
 * the protocol of S3 with path-style addresses. Each request is signed (Signature Version 4), and so is a file's hash:
 * what arrives otherwise is refused there.
 */
export const makeObjectStorage = (url: string): ObjectStorage => {
  const { username, password, origin, pathname, searchParams } = new URL(url);
  const aws = new AwsClient({
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    service: "s3",
    region: searchParams.get("region") ?? "us-east-1",
    retries: RETRIES,
  });
  const at = (name: string): string => `${origin}${pathname.replace(/\/$/, "")}/${encodeURIComponent(name)}`;
  const signal = () => AbortSignal.timeout(SILENCE_MS);
  return {
    put: async (name, { bytes, hash }) => {
      const headers = { "x-amz-content-sha256": hash, "content-type": "application/octet-stream" };
      const answer = await aws.fetch(at(name), { method: "PUT", headers, body: bytes, signal: signal() });
      await answer.body?.cancel();
      if (!answer.ok) throw failed("PUT", answer);
    },
    get: async (name) => {
      const answer = await aws.fetch(at(name), { signal: signal() });
      if (!answer.ok || answer.body === null) throw failed("GET", answer);
      return answer.body;
    },
    remove: async (name) => {
      const answer = await aws.fetch(at(name), { method: "DELETE", signal: signal() });
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404) throw failed("DELETE", answer);
    },
  };
};
