import { expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { replayLedger } from '../../../src/app/ledger/replay-ledger.ts';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { ignoreAll } from '../../support/item-stories.ts';
import { startStory } from '../../support/story.ts';

/** The names of what differs when the ledger is told without some of its rows. */
const differing = async (story: Awaited<ReturnType<typeof startStory>>, isTold: (row: LedgerRow) => boolean = () => true) => {
  const rows = story.events().map((row) => (isTold(row) ? row : { ...row, event: 'DigestSent' as const }));
  const reader = { lastSeq: async () => rows.length, rows: async (after: number, limit: number) => rows.slice(after, after + limit) };
  const report = await replayLedger({ store: story.world.store, reader, sha256: nodeSecrets.sha256 });
  return report.differences.map(({ aggregate, id, what }) => `${aggregate} ${id} ${what}`);
};

it('tells which phases the office has announced, and who stands where as the group was told', async () => {
  const story = await startStory({ at: '2021-08-27T08:00' });
  const office = story.person('冯主任');
  await story.clock.passes('5m');
  for (const said of ['8月30日督察组到东城区', '8月31日督察组到东城区', '9月2日督察组离开东城区']) {
    await office.replies(said);
    await office.replies('是');
  }
  await story.changeRoster((roster) => ({
    ...roster,
    shifts: roster.shifts.map((shift) => (shift.postId === 'p3' ? { ...shift, holders: shift.holders.slice(0, 1) } : shift)),
  }));
  await story.clock.passes('30m');
  ignoreAll(story);
  expect(story.events('PhaseAnnounced')).toHaveLength(3);
  expect(story.events('ShiftsAnnounced').length).toBeGreaterThan(0);
  const isCampaign = (one: string): boolean => one.startsWith('calendar');
  expect((await differing(story)).filter(isCampaign)).toEqual([]);
  // The one put off is not among them.
  expect((await differing(story, (row) => row.event !== 'PhaseAnnounced')).filter(isCampaign)).toEqual([
    'calendar phase 1 onlyInStore',
    'calendar phase 2 onlyInStore',
  ]);
  const last = story.events('ShiftsAnnounced').at(-1)!;
  const withoutOne = story.events().map((row) => (row.seq === last.seq ? { ...row, data: { posts: [['p3', ['m0']]] } } : row));
  const reader = {
    lastSeq: async () => withoutOne.length,
    rows: async (after: number, limit: number) => withoutOne.slice(after, after + limit),
  };
  const report = await replayLedger({ store: story.world.store, reader, sha256: nodeSecrets.sha256 });
  expect(report.differences).toContainEqual(expect.objectContaining({ aggregate: 'calendar', id: 'duty p3', what: 'changed' }));
});
