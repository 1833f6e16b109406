import { withoutPeople } from '../../domain/campaign-record/changed-members.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import { replayRow, startReplay, type Replayed } from '../../domain/ledger/replay.ts';
import { lacking, withoutTexts, withoutWords } from '../../domain/ledger/strip-state.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Aggregate, Stored } from '../../ports/store.ts';

/** What may stay when a campaign is forgotten: `people` with their numbers and accounts, `items` with their texts, `files` of record. */
export const keepable = ['people', 'items', 'files'] as const;
export type Kept = (typeof keepable)[number];

const pageRows = 1_000;

/** The state as the ledger tells it now: with nothing beside it that was removed. */
export const readTold = async (reader: LedgerReader): Promise<Replayed> => {
  const told = startReplay();
  const to = await reader.lastSeq();
  for (let seq = 0; seq < to;) {
    const rows = await reader.rows(seq, pageRows);
    if (rows.length === 0)
      throw new Error(`ZG_LEDGER_INCOMPLETE: rows ${seq + 1} to ${to} are neither in the archive nor in the running ledger.`);
    for (const row of rows) {
      replayRow(told, row);
      const o = row.obligationId === undefined ? undefined : told.obligations.get(row.obligationId);
      if (o && isEnded(o)) told.obligations.delete(o.id);
    }
    seq = rows.at(-1)!.seq;
  }
  return told;
};

/** What of it is looked at. */
export type Told = Pick<Replayed, 'items' | 'campaign'>;

/** What of one thing is left: null where nothing is, the same object where nothing names anybody. */
export const strippedOf = ({ id, aggregate }: Stored, told: Told, keeps: ReadonlySet<Kept>): Aggregate | null => {
  switch (aggregate.type) {
    case 'item': {
      const state = keeps.has('items') ? aggregate.state : withoutTexts(aggregate.state, told.items.get(id));
      return JSON.stringify(state) === JSON.stringify(aggregate.state) ? aggregate : { ...aggregate, state };
    }
    case 'request': {
      const state = lacking(aggregate.state, 'reason', 'endText');
      return state === aggregate.state ? aggregate : { ...aggregate, state };
    }
    case 'appeal': {
      const state = lacking(aggregate.state, 'reason', 'verdict');
      return state === aggregate.state ? aggregate : { ...aggregate, state };
    }
    case 'handover': {
      const state = withoutWords(aggregate.state);
      return state === aggregate.state ? aggregate : { ...aggregate, state };
    }
    case 'shiftNotes': {
      const state = withoutWords(aggregate.state);
      return state === aggregate.state ? aggregate : { ...aggregate, state };
    }
    case 'dialogue':
    case 'code':
      return null;
    case 'identity':
    case 'accounts':
      return keeps.has('people') ? aggregate : null;
    case 'campaign': {
      const { words } = aggregate.state;
      if (keeps.has('people') || words === undefined) return aggregate;
      const state = { ...aggregate.state, ...told.campaign, words: withoutPeople(words) };
      return JSON.stringify(state) === JSON.stringify(aggregate.state) ? aggregate : { ...aggregate, state };
    }
    default:
      return aggregate;
  }
};
