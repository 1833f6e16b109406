import { expect, it } from 'vitest';
import { checkPolicy } from '../../src/domain/escalation/policy.ts';
import { at, holder, idOf, settings } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const ladderPeople = ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事', '次日班'] as const;

const ignoreAll = (story: Story): void => {
  for (const name of ladderPeople) story.person(name).ignores();
  story.group.ignores();
};

const startAsked = async (options: Parameters<typeof startStory>[0] = {}) => {
  const story = await startStory(options);
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  const check = story.open().find(({ kind }) => kind === 'check')!;
  return { story, check };
};

it('asks whoever stands there when the step fires, not who stood there when it began', async () => {
  const { story } = await startAsked();
  story.person('东主班').sees(/查岗/);
  await story.clock.passes('2m');
  await story.changeRoster((roster) => ({
    ...roster,
    shifts: roster.shifts.map((shift) =>
      shift.postId === 'p2' ? { ...shift, holders: [holder('onDuty', '次日班'), holder('coDuty', '东副班')] } : shift,
    ),
  }));
  await story.person('次日班').replies('接班');
  story.person('次日班').sees(/请接班/, /已接班/);
  story.person('东主班').sees(/准备交班|请继续值守/, /次日班 已确认接班/);
  story.person('东副班').ignores();
  await story.clock.passes('1m');
  story.person('东主班').sawNothing();
  story.person('次日班').sees(/再次查岗/);
  story.group.sees(/值班交接[\s\S]*东城区：主班 次日班/);
  // The card that the first one still has is an answer too.
  await story.person('东主班').presses('acknowledge');
  story.person('东主班').sees(/已确认在岗/);
  expect(story.person('次日班').card(/再次查岗/)).toMatch(/已应答[\s\S]*东主班/);
});

it('goes on with the next shift when the shift changes in the middle of a ladder', async () => {
  const boundary = at('2021-08-27T08:30');
  const posts = { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [8 * 60 + 25] }] };
  const { organisation, roster } = await import('../support/invented.ts');
  const next = {
    ...roster,
    shifts: roster.shifts.map((shift) =>
      shift.postId === 'p2' && shift.from >= boundary ? { ...shift, holders: [holder('onDuty', '次日班')] } : shift,
    ),
  };
  const { story, check } = await startAsked({ at: '2021-08-27T08:24', settings: { posts }, roster: next, organisation });
  await story.clock.passes('4m59s');
  story.person('东主班').sees(/准备交班/, /查岗：/, /再次查岗/);
  await story.person('次日班').replies('接班');
  story.person('次日班').sees(/请接班/, /已接班/);
  story.person('东主班').sees(/次日班 已确认接班/);
  story.person('东副班').ignores();
  await story.clock.passes('1m1s');
  story.person('东主班').sawNothing();
  story.person('次日班').sees(/再次查岗/);
  await story.person('次日班').replies('在岗');
  story.person('次日班').sees(/已确认/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({ obligationId: check.id, actor: idOf('次日班'), data: { role: 'onDuty' } });
  await story.clock.passes('1m');
  story.group.sees(/值班交接[\s\S]*东城区：主班 次日班/);
});

it('reminds exactly once on return when the service was away while several reminders fell due, and keeps the distances of the ladder', async () => {
  const { story, check } = await startAsked();
  await story.clock.passes('11m');
  ignoreAll(story);
  // +13, +20, +23, +30, +33, +45 and +60 all fall into the hour.
  await story.clock.passesWhileAway('1h');
  await story.clock.passes('20s');
  story.person('东主班').sees(/再次查岗/);
  story.person('东联络').sees(/查岗无应答/);
  for (const name of ['东副班', '东局长', '冯主任', '陈干事'] as const) story.person(name).sawNothing();
  await story.clock.passes('10m');
  ignoreAll(story);
  await story.clock.passes('15m');
  ignoreAll(story);
  expect(story.ladder(check.id).slice(-3)).toEqual(['71 liaison', '81 office', '96 principal']);
});

it('is away over a verdict and an answer: the answer counts by when it was given', async () => {
  const { story } = await startAsked();
  await story.clock.passes('5m');
  const receivedAt = story.clock.now();
  await story.clock.passesWhileAway('40m');
  ignoreAll(story);
  await story.person('东主班').replies('在岗', { receivedAt });
  story.person('东主班').sees(/已确认在岗\n/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({ data: { isLate: false, afterMs: 300_000 } });
  await story.clock.passes('20s');
  ignoreAll(story);
});

it('tells the first step of another policy at once when it is moved, lets the old one fall silent, and tells at once again when it is moved back', async () => {
  const other = {
    ...checkPolicy,
    name: 'short',
    steps: [
      { afterMs: 0, notify: ['liaison'], via: 'card' },
      { afterMs: 300_000, notify: ['principal'], via: 'card' },
    ],
  } as const;
  const { story, check } = await startAsked({ settings: { policies: { ...settings.policies, short: other } } });
  await story.clock.passes('4m');
  ignoreAll(story);
  const { beginChange, decideIn, readInto, toTransition } = await import('../../src/app/change.ts');
  const move = async (policy: string): Promise<void> => {
    const change = beginChange(story.world, story.clock.now());
    const [stored] = await story.store.load([check.id]);
    readInto(change, check.id, stored);
    decideIn(story.world, change, check.id, { type: 'movePolicy', policy, personId: idOf('冯主任') });
    expect(await story.store.commit([toTransition(change)], story.world.campaignVersion)).toEqual(['committed']);
    await story.settle();
  };
  await move('short');
  await story.clock.passes('20s');
  story.person('东联络').sees(/查岗无应答/);
  await story.clock.passes('4m');
  story.person('东主班').sawNothing();
  await move('check');
  story.person('东主班').sees(/查岗/);
  await story.clock.passes('31m');
  ignoreAll(story);
  expect(story.open()).toMatchObject([{ status: 'withOffice' }]);
  await move('short');
  await story.clock.passes('5m20s');
  ignoreAll(story);
  await story.clock.passes('25m');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/岗位失联/);
  story.person('东主班').sawNothing();
});

const withSteps = (change: (steps: (typeof checkPolicy)['steps']) => (typeof checkPolicy)['steps']) => ({
  policies: { ...settings.policies, check: { ...checkPolicy, steps: change(checkPolicy.steps) } },
});

it('does not fire a step that was added for a moment already past, but does for one to come', async () => {
  const { story, check } = await startAsked();
  await story.clock.passes('15m');
  ignoreAll(story);
  await story.restartWith(
    withSteps((steps) =>
      [
        ...steps,
        { afterMs: 12 * 60_000, notify: ['principal'], via: 'card' } as const,
        { afterMs: 17 * 60_000, notify: ['contact'], via: 'card' } as const,
      ].toSorted((one, other) => one.afterMs - other.afterMs),
    ),
  );
  await story.clock.passes('3m');
  story.person('东局长').sawNothing();
  story.person('东联系').sees(/查岗无应答/);
  await story.clock.passes('12m20s');
  ignoreAll(story);
  expect(story.ladder(check.id).slice(-3)).toEqual(['17 contact', '20 liaison', '30 office']);
});

it('passes over what was added for a moment already past also where its time comes before the ladders are planned anew', async () => {
  const { story, check } = await startAsked();
  await story.clock.passes('15m');
  ignoreAll(story);
  const added = [
    { afterMs: 12 * 60_000, notify: ['principal'], via: 'card' },
    { afterMs: 25 * 60_000, notify: ['contact'], via: 'card' },
  ] as const;
  Object.assign(
    story.world.settings,
    withSteps((steps) => [...steps, ...added].toSorted((one, other) => one.afterMs - other.afterMs)),
  );
  await story.clock.passes('10m20s');
  story.person('东局长').sawNothing();
  expect(story.ladder(check.id).slice(-3)).toEqual(['20 principal skipped', '20 liaison', '25 contact']);
  ignoreAll(story);
  story.person('东联系').ignores();
});

it('plans every ladder anew where the roster changes meanwhile', async () => {
  const { story } = await startAsked();
  await story.clock.passes('15m');
  ignoreAll(story);
  const { store } = story.world;
  let isMoved = false;
  const commit: typeof store.commit = async (...args) => {
    if (!isMoved) {
      isMoved = true;
      await story.changeRoster((roster) => ({ ...roster }));
    }
    return store.commit(...args);
  };
  Object.assign(story.world, { store: { ...store, commit } });
  await story.restartWith(withSteps((steps) => [...steps.slice(0, 5), { afterMs: 17 * 60_000, notify: ['contact'], via: 'card' }]));
  await story.clock.passes('3m');
  expect(isMoved).toBe(true);
  story.person('东联系').sees(/查岗无应答/);
  ignoreAll(story);
});

it('goes on without a step that was taken away, and to its verdict when every step was', async () => {
  const { story, check } = await startAsked();
  await story.clock.passes('15m');
  ignoreAll(story);
  await story.restartWith(withSteps((steps) => steps.filter((step) => !step.notify.includes('liaison'))));
  await story.clock.passes('6m');
  story.person('东联络').sawNothing();
  await story.restartWith(withSteps((steps) => steps.slice(0, 2)));
  await story.clock.passes('1m');
  expect(story.obligations().find((o) => o.id === check.id)).toMatchObject({ status: 'withOffice' });
  await story.clock.passes('31m');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/岗位失联/);
  ignoreAll(story);
});

it('withdraws what is open about a post that is taken out of the roster, with its reason', async () => {
  const { story, check } = await startAsked();
  story.person('东主班').sees(/查岗/);
  await story.changeRoster((roster) => ({
    ...roster,
    posts: roster.posts.filter((post) => post.id !== 'p2'),
    shifts: roster.shifts.filter((shift) => shift.postId !== 'p2'),
  }));
  expect(story.obligations().find((o) => o.id === check.id)).toMatchObject({ status: 'withdrawn', endReason: 'notWatched' });
  expect(story.person('东主班').card()).toMatch(/已撤回[\s\S]*不在值守范围/);
  await story.clock.passes('1h');
});

it('watches again who was left without a clock when the campaign is prolonged', async () => {
  const toAt = at('2021-08-27T12:00');
  const story = await startStory({ settings: { toAt } });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '东主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  await story.clock.passes('3h');
  expect(
    story.store
      .all()
      .filter((one) => one.aggregate.type === 'watch' && one.id.startsWith('wp'))
      .map((one) => story.store.dueAt(one.id)),
  ).toEqual([undefined, undefined, undefined]);
  await story.restartWith({ toAt: settings.toAt });
  await story.changeRoster((roster) => ({ ...roster }));
  for (const id of ['wp1', 'wp2', 'wp3']) expect(story.store.dueAt(id)).toBeGreaterThan(story.clock.now());
});
