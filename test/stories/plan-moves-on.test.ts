import { expect, test } from 'vitest';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { rosterEvents } from '../../src/app/contact/campaign-events.ts';
import { mergeShifts } from '../../src/domain/roster/merge-shifts.ts';
import type { Holder } from '../../src/domain/roster/roster.ts';
import * as invented from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

/** A new list comes in while something has been agreed, or waits to be. */

const { at, holder } = invented;

const everybodyElseIgnores = (story: Story): void => {
  for (const { id } of invented.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

/** A list that names one shift of the eastern post anew, as an import does. */
const lists = async (story: Story, day: string, holders: readonly Holder[]): Promise<void> => {
  const { version, ...campaign } = await story.store.loadCampaign();
  const from = at(`${day}T08:30`);
  const shifts = [{ postId: 'p2', from, to: from + 86_400_000, holders }];
  const merged = mergeShifts(campaign.roster, [], shifts);
  const events = rosterEvents({ posts: [], shifts, replaced: merged.replaced }, merged.roster.version, story.clock.now());
  await story.store.commitCampaign({ ...campaign, roster: merged.roster }, version, events);
  await story.clock.passes('1m');
};

const expectReplayed = async ({ store, world }: Story): Promise<void> => {
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  expect((await replayLedger({ store, reader, sha256: world.secrets.sha256 })).differences).toEqual([]);
};

const agreed = async (story: Story): Promise<void> => {
  await story.person('东主班').replies('8月29日请假一天，由次日班替班');
  await story.person('东主班').replies('是');
  await story.person('次日班').replies('答应');
  await story.person('东局长').replies('同意');
  everybodyElseIgnores(story);
};

const usual = [holder('onDuty', '东主班'), holder('coDuty', '东副班')];

test('an agreement that a new list leaves without effect is told to everybody who agreed on it, once, and when it holds again', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await agreed(story);
  await lists(story, '2021-08-29', [holder('onDuty', '东联系'), holder('coDuty', '东副班')]);
  const lost = /东主班的请假失效：值班表已变更[\s\S]*失效：东城区 8月29日周日 08:30[^\n]*值班表改由 东联系、东副班 值，不再由 次日班 替班/u;
  for (const name of ['东主班', '次日班', '东局长', '冯主任'] as const) story.person(name).sees(lost);
  await story.clock.passes('2m');
  for (const name of ['东主班', '次日班', '东局长', '冯主任'] as const) story.person(name).sawNothing();
  expect(story.events('RequestVoided')).toHaveLength(1);
  await expectReplayed(story);
  await lists(story, '2021-08-29', usual);
  for (const name of ['东主班', '次日班', '东局长', '冯主任'] as const) story.person(name).sees(/东主班的请假恢复有效/u);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('a list that leaves what was agreed as it is, or names the substitute itself, is no news', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await agreed(story);
  await lists(story, '2021-08-29', usual);
  await lists(story, '2021-08-29', [holder('onDuty', '次日班'), holder('coDuty', '东副班')]);
  await lists(story, '2021-09-02', [holder('onDuty', '东联系')]);
  expect(story.events('RequestVoided', 'RequestRevived')).toEqual([]);
  everybodyElseIgnores(story);
});

test('what has been handed on by a later agreement is not lost', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await agreed(story);
  await story.person('次日班').replies('8月29日请假一天，由东联系替班');
  await story.person('次日班').replies('是');
  await story.person('东联系').replies('答应');
  await story.person('东局长').replies('同意');
  await lists(story, '2021-09-02', [holder('onDuty', '东主班')]);
  expect(story.events('RequestTookEffect')).toHaveLength(2);
  expect(story.events('RequestVoided')).toEqual([]);
  everybodyElseIgnores(story);
});

test('an open request whose shift is another’s now is over, and those who wait are told why', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('8月29日请假一天，由次日班替班');
  await story.person('东主班').replies('是');
  everybodyElseIgnores(story);
  await lists(story, '2021-08-29', [holder('onDuty', '东联系'), holder('coDuty', '东副班')]);
  const over = /请假未通过[\s\S]*原因：值班表已变更，要交出的班次不再由本人值/u;
  story.person('东主班').sees(over);
  story.person('次日班').sees(over);
  expect(story.open()).toEqual([]);
  expect(story.events('RequestRefused').at(-1)!.data).toMatchObject({ reason: 'partGone' });
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('an open request whose substitute stands elsewhere by the new list is over too', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('8月29日请假一天，由次日班替班');
  await story.person('东主班').replies('是');
  everybodyElseIgnores(story);
  await lists(story, '2021-08-29', [holder('onDuty', '东主班'), holder('coDuty', '次日班')]);
  story.person('东主班').sees(/请假未通过[\s\S]*原因：值班表或人员已变更，替班不再符合值班规则/u);
  everybodyElseIgnores(story);
});
