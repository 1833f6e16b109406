/** A page of a long list. `next` is the cursor of the following page, null on the last. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

export type PageQuery = { readonly after: string | undefined; readonly limit: number };

/** `keyOf` sorts as text and is the cursor: a page stays right while rows come and go before it. */
export const toPage = <T>(all: readonly T[], keyOf: (item: T) => string, { after, limit }: PageQuery): Page<T> => {
  const sorted = all.map((item) => ({ key: keyOf(item), item })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const following = after === undefined ? sorted : sorted.filter(({ key }) => key > after);
  const page = following.slice(0, limit);
  return { items: page.map(({ item }) => item), next: following.length > limit ? (page.at(-1)?.key ?? null) : null };
};

/** Ids are a letter and a number: `m2` comes before `m10`. */
export const idKey = (id: string): string => `${id.slice(0, 1)}${id.slice(1).padStart(12, '0')}`;

/** ISO 8601 with the campaign's offset. */
export const isoIn =
  (timeZone: string) =>
  (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone });

export type Iso = ReturnType<typeof isoIn>;
