import type { HandoverRules, KeptBook } from '../../domain/handover/advance.ts';
import { postOfHandover, type Handover } from '../../domain/handover/handover.ts';
import { holdsAt, lookAgain, lookAtAll, type BookRead, type Look } from '../../domain/handover/look.ts';
import { withEntries } from '../../domain/layered-map.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Store, Stored } from '../../ports/store.ts';

/** The id of the book of handovers, of which there is one. */
export const handoversId = 'h';

/** What waits to be handed over, how it was read, and what follows from it. Never changed in place: decisions stand on it. */
export type Handovers = {
  /** The book as it is kept; undefined where there is none. */
  readonly stored: Stored | undefined;
  /** What waits, by post. */
  readonly waiting: ReadonlyMap<string, Stored>;
  /** Up to here what was written of handovers has been read. */
  readonly mark: string | undefined;
  /** When all of it was read last; epoch ms. */
  readonly readAt: number;
  /** Undefined before the first look. */
  readonly look: { readonly directory: Directory; readonly found: Look } | undefined;
};

export const noHandovers: Handovers = {
  stored: undefined,
  waiting: new Map(),
  mark: undefined,
  readAt: Number.NEGATIVE_INFINITY,
  look: undefined,
};

export const bookOf = ({ stored }: Pick<Handovers, 'stored'>): KeptBook | undefined =>
  stored?.aggregate.type === 'handovers' ? stored.aggregate.state : undefined;

const stateOf = (stored: Stored | undefined): Handover | undefined =>
  stored?.aggregate.type === 'handover' ? stored.aggregate.state : undefined;

/** The handover that a post waits for; accepted, until it is in effect and written down. */
export const waitingAt = ({ waiting }: Pick<Handovers, 'waiting'>, postId: string): Handover | undefined => stateOf(waiting.get(postId));

const readOf = ({ stored, waiting }: Pick<Handovers, 'stored' | 'waiting'>): BookRead => ({
  book: bookOf({ stored }),
  pending: (postId) => stateOf(waiting.get(postId)),
  waitingAt: waiting.keys(),
});

/**
 * What an earlier version of the program, running beside this one, writes of handovers says nothing of it: so often all
 * is read again. What is decided on it meanwhile names the versions that it read.
 */
const readAllAfterMs = 60_000;

type Read = {
  readonly handovers: Handovers;
  /** Posts whose handover has moved; undefined where the book has. */ readonly moved: readonly string[] | undefined;
};

const readAll = async (
  store: Pick<Store, 'load'>,
  known: Handovers,
  mark: string | undefined,
  ids: ReadonlySet<string> | undefined,
  now: number,
): Promise<Read> => {
  const [stored] = await store.load([handoversId]);
  const pending = Object.entries(bookOf({ stored })?.pending ?? {});
  const isKnown = ([postId, id]: readonly [string, string]): boolean =>
    ids !== undefined && known.waiting.get(postId)?.id === id && !ids.has(id);
  const wanted = pending.filter((one) => !isKnown(one)).map(([, id]) => id);
  const found = wanted.length === 0 ? [] : await store.load(wanted);
  const read = new Map(found.flatMap((one) => (one?.aggregate.type === 'handover' ? [[one.id, one] as const] : [])));
  const waiting = new Map(
    pending.flatMap((one) => {
      const [postId, id] = one;
      const waits = isKnown(one) ? known.waiting.get(postId) : read.get(id);
      return waits ? [[postId, waits] as const] : [];
    }),
  );
  const readAt = ids === undefined ? now : known.readAt;
  return { handovers: { stored, waiting, mark, readAt, look: undefined }, moved: undefined };
};

const readMoved = async (store: Pick<Store, 'load'>, known: Handovers, mark: string | undefined, ids: readonly string[]): Promise<Read> => {
  const waits = ids.filter((id) => known.waiting.get(postOfHandover(id))?.id === id);
  if (waits.length === 0) return { handovers: { ...known, mark }, moved: [] };
  const found = await store.load(waits);
  const read = found.flatMap((one) => (one?.aggregate.type === 'handover' ? [[one.aggregate.state.postId, one] as const] : []));
  const waiting = withEntries(known.waiting, read);
  return { handovers: { ...known, waiting, mark }, moved: waits.map(postOfHandover) };
};

/** Reads what has been written of handovers since they were read last. */
export const readOn = async (store: Pick<Store, 'load' | 'movedHandovers'>, known: Handovers, now: number): Promise<Read> => {
  const isOld = now - known.readAt >= readAllAfterMs || now < known.readAt;
  const { ids, mark } = await store.movedHandovers(isOld ? undefined : known.mark);
  if (ids === undefined) return readAll(store, known, mark, undefined, now);
  if (ids.length === 0) return { handovers: known, moved: [] };
  return ids.includes(handoversId) ? readAll(store, known, mark, new Set(ids), now) : readMoved(store, known, mark, ids);
};

/** Looks at what was read; goes on from the last look where that still holds. */
export const lookAt = (
  { handovers, moved }: Read,
  directory: Directory,
  now: number,
  rules: HandoverRules,
): Handovers & { readonly look: NonNullable<Handovers['look']> } => {
  const { look } = handovers;
  const isGood = look !== undefined && moved !== undefined && look.directory === directory && holdsAt(look.found, now);
  const read = readOf(handovers);
  const found = isGood ? lookAgain(look.found, moved, read, directory, now, rules) : lookAtAll(read, directory, now, rules);
  return { ...handovers, look: { directory, found } };
};
