import type { LedgerRow } from './event.ts';

/** What the ledger says about one obligation, from its rows alone. `state` is undefined before the opening. */
export type Evolve<State> = (state: State | undefined, row: LedgerRow) => State | undefined;

/**
 * Rebuilds every obligation from the ledger. Rows come in order; one about no obligation changes nothing; one after
 * which `evolve` gives undefined removes the obligation.
 */
export const replay = <State>(rows: Iterable<LedgerRow>, evolve: Evolve<State>): Map<string, State> => {
  const states = new Map<string, State>();
  for (const row of rows) replayRow(states, row, evolve);
  return states;
};

/** One step of `replay`, for whoever reads the ledger in pages. */
export const replayRow = <State>(states: Map<string, State>, row: LedgerRow, evolve: Evolve<State>): void => {
  if (row.obligationId === undefined) return;
  const next = evolve(states.get(row.obligationId), row);
  if (next === undefined) states.delete(row.obligationId);
  else states.set(row.obligationId, next);
};
