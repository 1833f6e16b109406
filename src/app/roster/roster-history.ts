import { applyOverrides } from '../../domain/roster/apply-overrides.ts';
import { evolveRoster, untoldRoster, type ToldRoster } from '../../domain/roster/evolve-roster.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import { markShifts, type ShiftMarks } from '../../domain/roster/shift-marks.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { LedgerReader } from '../../ports/ledger.ts';

export type RosterVersion = {
  readonly version: number;
  readonly at: number;
  readonly actor?: string;
  /** `plan`: by an import or a draft; `override`: something was agreed on top of it. */
  readonly by: 'plan' | 'override';
  readonly roster: Roster;
};

export type RosterHistory = {
  /** Oldest first. */
  readonly versions: readonly RosterVersion[];
  readonly marks: ShiftMarks;
};

const pageRows = 1_000;

/**
 * Every version of the roster, as the ledger tells it. Reads the ledger once and then only what has come since; calls
 * that come together read together. Rejects with the ledger's own error while it is away.
 */
export const createRosterHistory = (reader: LedgerReader): (() => Promise<RosterHistory>) => {
  let told: ToldRoster = untoldRoster;
  let seq = 0;
  let marks: ShiftMarks = new Map();
  const versions: RosterVersion[] = [];
  let reading: Promise<void> | undefined;

  const take = (row: LedgerRow): void => {
    seq = row.seq;
    const next = evolveRoster(told, row);
    const isNew = next.roster !== told.roster;
    told = next;
    if (!isNew) return;
    const { roster } = told;
    const actor = row.actor === undefined ? {} : { actor: row.actor };
    versions.push({ version: roster.version, at: row.at, ...actor, by: row.event === 'RosterOverridden' ? 'override' : 'plan', roster });
    marks = markShifts(marks, applyOverrides(roster).shifts, row.at);
  };

  const catchUp = async (): Promise<void> => {
    const to = await reader.lastSeq();
    while (seq < to) {
      const page = await reader.rows(seq, pageRows);
      if (page.length === 0) return;
      for (const row of page) take(row);
    }
  };

  return async () => {
    reading ??= catchUp().finally(() => (reading = undefined));
    await reading;
    return { versions, marks };
  };
};
