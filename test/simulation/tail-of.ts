import type { LedgerRow } from '../../src/domain/ledger/event.ts';

const offsetMs = 8 * 3_600_000;

/** The last rows that contain all of these words, a line each, at the campaign's time. */
export const tailOf = (rows: readonly LedgerRow[], words: readonly string[], count: number): readonly string[] =>
  rows
    .map((row) => `${new Date(row.at + offsetMs).toISOString().slice(5, 23)} ${JSON.stringify(row)}`)
    .filter((line) => words.every((word) => line.includes(word)))
    .slice(-count);
