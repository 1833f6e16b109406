import { expect, it } from 'vitest';
import { idOf, at, roster } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const officers = ['赵主班', '东主班', '西主班'] as const;

it('starts no check outside the campaign, and says why', async () => {
  const story = await startStory({ at: '2021-09-26T08:31' });
  await story.person('冯主任').replies('查岗');
  story.person('冯主任').sees(/未执行[\s\S]*不在保障期内/);
  expect(story.events('RoundOpened')).toEqual([]);
});

it('counts those it really asks: whose check is open already is not asked twice', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('冯主任').replies('查岗东城区');
  story.person('冯主任').sees(/共 1 个岗位/);
  await story.clock.passes('1m');
  await story.person('冯主任').replies('查岗');
  story.person('冯主任').sees(/共 2 个岗位/);
  await story.clock.passes('1m');
  await story.person('冯主任').replies('查岗');
  story.person('冯主任').sees(/均有查岗待应答/);
  expect(story.events('RoundAsked').map((row) => row.data['asked'])).toEqual([1, 2]);
  for (const name of officers) story.person(name).ignores();
});

/** Nobody stands in the east on one day. */
const emptyFrom = at('2021-08-29T08:30');
const withGap = { ...roster, shifts: roster.shifts.filter((shift) => shift.postId !== 'p2' || shift.from !== emptyFrom) };

it('tells a gap of the roster that has simply passed from one that has been filled', async () => {
  const story = await startStory({ at: '2021-08-28T09:00', roster: withGap });
  const reasons = () =>
    story
      .events('ObligationWithdrawn')
      .filter((row) => row.data['kind'] === 'rosterGap')
      .map((row) => row.data['reason']);
  expect(story.open().filter((o) => o.kind === 'rosterGap')).toHaveLength(1);
  await story.clock.passesWhileAway('2d');
  await story.clock.passes('1m');
  await story.changeRoster((old) => ({ ...old, version: old.version + 1 }));
  expect(reasons()).toEqual(['passed']);
  expect(story.open().filter((o) => o.kind === 'rosterGap')).toEqual([]);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  story.group.ignores();
});

it('says filled where the gap is still to come and somebody now stands there', async () => {
  const story = await startStory({ at: '2021-08-28T09:00', roster: withGap });
  await story.changeRoster(() => ({ ...roster, version: 2 }));
  expect(story.events('ObligationWithdrawn')).toMatchObject([{ data: { kind: 'rosterGap', reason: 'filled' } }]);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  story.group.ignores();
});

it('keeps a round for as long as one of its checks is open, and forgets it afterwards', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('冯主任').replies('查岗东城区');
  const rounds = () =>
    story.store.all().filter(({ aggregate }) => aggregate.type === 'round' && aggregate.state.openedBy === idOf('冯主任'));
  await story.clock.passes('1d1h');
  expect(story.open().filter((o) => o.roundId === rounds()[0]?.id)).toHaveLength(1);
  await story.person('东主班').replies('在岗');
  await story.clock.passes('1d1h');
  expect(rounds()).toEqual([]);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  story.group.ignores();
});
