import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/web/data/types.ts';
import { type LedgerRows, withNewest, withNews, withOlder } from '../../src/web/logic/ledger-rows.ts';

const row = (seq: number): Row => ({ seq, at: '2021-08-27T10:00:00+08:00', event: 'CheckOpened', data: {} });
/** Newest first, as the server hands them out; rows of others may lie between. */
const rowsFrom = (newest: number, oldest: number): Row[] => Array.from({ length: newest - oldest + 1 }, (_, index) => row(newest - index));
const held = (rows: readonly Row[], olderThan: string | null): LedgerRows => ({ rows: rows.toReversed(), olderThan });
const seqsOf = ({ rows }: LedgerRows): readonly number[] => rows.map(({ seq }) => seq);
const nothing: LedgerRows = { rows: [], olderThan: null };

describe('the rows of the ledger on the page', () => {
  it('keep what came live before the newest were read, once each and oldest first', () => {
    const live = withNews(nothing, [row(12), row(11)]);
    const read = withNewest(live, { items: rowsFrom(11, 9), next: '9' });
    expect(seqsOf(read)).toEqual([9, 10, 11, 12]);
    expect(read.olderThan).toBe('9');
    // also where the newest were read before any of what came live was written
    expect(seqsOf(withNewest(live, { items: rowsFrom(10, 9), next: '9' }))).toEqual([9, 10, 11, 12]);
    expect(withNewest(live, { items: [], next: null })).toEqual({ rows: [row(11), row(12)], olderThan: null });
  });

  it('go on behind what is there, and only behind what was asked for', () => {
    const older = { items: rowsFrom(8, 7), next: '7' };
    const before = held(rowsFrom(10, 9), '9');
    expect(withOlder(before, '9', older)).toEqual(held(rowsFrom(10, 7), '7'));
    expect(withOlder(before, '5', older)).toBe(before);
    expect(withOlder(before, '9', { items: [row(8)], next: null }).olderThan).toBeNull();
  });

  it('keep what was read where the newest join on, and begin anew where rows are missing between', () => {
    const before = held(rowsFrom(20, 11), '11');
    const joined = withNewest(before, { items: rowsFrom(22, 20), next: '20' });
    expect(joined).toEqual(held(rowsFrom(22, 11), '11'));
    const apart = withNewest(before, { items: rowsFrom(32, 30), next: '30' });
    expect(apart).toEqual(held(rowsFrom(32, 30), '30'));
  });

  it('are four hundred at most, and nothing older is read beyond them', () => {
    const full = withOlder(held(rowsFrom(500, 141), '141'), '141', { items: rowsFrom(140, 81), next: '81' });
    expect([full.rows.length, full.rows[0]?.seq, full.olderThan]).toEqual([400, 101, null]);
    const news = withNews(held(rowsFrom(400, 2), '2'), [row(401), row(402)]);
    expect([news.rows.length, news.rows[0]?.seq, news.olderThan]).toEqual([400, 3, null]);
  });
});
