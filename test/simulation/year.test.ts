import { expect, it } from 'vitest';
import { playMonths, type Month } from './year.ts';

/** YEAR_MONTHS=12 for a year of whole months; otherwise three short ones. */
const given = process.env['YEAR_MONTHS'];
const months = Number(given ?? 3);
const daysEach = given === undefined ? 4 : 30;
/** As the service keeps them, scaled to a bureau of three posts. */
const keepRows = given === undefined ? 500 : 2_000;

it('keeps Redis as large as it was after the first month, with the ledger archived', { timeout: months * 120_000 }, async () => {
  const seen: Month[] = [];
  await playMonths({ months, daysEach, keepRows }, (month) => {
    seen.push(month);
    process.stderr.write(`month ${JSON.stringify(month)}\n`);
  });
  expect(seen).toHaveLength(months);
  const [first, last] = [seen[0]!, seen.at(-1)!];
  // it works all the time, and the archive grows by as much each month
  for (const [index, { rows, archiveBytes }] of seen.entries()) {
    expect(rows).toBeGreaterThan((index + 1) * 0.8 * first.rows);
    expect(archiveBytes).toBeGreaterThan((index + 1) * 0.8 * first.archiveBytes);
  }
  expect(first.rows).toBeGreaterThan(keepRows);
  expect(last.ledgerBytes).toBeLessThan(first.ledgerBytes * 1.25);
  expect(last.bytes).toBeLessThan(first.bytes * 1.25);
});
