import { isDeepStrictEqual } from 'node:util';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { replay } from '../../src/domain/ledger/replay.ts';
import type { Stored } from '../../src/ports/store.ts';

export const obligationsIn = (states: readonly Stored[]): readonly Obligation[] =>
  states.flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state] : []));

/** The ledger explains the state: what it says of each obligation is what the store holds, and only ended ones are forgotten. */
export const faultsOfStates = (rows: readonly LedgerRow[], states: readonly Stored[]): readonly string[] => {
  const { obligations } = replay(rows);
  const here = new Set(states.map((one) => one.id));
  return [
    ...obligationsIn(states).flatMap((o) => {
      const told = obligations.get(o.id);
      return isDeepStrictEqual(o, told) ? [] : [`${o.id}: ${JSON.stringify(o)}, but the ledger says ${JSON.stringify(told)}`];
    }),
    ...[...obligations.values()].filter((o) => !isEnded(o) && !here.has(o.id)).map((o) => `${o.id} is open and gone`),
  ];
};

/** Whatever has not ended must be looked at again by itself. `due`: the ids that have a due time. */
export const withoutClock = (states: readonly Stored[], due: ReadonlySet<string>): readonly string[] => {
  const byId = new Map(states.map((one) => [one.id, one.aggregate]));
  return states.flatMap(({ id, aggregate }) => {
    if (aggregate.type === 'obligation') return due.has(id) ? [] : [`${id} has no clock`];
    if (aggregate.type !== 'watch') return [];
    const { openObligationId, nextCheckAt } = aggregate.state;
    if (openObligationId === null) return due.has(id) && nextCheckAt !== null ? [] : [`${id} has no clock`];
    const open = byId.get(openObligationId);
    return open?.type === 'obligation' && !isEnded(open.state) ? [] : [`${id} waits for ${openObligationId}, which is over`];
  });
};
