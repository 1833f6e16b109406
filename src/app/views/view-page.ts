/** A page of a long list. `next` is the cursor of the following page, null on the last. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

export type PageQuery = { readonly after: string | undefined; readonly limit: number };

/** Of whoever asks. Told before a list is cut into pages: a page of theirs would else come out short, or empty. */
export type Seen<T> = { readonly isShown?: ((one: T) => boolean) | undefined };

type Keyed = { readonly key: string; readonly item: unknown };

/** Lists as they were sorted last: whoever reads a long one does so page by page, and lists are never changed. */
const sortings = new WeakMap<readonly unknown[], { readonly keyOf: unknown; readonly sorted: readonly Keyed[] }>();

const sort = <T>(all: readonly T[], keyOf: (item: T) => string): readonly { readonly key: string; readonly item: T }[] => {
  const known = sortings.get(all);
  if (known?.keyOf === keyOf) return known.sorted as readonly { readonly key: string; readonly item: T }[];
  const sorted = all.map((item) => ({ key: keyOf(item), item })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  sortings.set(all, { keyOf, sorted });
  return sorted;
};

/** Where the first stands whose key comes after. */
const placeAfter = (sorted: readonly Keyed[], after: string): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.key > after) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** `keyOf` sorts as text and is the cursor: a page stays right while rows come and go before it. `all` is never changed after. */
export const toPage = <T>(all: readonly T[], keyOf: (item: T) => string, { after, limit, isShown }: PageQuery & Seen<T>): Page<T> => {
  const sorted = sort(isShown ? all.filter(isShown) : all, keyOf);
  const from = after === undefined ? 0 : placeAfter(sorted, after);
  const page = sorted.slice(from, from + limit);
  return { items: page.map(({ item }) => item), next: sorted.length > from + limit ? (page.at(-1)?.key ?? null) : null };
};

/** Ids are a letter and a number: `m2` comes before `m10`. */
export const idKey = (id: string): string => `${id.slice(0, 1)}${id.slice(1).padStart(12, '0')}`;

const minuteMs = 60_000;
/** Minutes that are remembered: two weeks of what a wall shows. */
const mostMinutes = 20_000;

const seconds = Array.from({ length: 60 }, (_, second) => String(second).padStart(2, '0'));

/**
 * ISO 8601 with the campaign's offset. Walls write tens of thousands at once, so the zone, which is slow to ask, is asked
 * once for each minute: no zone has changed its offset within one since 1972.
 */
export const isoIn = (timeZone: string) => {
  const minutes = new Map<number, { readonly before: string; readonly offset: string }>();
  const findMinute = (minute: number) => {
    const local = Temporal.Instant.fromEpochMilliseconds(minute * minuteMs).toZonedDateTimeISO(timeZone);
    const found = { before: `${local.toPlainDateTime().toString({ smallestUnit: 'minute' })}:`, offset: local.offset };
    if (minutes.size >= mostMinutes) minutes.clear();
    minutes.set(minute, found);
    return found;
  };
  return (at: number): string => {
    const minute = Math.floor(at / minuteMs);
    const { before, offset } = minutes.get(minute) ?? findMinute(minute);
    const ms = at - minute * minuteMs;
    const rest = ms % 1_000;
    const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
    return before + seconds[(ms - rest) / 1_000] + fraction + offset;
  };
};

export type Iso = ReturnType<typeof isoIn>;
