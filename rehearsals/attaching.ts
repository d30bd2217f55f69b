import { z } from "zod";
import type { Client } from "./client.ts";
import type { Attached, Intention } from "./intention.ts";

const stored = z.object({ file: z.string(), sha256: z.string() });
const answering = z.looseObject({ answers: z.array(z.looseObject({ item: z.string() })) });

const formOf = ({ item, name, confidentiality, text }: Attached): FormData => {
  const form = new FormData();
  form.set("item", item);
  form.set("confidentiality", String(confidentiality));
  form.set("file", new File([text], name));
  return form;
};

/**
 * The body of the intention, with what goes along stored and named by its item's answer. Stored again it is the same
 * file, and so the same body. @param keyOf the key under which a file is sent
 */
export const withAttached = async (
  client: Pick<Client, "post">,
  { attached, body, ...intention }: Intention,
  keyOf: (name: string) => string,
): Promise<object> => {
  if (attached === undefined) return body;
  const { path, files } = attached;
  const named = new Map<string, z.output<typeof stored>[]>();
  for (const file of files) {
    const idempotencyKey = keyOf(`${intention.key} ${file.item} ${file.name}`);
    const kept = await client.post(intention, { path, body: formOf(file), idempotencyKey }, stored);
    named.set(file.item, [...(named.get(file.item) ?? []), kept]);
  }
  const { answers, ...rest } = answering.parse(body);
  return {
    ...rest,
    answers: answers.map((answer) => {
      const own = named.get(answer.item);
      return own === undefined ? answer : { ...answer, files: own };
    }),
  };
};
