import type { Adapter, AdapterPayload } from "oidc-provider";

/** What the identity provider keeps between two pages, as long as this process lives. */
export const memoryAdapter = (): ((kind: string) => Adapter) => {
  const kinds = new Map<string, Map<string, AdapterPayload>>();
  return (kind) => {
    const kept = kinds.get(kind) ?? new Map<string, AdapterPayload>();
    kinds.set(kind, kept);
    const first = (is: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> =>
      Promise.resolve([...kept.values()].find(is));
    const change = (work: () => void): Promise<void> => Promise.resolve(work());
    return {
      upsert: (id, payload) => change(() => void kept.set(id, payload)),
      find: (id) => Promise.resolve(kept.get(id)),
      findByUid: (uid) => first((payload) => payload.uid === uid),
      findByUserCode: (userCode) => first((payload) => payload.userCode === userCode),
      consume: (id) =>
        change(() => {
          const payload = kept.get(id);
          if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
        }),
      destroy: (id) => change(() => void kept.delete(id)),
      revokeByGrantId: (grantId) =>
        change(() => {
          for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
        }),
    };
  };
};
