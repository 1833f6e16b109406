import { expect, it } from 'vitest';
import { organisation, roster } from '../support/invented.ts';
import { startStory, type StoryOptions } from '../support/story.ts';

const without = (...roles: readonly string[]) => ({
  ...organisation,
  appointments: organisation.appointments.filter((one) => !roles.includes(one.role)),
});

const onlyPost = (postId: string, holders: (typeof roster)['shifts'][number]['holders']) => ({
  ...roster,
  posts: roster.posts.filter((post) => post.id === postId),
  shifts: roster.shifts.filter((shift) => shift.postId === postId).map((shift) => ({ ...shift, holders })),
});

const start = async (options: StoryOptions) => {
  const story = await startStory(options);
  await story.clock.passes('1m');
  return story;
};

const everybody = ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事'] as const;

it('falls through at once where a step names nobody, records it, and goes on by the clock', async () => {
  const alone = roster.shifts.find((shift) => shift.postId === 'p2')!.holders.slice(0, 1);
  const story = await start({ roster: onlyPost('p2', alone) });
  const [check] = story.open();
  await story.clock.passes('10m20s');
  story.person('东主班').ignores();
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/请电话查岗/);
  story.person('东联络').sees(/查岗无应答[\s\S]*10 分钟/);
  await story.clock.passes('20m');
  expect(story.ladder(check!.id).slice(4)).toEqual(['10 coDuty,shiftLeader skipped', '10 liaison', '30 office']);
  expect(story.events('StepSkipped')[0]!.data['reason']).toBe('nobody');
  for (const name of everybody) story.person(name).ignores();
});

it('goes straight to whoever is there when the roster has a hole', async () => {
  const story = await start({ roster: { ...onlyPost('p2', []), shifts: [] } });
  const check = story.open().find((o) => o.kind === 'check')!;
  expect(story.ladder(check.id)).toEqual([
    '0 onDuty skipped',
    '0 onDuty skipped',
    '0 onDuty skipped',
    '0 onDuty,landline skipped',
    '0 coDuty,shiftLeader skipped',
    '0 liaison',
  ]);
  await story.clock.passes('20s');
  story.person('东联络').sees(/查岗无应答/);
  // The hole itself is the office's to fill.
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/值班表有空岗/);
});

it('leaves only the office, and tells it at once', async () => {
  const story = await start({ organisation: without('liaison', 'contact', 'principal'), roster: { ...onlyPost('p2', []), shifts: [] } });
  await story.clock.passes('20s');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/值班表有空岗/, /岗位失联/);
  expect(story.open().find((o) => o.kind === 'check')).toMatchObject({ status: 'withOffice' });
});

it('stays open and on its clock when there is not even an office', async () => {
  const story = await start({
    organisation: without('liaison', 'contact', 'principal', 'groupLeader', 'member'),
    roster: { ...onlyPost('p2', []), shifts: [] },
  });
  await story.clock.passes('20s');
  story.group.sees(/查岗无应答/);
  expect(story.open().find((o) => o.kind === 'check')).toMatchObject({ status: 'withOffice' });
  await story.clock.passes('61m');
  story.group.ignores();
  const reminders = story.events('ReminderFired').filter((row) => row.obligationId?.startsWith('oc'));
  expect(reminders.map((row) => [row.data['notified'], row.data['reason']])).toEqual(
    // of whoever is on duty three times, and with the last of these and once more of the office
    Array.from({ length: 4 }, () => [[], 'nobody']),
  );
});

it('tells the office at once when a ladder has no rung at all, and never stops the others', async () => {
  const { settings } = await import('../support/invented.ts');
  const story = await start({ settings: { policies: { ...settings.policies, check: { ...settings.policies['check']!, steps: [] } } } });
  expect(story.open().map((o) => o.status)).toEqual(['withOffice', 'withOffice', 'withOffice']);
  await story.clock.passes('20s');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/3 项[\s\S]*市局值班室[\s\S]*东城区[\s\S]*西城区/);
  await story.clock.passes('30m');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/3 项/);
});

it('leaves out a disabled officer as if nobody stood there', async () => {
  const disabled = {
    ...organisation,
    people: organisation.people.map((person) => (person.name === '东主班' ? { ...person, isDisabled: true } : person)),
  };
  const story = await start({
    organisation: disabled,
    roster: onlyPost('p2', roster.shifts.find((shift) => shift.postId === 'p2')!.holders),
  });
  story.person('东主班').sawNothing();
  story.person('东副班').sees(/请代本岗应答/);
});
