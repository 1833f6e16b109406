import { isDeepStrictEqual } from 'node:util';
import { evolveRound, type Round } from '../../src/domain/contact/round.ts';
import { evolveWatch, type Watch } from '../../src/domain/contact/watch.ts';
import { evolve } from '../../src/domain/escalation/evolve.ts';
import type { Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Aggregate, Write } from '../../src/ports/store.ts';
import type { Blame } from './violation.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Promise 5: the ledger, read from its beginning, gives exactly what is stored. */
export const createReplayOracle = (blame: Blame) => {
  const obligations = new Map<string, Obligation>();
  const watches = new Map<string, Watch>();
  const rounds = new Map<string, Round>();
  const seeds = new Set<string>();
  const versions = new Map<string, number>();
  const stored = new Map<string, Aggregate>();
  let lastSeq = 0;

  const replay = (row: LedgerRow, touched: Set<string>): void => {
    if (row.seq !== lastSeq + 1) blame('5 the ledger has no gap', `${row.seq} follows ${lastSeq}`);
    lastSeq = row.seq;
    const { subject, roundId, date } = row.data as { subject?: string; roundId?: string; date?: string };
    if (row.obligationId !== undefined) {
      const o = evolve(obligations.get(row.obligationId), row);
      if (o) obligations.set(o.id, o);
      touched.add(row.obligationId);
    }
    if (subject !== undefined) {
      const watch = evolveWatch(watches.get(subject), row);
      if (watch) watches.set(subject, watch);
      else watches.delete(subject);
      touched.add(`w${subject}`);
    }
    if (roundId !== undefined && row.event.startsWith('Round')) {
      const round = evolveRound(rounds.get(roundId), row);
      if (round) rounds.set(roundId, round);
      touched.add(roundId);
    }
    if (row.event === 'MassFailureFound' && roundId !== undefined) rounds.set(roundId, evolveRound(rounds.get(roundId), row)!);
    if (row.event === 'SeedSealed') seeds.add(date!);
    if (row.event === 'SeedRevealed') seeds.delete(date!);
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

  const told = (id: string): unknown => {
    if (id.startsWith('o')) return obligations.get(id);
    if (id.startsWith('w')) return watches.get(id.slice(1));
    return id.startsWith('r') ? rounds.get(id) : undefined;
  };

  const compare = (id: string): void => {
    const aggregate = stored.get(id);
    if (aggregate?.type === 'dialogue') return;
    if (aggregate?.type === 'calendar') {
      const dates = Object.keys(aggregate.state.seeds);
      if (!isDeepStrictEqual(new Set(dates), seeds))
        blame('5 the ledger explains the state', `the seeds of ${dates.join()} against ${[...seeds].join()}`);
      return;
    }
    const byLedger = told(id);
    const inStore = aggregate?.state;
    const same =
      byLedger === undefined || inStore === undefined ? byLedger === inStore : isDeepStrictEqual(plain(byLedger), plain(inStore));
    if (!same) blame('5 the ledger explains the state', `${id} is ${JSON.stringify(inStore)}, told ${JSON.stringify(byLedger)}`);
  };

  return {
    /** One decision: its rows, and what it wrote. */
    committed: (rows: readonly LedgerRow[], writes: readonly Write[]): void => {
      const touched = new Set<string>();
      for (const row of rows) replay(row, touched);
      for (const one of writes) {
        write(one);
        touched.add(one.id);
      }
      for (const id of touched) compare(id);
    },
    watchOf: (subject: string): Watch | undefined => watches.get(subject),
    watches: (): Iterable<Watch> => watches.values(),
    obligationOf: (id: string): Obligation | undefined => obligations.get(id),
    rounds: (): Iterable<Round> => rounds.values(),
  };
};
