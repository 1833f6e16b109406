/** Whoever presses again after so long means it anew: another check may have come meanwhile. */
const sameForMs = 120_000;

/** Where nothing but plain HTTP is spoken, browsers have no `randomUUID`. */
const newId = (): string => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');

export type OnceIds = {
  /** The id under which this is said: the same again for whoever presses again because no answer came. */
  readonly of: (content: string) => string;
  /** It got through, or was refused: what is said next is said anew. */
  readonly settle: (content: string) => void;
};

/** A request may arrive while its answer is lost on the way: under the same id the service takes it once. */
export const createOnceIds = (nowMs: () => number = () => performance.now()): OnceIds => {
  const pending = new Map<string, { readonly id: string; readonly atMs: number }>();
  return {
    of: (content) => {
      const before = pending.get(content);
      if (before && nowMs() - before.atMs < sameForMs) return before.id;
      const id = newId();
      pending.set(content, { id, atMs: nowMs() });
      return id;
    },
    settle: (content) => void pending.delete(content),
  };
};

/** What tells one saying from another: its words and values, and its files. */
export const contentOf = (said: object, files: readonly File[] = []): string =>
  JSON.stringify([said, ...files.map(({ name, size, lastModified }) => [name, size, lastModified])]);
