import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { LedgerEvent, LedgerRow } from '../../src/domain/ledger/event.ts';
import { emptyOrganisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../src/domain/roster/roster.ts';
import {
  type Aggregate,
  type Campaign,
  type CommitResult,
  type Due,
  scanLetters,
  type Store,
  type Stored,
  type Transition,
} from '../../src/ports/store.ts';
import { asPlain } from './as-plain.ts';
import { createDueIndex } from './due-index.ts';
import { createMemoryOutbox, type MemoryOutbox } from './memory-outbox.ts';

export type MemoryStoreOptions = {
  readonly bureau?: string;
  /** How long notices to one recipient are held to become one message, campaign ms. */
  readonly bundleWindowMs: number;
  readonly now: () => number;
  /** Takes an entry out of the inbox: true the first time. */
  readonly settle?: (entryId: string) => boolean;
  /** Given, the ledger is told and not kept: months of many posts would fill the memory with rows that nobody reads. */
  readonly tell?: (event: LedgerEvent) => void;
  /** States are kept as they are handed over, for whoever is known to change none in place: half of the time is copying. */
  readonly isTrusting?: boolean;
};

/** Everything that would be on disk, as it would be read again, so that nothing can be changed behind the store's back. */
type Disk = {
  readonly states: Map<string, { version: number; kept: Aggregate }>;
  readonly due: ReturnType<typeof createDueIndex>;
  readonly ledger: LedgerRow[];
  readonly bundles: Map<string, Notice[]>;
  /** Handovers in the order in which they were written, each under a number that is given once. */
  readonly handed: { readonly no: number; readonly id: string }[];
  campaign: { version: number; kept: Omit<Campaign, 'version'> | undefined };
};

export type MemoryStore = Store & {
  readonly outbox: MemoryOutbox;
  /** The ledger, or what came into it after `seq`. */
  readonly rows: (afterSeq?: number) => readonly LedgerRow[];
  /** Every aggregate there is, by id. */
  readonly all: () => readonly Stored[];
  readonly dueAt: (id: string) => number | undefined;
  readonly nextDueAt: () => number | undefined;
  /** Another store with the same contents: whatever happens to one leaves the other as it is. */
  readonly clone: () => MemoryStore;
};

const pageSize = 1000;
/** Twice as many are kept at most. */
const mostMoves = 500;
/** Over all stores: what was written into one and forgotten is not taken for what another has written since. */
let moves = 0;

const emptyDisk = (): Disk => ({
  states: new Map(),
  due: createDueIndex(),
  ledger: [],
  bundles: new Map(),
  handed: [],
  campaign: { version: 0, kept: undefined },
});

const copyOf = (disk: Disk): Disk => ({
  states: new Map([...disk.states].map(([id, state]) => [id, { ...state }])),
  due: createDueIndex(disk.due.entries()),
  ledger: [...disk.ledger],
  bundles: new Map([...disk.bundles].map(([to, notices]) => [to, [...notices]])),
  handed: [...disk.handed],
  campaign: { ...disk.campaign },
});

const createOn = (disk: Disk, outbox: MemoryOutbox, options: MemoryStoreOptions): MemoryStore => {
  const { bureau = 'memory', bundleWindowMs, now, settle = () => true, tell, isTrusting = false } = options;
  const keep = <T extends object>(value: T): T => (isTrusting ? value : asPlain(value));

  const stored = (id: string): Stored | undefined => {
    const found = disk.states.get(id);
    return found && { id, version: found.version, aggregate: found.kept };
  };

  const write = (events: readonly LedgerEvent[]): void => {
    if (tell) events.forEach(tell);
    else for (const event of events) disk.ledger.push(asPlain({ ...event, seq: disk.ledger.length + 1, bureau }));
  };

  const remember = (id: string): void => {
    disk.handed.push({ no: (moves += 1), id });
    if (disk.handed.length > 2 * mostMoves) disk.handed.splice(0, mostMoves);
  };

  const hold = (notice: Notice): void => {
    const held = disk.bundles.get(notice.to);
    if (held) held.push(notice);
    else disk.bundles.set(notice.to, [notice]);
    const id = `b${notice.to}`;
    if (!disk.due.has(id)) disk.due.set(id, Math.ceil(now() + bundleWindowMs));
  };

  // Checked whole before the first write, in the same order as the script does.
  const judge = ({ writes, reads = [], settles }: Transition, campaignVersion: number): CommitResult => {
    if (campaignVersion !== disk.campaign.version) return 'stale';
    for (const { id, version } of reads) if ((disk.states.get(id)?.version ?? 0) !== version) return 'stale';
    for (const { id, expected } of writes) if ((disk.states.get(id)?.version ?? 0) !== expected) return 'conflict';
    return settles === undefined || settle(settles) ? 'committed' : 'settled';
  };

  const commitOne = (transition: Transition, campaignVersion: number): CommitResult => {
    const result = judge(transition, campaignVersion);
    if (result !== 'committed') return result;
    for (const { id, expected, aggregate, dueAt } of transition.writes) {
      if (aggregate === null) disk.states.delete(id);
      else disk.states.set(id, { version: expected + 1, kept: keep(aggregate) });
      if (aggregate === null || dueAt === null) disk.due.delete(id);
      else disk.due.set(id, Math.ceil(dueAt));
      if (id.startsWith('h')) remember(id);
    }
    if (transition.campaign) disk.campaign = { version: campaignVersion + 1, kept: keep(transition.campaign) };
    write(transition.events);
    const direct = transition.notices.filter((notice) => !notice.isBundled);
    if (direct.length > 0) outbox.put(direct);
    for (const notice of transition.notices) if (notice.isBundled) hold(notice);
    return result;
  };

  /** A bundle that is due needs no decision; anything else is lent. */
  const lend = (id: string, dueAt: number, lentUntil: number): Due | undefined => {
    if (id.startsWith('b')) {
      const recipient = id.slice(1);
      const held = disk.bundles.get(recipient);
      if (held) outbox.put(held, recipient);
      disk.bundles.delete(recipient);
      disk.due.delete(id);
      return undefined;
    }
    const found = stored(id);
    if (found) disk.due.set(id, lentUntil);
    else disk.due.delete(id);
    return found && { ...found, dueAt };
  };

  return {
    outbox,
    load: async (ids) => ids.map(stored),
    takeDue: async (at, limit, leaseMs) => {
      const found = disk.due.dueBy(at, limit);
      const due = found.flatMap(([id, dueAt]) => lend(id, dueAt, Math.ceil(at + leaseMs)) ?? []);
      return { due, nextAt: disk.due.nextAt() ?? null };
    },
    commit: async (transitions, campaignVersion) =>
      transitions.map((transition) => commitOne(transition, transition.basedOn ?? campaignVersion)),
    loadCampaign: async (): Promise<Campaign> => {
      const { version, kept } = disk.campaign;
      const campaign = kept === undefined ? { organisation: emptyOrganisation, roster: emptyRoster } : kept;
      return { ...campaign, version };
    },
    campaignVersion: async () => disk.campaign.version,
    commitCampaign: async (campaign, expectedVersion, events, notices = []) => {
      const result = commitOne({ writes: [], events, notices, campaign }, expectedVersion);
      return result === 'stale' ? 'conflict' : result;
    },
    scan: async (type, cursor) => {
      const ids = [...disk.states.keys()].filter((id) => id.startsWith(scanLetters[type]) && id.length > 1);
      const from = Number(cursor);
      const items = ids.slice(from, from + pageSize).flatMap((id) => stored(id) ?? []);
      return { items, cursor: from + pageSize < ids.length ? String(from + pageSize) : null };
    },
    movedHandovers: async (since) => {
      const mark = disk.handed.at(-1)?.no.toString();
      const from = since === undefined ? -1 : disk.handed.findLastIndex(({ no }) => no === Number(since));
      return { ids: from === -1 ? undefined : [...new Set(disk.handed.slice(from + 1).map(({ id }) => id))], mark };
    },
    append: async (events) => write(events),
    ping: async () => {},
    rows: (afterSeq = 0) => disk.ledger.slice(afterSeq),
    all: () => [...disk.states.keys()].flatMap((id) => stored(id) ?? []),
    dueAt: (id) => disk.due.get(id),
    nextDueAt: disk.due.nextAt,
    clone: () => {
      const other = createMemoryOutbox();
      outbox.copyTo(other);
      return createOn(copyOf(disk), other, options);
    },
  };
};

/** The store without a Redis, for simulation and for stories; one contract suite holds it to the real one. */
export const createMemoryStore = (options: MemoryStoreOptions): MemoryStore => createOn(emptyDisk(), createMemoryOutbox(), options);
