import { expect, it } from 'vitest';
import { createWhatIf, type WhatIf } from '../../../src/app/set-up/what-if.ts';
import { checkPolicy, type Policy } from '../../../src/domain/escalation/policy.ts';
import type { CampaignSettings } from '../../../src/domain/campaign.ts';
import { at, settings } from '../../support/invented.ts';
import { startStory, type Story } from '../../support/story.ts';

const minute = 60_000;
const night = { fromAt: at('2021-08-27T21:00'), toAt: at('2021-08-28T08:00') };

/** A night in which one answers at once, one after eight minutes, and one not before the office has been told. */
const liveNight = async (): Promise<Story> => {
  const posts = { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [23 * 60] }] };
  const story = await startStory({ at: '2021-08-27T22:59', settings: { posts } });
  await story.clock.passes('2m');
  await story.person('赵主班').presses('acknowledge');
  await story.clock.passes('7m');
  await story.person('西主班').presses('acknowledge');
  await story.clock.passes('24m');
  await story.person('东主班').presses('acknowledge');
  await story.clock.reaches('2021-08-28T08:10');
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  return story;
};

const readerOf = ({ store }: Story) => ({
  lastSeq: async () => store.rows().length,
  rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
});

const lookAt = async (story: Story, check: Policy, period = night): Promise<WhatIf> => {
  const policies: CampaignSettings['policies'] = { ...story.world.settings.policies, check };
  const answer = await createWhatIf(story.world, readerOf(story), async () => {})(policies, period);
  if ('code' in answer) throw new Error(answer.code);
  return answer;
};

const checksIn = ({ items }: WhatIf) => items.filter(({ kind }) => kind === 'check');
const later = (minutes: number): Policy => ({
  ...checkPolicy,
  steps: checkPolicy.steps.map((step) => (step.afterMs === 0 ? step : { ...step, afterMs: step.afterMs + minutes * minute })),
});

it('finds nothing otherwise where nothing is changed: each question as the ledger tells it, and the same sums', async () => {
  const story = await liveNight();
  const looked = await lookAt(story, checkPolicy);
  expect(looked.questions).toBe(3);
  expect(looked).toMatchObject({ changed: 0, doubtful: 0, omitted: 0 });
  expect(looked.after).toEqual(looked.before);
  for (const { id, before, after } of checksIn(looked)) {
    expect(after).toEqual(before);
    const steps = before.hops.filter(({ what }) => what === 'told' || what === 'skipped').map(({ roles }) => roles.join(','));
    expect(steps).toEqual(story.ladder(id).map((line) => line.replace(/ skipped$/u, '').split(' ')[1]));
  }
});

it('counts what really went out: each message that somebody got in that time', async () => {
  const story = await liveNight();
  const looked = await lookAt(story, checkPolicy);
  // replies to one's own words, the morning's digest and what is said ahead are no matter of a ladder
  const steps = story.events('StepFired', 'ReminderFired').filter(({ at: when }) => when >= night.fromAt && when < night.toAt);
  const told = steps.reduce((sum, { data }) => sum + ((data['notified'] ?? []) as readonly string[]).length, 0);
  const callers = steps.reduce((sum, { data }) => sum + ((data['callers'] ?? []) as readonly string[]).length, 0);
  const rung = steps
    .filter(({ data }) => data['via'] === 'voice')
    .reduce((sum, { data }) => sum + (data['notified'] as string[]).length, 0);
  // two posts were silent in the same minute: each of the office's two was asked once to ring both
  expect(looked.before.messages.day + looked.before.messages.night).toBe(told + callers - rung - 2);
});

it('says who would have slept, and whom it would have told instead', async () => {
  const story = await liveNight();
  const looked = await lookAt(story, later(15));
  expect(looked.after.messages.night).toBeLessThan(looked.before.messages.night);
  expect(looked.after.woken).toBeLessThan(looked.before.woken);
  expect([looked.before.missed, looked.after.missed]).toEqual([1, 0]);
  const verdicts = checksIn(looked)
    .filter(({ openedAt }) => openedAt.startsWith('2021-08-27T23:00'))
    .map(({ subject, before, after }) => [subject.name, before.verdict, after.verdict].join(' '));
  expect(verdicts.toSorted((one, other) => (one < other ? -1 : 1))).toEqual([
    '东城区 missed late',
    '市局值班室 inTime inTime',
    '西城区 inTime inTime',
  ]);
  const east = checksIn(looked).find(({ subject }) => subject.name === '东城区')!;
  expect(east.before.hops.flatMap(({ notified }) => notified.map(({ name }) => name))).toContain('冯主任');
  expect(east.after.hops.flatMap(({ notified }) => notified.map(({ name }) => name))).not.toContain('冯主任');
  // what is otherwise stands first
  expect(looked.items[0]!.isChanged).toBe(true);
});

it('marks what somebody ended whom the other ladder had told nothing yet', async () => {
  const posts = { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [23 * 60] }] };
  const story = await startStory({ at: '2021-08-27T22:59', settings: { posts } });
  await story.clock.passes('1m');
  await story.person('赵主班').presses('acknowledge');
  await story.person('西主班').presses('acknowledge');
  await story.clock.passes('22m');
  await story.person('东联络').presses('acknowledge');
  await story.person('东主班').replies('在岗');
  await story.clock.passes('5m');
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  const looked = await lookAt(story, later(15), { ...night, toAt: story.clock.now() });
  const east = checksIn(looked).find(({ subject }) => subject.name === '东城区')!;
  expect(east).toMatchObject({ isDoubtful: true, before: { verdict: 'takenOver', endedBy: { name: '东联络' } } });
  expect(looked.doubtful).toBe(1);
});

it('keeps to the roster of that night, whatever it has become since', async () => {
  const story = await liveNight();
  const before = await lookAt(story, later(3));
  await story.changeOrganisation((organisation) => ({
    ...organisation,
    version: organisation.version + 1,
    appointments: organisation.appointments.filter(({ role }) => role !== 'liaison'),
  }));
  const after = await lookAt(story, later(3));
  expect(after.items).toEqual(before.items);
});

it('waits for its turn, reads once for one period, and asks for a shorter one where it is too long', async () => {
  const story = await liveNight();
  let reads = 0;
  const plain = readerOf(story);
  const counted = { ...plain, rows: (after: number, limit: number) => ((reads += 1), plain.rows(after, limit)) };
  const whatIf = createWhatIf(story.world, counted, async () => {});
  const [one, other] = await Promise.all([whatIf(story.world.settings.policies, night), whatIf(story.world.settings.policies, night)]);
  expect(one).toEqual(other);
  expect(reads).toBe(1);
  expect(await whatIf(story.world.settings.policies, { ...night, toAt: night.fromAt + 40 * 24 * 3_600_000 })).toEqual({ code: 'period' });
});
