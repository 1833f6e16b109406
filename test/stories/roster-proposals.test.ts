import { expect, test } from 'vitest';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import { at, idOf, organisation } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

/** What a unit says of the roster of its own post waits for the office: with a ladder, and with an end. */

const everybodyElseIgnores = (story: Story): void => {
  for (const { id } of organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const standing = (story: Story, wall: string): string =>
  holdersAt(story.world.byRoster, 'p2', at(wall))
    .map(({ personId }) => story.world.directory.people.get(personId)!.name)
    .join(' ');

const expectReplayed = async ({ store, world }: Story): Promise<void> => {
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  const report = await replayLedger({ store, reader, sha256: world.secrets.sha256 });
  expect(report.differences).toEqual([]);
  expect(report.compared).toMatchObject({ proposal: 1 });
};

/** The office alone is asked: whoever leads it is the one who acts. */
const proposed = async (story: Story, text = '8月29日东城区主班改为次日班'): Promise<void> => {
  const liaison = story.person('东联络');
  await liaison.replies(text);
  await liaison.replies('是');
  liaison.sees(/调整值班表，请确认/u, /已请局联络组办公室调整[\s\S]*办公室答复之前仍按现行值班表值班/u);
};

const waiting = (story: Story) => story.open().filter(({ kind }) => kind === 'rosterProposal');

test('the office is asked at once, one tap of anybody there makes it count, and the proposer and the others hear of it', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await proposed(story);
  const asked =
    /单位请求调整值班表\n原：东城区 主班 8月29日周日 08:30[^\n]*东主班\n改：[^\n]*次日班\n由 东联络 提出。\n请在 8月27日周五 16:00 前答复。[\s\S]*\[确认\]/u;
  story.person('冯主任').sees(asked);
  story.person('陈干事').sees(asked);
  expect(waiting(story)).toHaveLength(1);
  await expectReplayed(story);
  await story.person('陈干事').presses('applyRosterChange');
  await story.settle();
  expect(standing(story, '2021-08-29T12:00')).toBe('东副班 次日班');
  story.person('东联络').sees(/值班表已按申请调整[\s\S]*陈干事 于 8月27日周五 12:00 办理/u);
  expect(story.person('冯主任').card(/单位请求调整/u)).toMatch(/值班表已按申请调整/u);
  await story.person('冯主任').pressesValue({ action: 'declineRosterChange', proposalId: story.events('RosterProposed')[0]!.itemId });
  story.person('冯主任').sees(/值班表已按申请调整/u);
  expect(waiting(story)).toEqual([]);
  expect(story.events('ProposalApplied', 'RosterOverridden').map(({ actor }) => actor)).toEqual([idOf('陈干事'), idOf('陈干事')]);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('while the office says nothing it is asked again and those above it hear of it; at the first shift it is over, and the proposer is told', async () => {
  const story = await startStory({ at: '2021-08-28T08:40' });
  await proposed(story);
  const [{ id } = { id: '' }] = waiting(story);
  story.person('陈干事').sees(/单位请求调整值班表/u);
  await story.clock.reaches('2021-08-28T13:30');
  expect(story.ladder(id)).toEqual(['0 office', '120 office', '210 office', '240 office,groupLeader', '270 office']);
  story
    .person('陈干事')
    .sees(/单位请求调整值班表/u, /单位请求调整值班表/u, /单位请求调整值班表，尚未答复[\s\S]*应于 8月28日周六 12:40 前答复/u);
  expect(standing(story, '2021-08-29T12:00')).toBe('东主班 东副班');
  await story.clock.reaches('2021-08-29T08:31');
  story.person('东联络').sees(/调整申请已过期[\s\S]*班次开始前未答复，未作调整，仍按现行值班表值班/u);
  expect(waiting(story)).toEqual([]);
  expect(story.person('陈干事').card(/单位请求调整值班表/u)).not.toMatch(/\[确认\]/u);
  await story.person('陈干事').pressesValue({ action: 'applyRosterChange', proposalId: story.events('RosterProposed')[0]!.itemId });
  expect(story.person('陈干事').texts().at(-1)).toMatch(/调整申请已过期/u);
  expect(story.events('ProposalExpired')).toHaveLength(1);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('it is declined, or taken back by whoever proposed it and by nobody else', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await proposed(story);
  const { itemId: proposalId } = story.events('RosterProposed')[0]!;
  await story.person('东主班').pressesValue({ action: 'applyRosterChange', proposalId });
  await story.person('东主班').pressesValue({ action: 'declineRosterChange', proposalId });
  await story.person('东局长').pressesValue({ action: 'withdrawRosterChange', proposalId });
  expect(waiting(story)).toHaveLength(1);
  await story.person('东联络').presses('withdrawRosterChange');
  story.person('东联络').sees(/调整申请已撤回/u);
  expect(waiting(story)).toEqual([]);
  await story.clock.passes('1m');
  await proposed(story, '8月30日东城区主班改为次日班');
  await story.person('冯主任').presses('declineRosterChange');
  story.person('东联络').sees(/办公室未同意调整[\s\S]*冯主任 于/u);
  expect(story.events('ProposalWithdrawn', 'ProposalDeclined').map(({ event }) => event)).toEqual([
    'ProposalWithdrawn',
    'ProposalDeclined',
  ]);
  expect(standing(story, '2021-08-30T12:00')).toBe('东主班 东副班');
  everybodyElseIgnores(story);
});

test('two that are said within the same millisecond are two', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await proposed(story);
  await proposed(story, '8月30日东城区主班改为次日班');
  expect(waiting(story)).toHaveLength(2);
  expect(new Set(story.events('RosterProposed').map(({ itemId }) => itemId)).size).toBe(2);
  everybodyElseIgnores(story);
});

test('what has moved on since it was proposed is refused as it would be today, and goes on waiting', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await proposed(story);
  await story.person('冯主任').replies('8月29日东城区主班改为东联系');
  await story.person('冯主任').replies('是');
  everybodyElseIgnores(story);
  await story.person('陈干事').presses('applyRosterChange', /单位请求调整/u);
  story.person('陈干事').sees(/未调整值班表\n此后值班表或人员已有变动/u);
  expect(waiting(story)).toHaveLength(1);
  everybodyElseIgnores(story);
});
