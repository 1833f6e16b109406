import { isDeepStrictEqual } from 'node:util';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import type { Round } from '../../src/domain/contact/round.ts';
import type { Watch } from '../../src/domain/contact/watch.ts';
import type { Obligation } from '../../src/domain/escalation/obligation.ts';
import { compareOrganisation, compareRoster } from '../../src/domain/ledger/compare-state.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { replayRow, startReplay } from '../../src/domain/ledger/replay.ts';
import type { Aggregate, Campaign, Stored, Write } from '../../src/ports/store.ts';
import type { Blame } from './violation.ts';

/** What is kept only to be found again, and told by no event of its own. */
const untold: ReadonlySet<Aggregate['type']> = new Set(['dialogue', 'handovers', 'requests', 'ahead', 'reportCalendar', 'applied']);

type Fields = { readonly [name: string]: unknown };

/** The same once both have been written as JSON: a field that says nothing is not there. */
export const isSameState = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isSameState(each ?? null, (other[index] as unknown) ?? null))
    );
  return isIn(one as Fields, other as Fields) && Object.keys(other).every((name) => name in one || (other as Fields)[name] === undefined);
};

const isIn = (one: Fields, other: Fields): boolean => Object.keys(one).every((name) => isSameState(one[name], other[name]));

/** Promise 5: the ledger, read from its beginning, gives exactly what is stored. */
export const createReplayOracle = (blame: Blame) => {
  const told = startReplay();
  const { obligations, watches, rounds } = told;
  const versions = new Map<string, number>();
  const stored = new Map<string, Aggregate>();
  let lastSeq = 0;

  const takeIn = (row: LedgerRow, touched: Set<string>): void => {
    if (row.seq !== lastSeq + 1) blame('5 the ledger has no gap', `${row.seq} follows ${lastSeq}`);
    lastSeq = row.seq;
    replayRow(told, row);
    const { subject, roundId } = row.data as { subject?: string; roundId?: string };
    if (row.itemId?.startsWith('i')) touched.add(row.itemId);
    if (row.obligationId !== undefined) touched.add(row.obligationId);
    if (subject !== undefined) touched.add(`w${subject}`);
    if (roundId !== undefined && row.event.startsWith('Round')) touched.add(roundId);
    if (row.event === 'CampaignChanged') touched.add('f');
    if (row.event === 'ChannelPaused' || row.event === 'ChannelResumed') touched.add('n');
  };

  const write = ({ id, expected, aggregate }: Write): void => {
    const version = versions.get(id) ?? 0;
    if (version !== expected)
      blame('3 a decision stands on what is true', `${id} was decided on version ${expected}, but is at ${version}`);
    if (aggregate === null) {
      versions.delete(id);
      stored.delete(id);
      obligations.delete(id);
      rounds.delete(id);
      return;
    }
    versions.set(id, expected + 1);
    stored.set(id, aggregate);
  };

  const tellOf = (id: string): unknown => {
    if (id.startsWith('o')) return obligations.get(id);
    if (id.startsWith('w')) return watches.get(id.slice(1));
    if (id.startsWith('i')) return told.items.get(id);
    if (id.startsWith('p')) return told.proposals.get(id);
    if (id.startsWith('j')) return told.shiftNotes.get(id.slice(1));
    if (id.startsWith('h')) return told.handovers.get(id);
    if (id.startsWith('q')) return told.requests.get(id);
    if (id.startsWith('e')) return told.appeals.get(id);
    if (id.startsWith('t')) return told.reports.get(id);
    if (id === 'f') return told.campaign;
    if (id === 'n') return told.reach;
    return id.startsWith('r') ? rounds.get(id) : undefined;
  };

  const compare = (id: string): void => {
    const aggregate = stored.get(id);
    if (aggregate !== undefined && untold.has(aggregate.type)) return;
    if (aggregate?.type === 'calendar') {
      const held = Object.entries(aggregate.state.seeds).map(([date, seed]) => [date, nodeSecrets.sha256(seed)] as const);
      if (!isDeepStrictEqual(new Map(held), told.seeds))
        blame('5 the ledger explains the state', `the seeds of ${held.join(' ')} against ${[...told.seeds].join(' ')}`);
      const phases = aggregate.state.phases ?? [];
      if (!isSameState(phases, told.phases))
        blame('5 the ledger explains the state', `phases are ${JSON.stringify(phases)}, told ${JSON.stringify(told.phases)}`);
      return;
    }
    const byLedger = tellOf(id);
    const inStore = aggregate?.state;
    const same = byLedger === undefined || inStore === undefined ? byLedger === inStore : isSameState(byLedger, inStore);
    if (!same) blame('5 the ledger explains the state', `${id} is ${JSON.stringify(inStore)}, told ${JSON.stringify(byLedger)}`);
  };

  return {
    /** One decision: its rows, and what it wrote. */
    committed: (rows: readonly LedgerRow[], writes: readonly Write[]): void => {
      const touched = new Set<string>();
      for (const row of rows) takeIn(row, touched);
      for (const one of writes) {
        write(one);
        touched.add(one.id);
      }
      for (const id of touched) compare(id);
    },
    /** Everything that is in the store, and nothing else, is what was written and what the ledger tells. */
    holdsAll: (all: readonly Stored[]): void => {
      if (all.length !== stored.size) blame('5 the ledger explains the state', `${all.length} are kept, ${stored.size} were written`);
      for (const { id, version, aggregate } of all) {
        if (versions.get(id) !== version || !isSameState(stored.get(id), aggregate))
          blame('5 the ledger explains the state', `${id} is kept at ${version}, and was written at ${versions.get(id)}`);
        compare(id);
      }
    },
    campaignIs: ({ organisation, roster }: Omit<Campaign, 'version'>): void => {
      // No use case gives up a post, so no event tells it; the simulation does it all the same.
      const posts = told.roster.roster.posts.filter(({ id }) => roster.posts.some((post) => post.id === id));
      told.roster = { ...told.roster, roster: { ...told.roster.roster, posts } };
      const [difference] = [...compareOrganisation(told.organisation, organisation), ...compareRoster(told.roster, roster)];
      if (difference) blame('5 the ledger explains the state', JSON.stringify(difference));
    },
    /** The roster after a decision that changed it is the one that was told. */
    rosterIs: (roster: Campaign['roster']): void => {
      const [difference] = compareRoster(told.roster, roster);
      if (difference) blame('5 the ledger explains the state', JSON.stringify(difference));
    },
    watchOf: (subject: string): Watch | undefined => watches.get(subject),
    watches: (): Iterable<Watch> => watches.values(),
    obligationOf: (id: string): Obligation | undefined => obligations.get(id),
    phases: () => told.phases,
    rounds: (): Iterable<Round> => rounds.values(),
  };
};
