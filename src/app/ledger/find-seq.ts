import type { LedgerReader } from '../../ports/ledger.ts';

/** The `seq` of the last row before an instant (epoch ms), 0 where there is none: found by halving, for rows are in order of time. */
export const findSeqBefore = async (reader: LedgerReader, at: number): Promise<number> => {
  let low = 0;
  let high = await reader.lastSeq();
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const [row] = await reader.rows(middle, 1);
    if (row !== undefined && row.at < at) low = row.seq;
    else high = middle;
  }
  return low;
};
