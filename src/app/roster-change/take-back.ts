import type { LedgerEvent } from '../../domain/ledger/event.ts';
import {
  type AppliedChange,
  textOfTouched,
  undoneRoster,
  type UndoRefusal,
  undoRefusal,
} from '../../domain/roster-change/applied-change.ts';
import { findDoubled } from '../../domain/roster-change/find-doubled.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import { restoredEvents } from '../contact/campaign-events.ts';

export type TakenBack =
  | { readonly ok: true; readonly roster: Roster; readonly events: readonly LedgerEvent[] }
  | { readonly ok: false; readonly why: UndoRefusal | 'broken'; readonly doubled: ReturnType<typeof findDoubled> };

/** What undoing a change makes of the roster, or why it can no more be undone. */
export const takeBack = (planned: Roster, applied: AppliedChange, sha256: (text: string) => string, now: number): TakenBack => {
  const why = undoRefusal(applied, sha256(textOfTouched(planned, applied)), now);
  if (why) return { ok: false, why, doubled: [] };
  const roster = undoneRoster(planned, applied);
  // Whoever was relieved by it may have been put somewhere else since.
  const doubled = findDoubled(planned, roster, now);
  if (doubled.length > 0) return { ok: false, why: 'broken', doubled };
  const { before, overrideIds } = applied;
  const data = { version: roster.version, added: [], removed: overrideIds };
  return {
    ok: true,
    roster,
    events: before ? restoredEvents(before, roster.version, now) : [{ at: now, event: 'RosterOverridden', data }],
  };
};
