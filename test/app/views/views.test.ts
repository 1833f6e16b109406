import { expect, it } from 'vitest';
import { createLedgerFeed } from '../../../src/app/ledger/follow-ledger.ts';
import { createViews, type Views } from '../../../src/app/views/views.ts';
import type { Watch } from '../../../src/domain/contact/watch.ts';
import { itemPolicies } from '../../../src/domain/escalation/item-policies.ts';
import type { Obligation } from '../../../src/domain/escalation/obligation.ts';
import { checkPolicy } from '../../../src/domain/escalation/policy.ts';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Aggregate } from '../../../src/ports/store.ts';
import { quietLog } from '../../support/quiet-log.ts';

const now = Date.parse('2021-08-27T10:00:00+08:00');
const hour = 3_600_000;

const directory = buildDirectory(
  {
    version: 1,
    people: Array.from({ length: 12 }, (_, i) => ({
      id: `m${i + 1}`,
      name: `P${i + 1}`,
      mobile: `1380000${String(i + 1).padStart(4, '0')}`,
    })),
    units: [1, 2, 3, 4, 5].map((n) => ({ id: `u${n}`, name: `Unit ${n}`, aliases: [`U${n}`], kind: 'district' })),
    groups: [{ id: 'g1', name: 'Office', isOffice: true }],
    appointments: [
      { role: 'member', of: 'g1', personId: 'm12', from: 0 },
      { role: 'liaison', of: 'u1', personId: 'm11', from: 0 },
      { role: 'contact', of: 'u1', personId: 'm11', from: 0, to: now },
    ],
  },
  {
    version: 1,
    posts: [1, 2, 3, 4, 5].map((n) => ({ id: `p${n}`, unitId: `u${n}`, name: `U${n}`, minimumHeadcount: 1 })),
    shifts: [1, 2, 3, 4].map((n) => ({
      postId: `p${n}`,
      from: now - hour,
      to: now + hour,
      holders: [
        { role: 'onDuty', personId: `m${n}` },
        { role: 'coDuty', personId: `m${n + 4}` },
        { role: 'shiftLeader', personId: 'm9' },
      ],
    })),
  },
);

const watch = (subject: string, more: Partial<Watch> = {}): Watch => ({
  subject,
  startedAt: 0,
  lastContactAt: now - hour,
  lastPresenceAt: null,
  nextCheckAt: now + hour,
  cause: 'round',
  openObligationId: null,
  ...more,
});
const obligation = (id: string, subject: string, more: Partial<Obligation> = {}): Obligation => ({
  id,
  kind: 'check',
  subject,
  policy: 'check',
  openedAt: now - 60_000,
  answerBy: now + 540_000,
  status: 'open',
  baseAt: now - 60_000,
  throughMs: 0,
  stepNo: 1,
  reminders: [],
  asked: ['m1'],
  told: [],
  ...more,
});

const setUp = (watches: readonly Watch[], obligations: readonly Obligation[], rows: readonly LedgerRow[] = [], at = now) => {
  let scans = 0;
  let real = 0;
  const page = (type: Aggregate['type'], states: readonly { readonly id?: string; readonly subject: string }[]) =>
    states.map((state, index) => ({ id: state.id ?? `w${index}`, version: 1, aggregate: { type, state } as unknown as Aggregate }));
  const views: Views = createViews({
    store: {
      load: async (ids) => {
        const all = page('obligation', obligations);
        return ids.map((id) => all.find((stored) => stored.id === id));
      },
      // two pages, so that a reader who forgets the cursor is found out
      scan: async (type, cursor) => {
        scans += 1;
        const all = type === 'watch' ? page('watch', watches) : page('obligation', obligations);
        const half = Math.ceil(all.length / 2);
        return cursor === '0' ? { items: all.slice(0, half), cursor: 'x' } : { items: all.slice(half), cursor: null };
      },
    },
    ledger: { rows: async (after, limit) => rows.filter(({ seq }) => seq > after).slice(0, limit), lastSeq: async () => rows.length },
    loadDirectory: async () => directory,
    clock: { now: () => at },
    realNow: () => real,
    policyOf: (name) => itemPolicies.find((policy) => policy.name === name) ?? checkPolicy,
    campaignName: () => 'Campaign',
    mode: 'demo',
    clockScale: 60,
    timeZone: 'Asia/Shanghai',
  });
  return { views, scans: () => scans, passes: (ms: number) => void (real += ms) };
};

it('shows each post in the color of the worst that is true of it', async () => {
  const obligations = [
    obligation('o1', 'p2'),
    obligation('o2', 'p3', { told: ['m7'], stepNo: 5 }),
    obligation('o3', 'p3'),
    obligation('o4', 'p4', { status: 'withOffice', missedAt: now }),
    obligation('o5', 'p4', { status: 'answered', endedAt: now }),
    obligation('o6', 'm11'),
    obligation('o7', 'channel:webchat', { kind: 'channelFailure', policy: 'office' }),
  ];
  const { views } = setUp([watch('p1'), watch('p2', { nextCheckAt: null, lastContactAt: null }), watch('m11')], obligations);
  const wall = await views.wall();
  expect(wall.posts.map(({ subject, color }) => [subject, color])).toEqual([
    ['p1', 'green'],
    ['p2', 'waiting'],
    ['p3', 'escalated'],
    ['p4', 'missed'],
    ['p5', 'empty'],
  ]);
  expect(wall.posts[0]).toEqual({
    subject: 'p1',
    unit: 'U1',
    post: 'U1',
    color: 'green',
    onDuty: ['P1'],
    coDuty: ['P5'],
    shiftLeader: ['P9'],
    lastContactAt: '2021-08-27T09:00:00+08:00',
    nextCheckAt: '2021-08-27T11:00:00+08:00',
  });
  expect(wall.posts[1]).toMatchObject({
    lastContactAt: null,
    obligation: {
      id: 'o1',
      kind: 'check',
      stepNo: 1,
      status: 'open',
      answerBy: '2021-08-27T10:09:00+08:00',
      nextAt: '2021-08-27T10:02:00+08:00',
    },
  });
  expect(wall.standing).toMatchObject([{ subject: 'm11', name: 'P11', color: 'waiting', roles: ['liaison'] }]);
  expect(wall.office).toMatchObject([{ id: 'o7', kind: 'channelFailure' }]);
  expect(wall.counts).toEqual({ green: 1, waiting: 2, escalated: 1, empty: 1, missed: 1, posts: 5, standing: 1, open: 6 });
  expect([wall.at, wall.campaign]).toEqual(['2021-08-27T10:00:00+08:00', 'Campaign']);
});

it('shows as the next step of what is overdue by night the morning, as the engine waits for it', async () => {
  const deadlineAt = Date.parse('2021-08-27T19:30:00+08:00');
  const late = { kind: 'receipt', policy: 'receipt', itemId: 'iX1', baseAt: deadlineAt, answerBy: deadlineAt, throughMs: -hour } as const;
  const o = obligation('o1', 'p1', late);
  const nextAtOf = async (at: string) => {
    const { views } = setUp([], [o], [], Date.parse(at));
    const [list, one, subject] = [
      await views.obligations({ after: undefined, limit: 5, isOpen: true }),
      await views.obligation('o1', 'm12'),
      await views.subject('p1', 'm12'),
    ];
    return [...new Set([list.items[0]?.nextAt, one?.nextAt, subject?.open[0]?.nextAt])];
  };
  expect(await nextAtOf('2021-08-27T21:00:00+08:00')).toEqual(['2021-08-28T08:00:00+08:00']);
  // what is due at once stays where it fell due
  expect(await nextAtOf('2021-08-27T19:40:00+08:00')).toEqual(['2021-08-27T19:30:00+08:00']);
  expect(await nextAtOf('2021-08-27T19:20:00+08:00')).toEqual(['2021-08-27T19:30:00+08:00']);
});

it('reads once for many who look at the same moment', async () => {
  const { views, scans, passes } = setUp([watch('p1')], []);
  await Promise.all([views.wall(), views.wall(), views.wall()]);
  expect(scans()).toBe(4);
  await views.wall();
  expect(scans()).toBe(4);
  passes(1_000);
  await views.wall();
  expect(scans()).toBe(8);
});

it('turns pages by number and not by letter', async () => {
  const { views } = setUp([], []);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await views.people({ after, limit: 5 });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `m${i + 1}`));
  const { items } = await views.people({ after: undefined, limit: 100 });
  expect(items[10]).toMatchObject({ id: 'm11', roles: [{ role: 'liaison', of: 'u1', name: 'Unit 1' }], isOffice: false });
  expect(items[11]).toMatchObject({ isOffice: true });
});

it('shows obligations oldest first, open ones alone where asked, and never a code', async () => {
  const { views } = setUp(
    [],
    [obligation('o2', 'p2', { code: '4711' }), obligation('o1', 'p1', { openedAt: now - 2 * hour, status: 'answered', endedAt: now })],
  );
  const all = await views.obligations({ after: undefined, limit: 1, isOpen: false });
  expect(all.items.map(({ id }) => id)).toEqual(['o1']);
  const rest = await views.obligations({ after: all.next ?? undefined, limit: 10, isOpen: false });
  expect(rest.items).toMatchObject([{ id: 'o2', subjectName: 'U2', openedAt: '2021-08-27T09:59:00+08:00' }]);
  expect(JSON.stringify([all, rest])).not.toContain('4711');
  expect((await views.obligations({ after: undefined, limit: 10, isOpen: true })).items.map(({ id }) => id)).toEqual(['o2']);
});

it('shows who stands each post at an instant', async () => {
  const { views } = setUp([], []);
  const { items } = await views.roster({ after: undefined, limit: 10, at: now + hour });
  expect(items.every(({ holders }) => holders.length === 0)).toBe(true);
  const current = await views.roster({ after: undefined, limit: 1, at: undefined });
  expect(current).toMatchObject({
    at: '2021-08-27T10:00:00+08:00',
    items: [
      {
        postId: 'p1',
        unit: 'Unit 1',
        from: '2021-08-27T09:00:00+08:00',
        holders: [{ role: 'onDuty', personId: 'm1', name: 'P1' }, {}, {}],
      },
    ],
  });
  expect(current.next).not.toBeNull();
});

const ledgerRow = (seq: number): LedgerRow => ({
  seq,
  bureau: 'b',
  at: now,
  event: 'CheckOpened',
  data: { n: seq },
  personal: { name: 'P1' },
});

it('shows the ledger without what names people', async () => {
  const { views } = setUp([], [], [1, 2, 3].map(ledgerRow));
  const page = await views.ledger({ after: 1, limit: 1 });
  expect(page).toEqual({
    items: [{ seq: 2, bureau: 'b', at: '2021-08-27T10:00:00+08:00', event: 'CheckOpened', data: { n: 2 } }],
    next: '2',
  });
  expect((await views.ledger({ after: 3, limit: 10 })).next).toBeNull();
});

it('shows the rows of one item, a page at a time, to the end', async () => {
  const rows = Array.from({ length: 4_500 }, (_, index): LedgerRow => ({
    ...ledgerRow(index + 1),
    ...(index % 1_000 === 7 ? { itemId: 'iD1' } : { itemId: 'iD12' }),
  }));
  const { views } = setUp([], [], rows);
  const first = await views.ledger({ after: 0, limit: 2, itemId: 'iD1' });
  expect(first.items.map(({ seq }) => seq)).toEqual([8, 1_008]);
  const rest = await views.ledger({ after: Number(first.next), limit: 10, itemId: 'iD1' });
  expect(rest).toMatchObject({ items: [{ seq: 2_008 }, { seq: 3_008 }, { seq: 4_008 }], next: null });
  expect(await views.ledger({ after: 0, limit: 10, itemId: 'iD' })).toEqual({ items: [], next: null });
});

it('shows the newest rows about some posts and people first, a page at a time, to the beginning', async () => {
  const about = (seq: number): Partial<LedgerRow> => {
    if (seq === 3) return { data: { subject: 'p1' } };
    if (seq === 2_400) return { actor: 'm5' };
    return seq === 4_499 ? { data: { to: 'm5' } } : { data: { subject: 'p9' } };
  };
  const { views } = setUp(
    [],
    [],
    Array.from({ length: 4_500 }, (_, index) => ({ ...ledgerRow(index + 1), ...about(index + 1) })),
  );
  const newest = { isNewestFirst: true, subjects: ['p1', 'm5'] };
  const first = await views.ledger({ ...newest, after: 0, limit: 1 });
  expect(first.items.map(({ seq }) => seq)).toEqual([4_499]);
  const rest = await views.ledger({ ...newest, after: Number(first.next), limit: 10 });
  expect(rest).toMatchObject({ items: [{ seq: 2_400 }, { seq: 3 }], next: null });
  const all = await views.ledger({ after: 0, limit: 2, isNewestFirst: true });
  expect(all).toMatchObject({ items: [{ seq: 4_500 }, { seq: 4_499 }], next: '4499' });
});

it('finds the rows of one obligation without reading what was written before it was opened', async () => {
  const day = 86_400_000;
  const rows = Array.from({ length: 60_000 }, (_, index) => ({ ...ledgerRow(index + 1), at: now + index * 1_000 }));
  const openedAt = rows[55_000]!.at;
  const id = `ocp1.${openedAt.toString(36)}`;
  for (const index of [55_000, 55_003, 55_900]) rows[index] = { ...rows[index]!, obligationId: id };
  const { views } = setUp([], [], rows);
  expect(now).toBeLessThan(openedAt - day / 2);
  const page = await views.ledger({ after: 0, limit: 10, obligationId: id });
  expect(page.items.map(({ seq }) => seq)).toEqual([55_001, 55_004, 55_901]);
});

it('shows a post with its shifts, who answers for it, what is open, and what the one who looks may do', async () => {
  const { views } = setUp([watch('p1')], [obligation('o1', 'p1'), obligation('o2', 'p2'), obligation('o3', 'p1', { status: 'answered' })]);
  const detail = await views.subject('p1', 'm12');
  expect(detail).toMatchObject({
    kind: 'post',
    name: 'U1',
    places: [{ id: 'u1', name: 'U1' }],
    lastContactAt: '2021-08-27T09:00:00+08:00',
    people: [{ role: 'liaison', personId: 'm11', name: 'P11' }],
    shifts: [{ isNow: true, from: '2021-08-27T09:00:00+08:00', holders: [{ name: 'P1' }, { name: 'P5' }, { name: 'P9' }] }],
    acts: ['startCheck', 'changeRoster'],
  });
  expect(detail?.open.map(({ id }) => id)).toEqual(['o1']);
  expect((await views.subject('p1', 'm9'))?.acts).toEqual(['startCheck']);
  expect((await views.subject('p1', 'm1'))?.acts).toEqual([]);
  expect((await views.subject('u1', undefined))?.subjects).toEqual(['u1', 'p1']);
  expect((await views.subject('m5', 'm12'))?.shifts.map(({ postId }) => postId)).toEqual(['p1']);
  expect(await views.subject('p99', 'm12')).toBeUndefined();
});

it('says of whoever stands at a post when they themselves were last heard of there, and nothing of whom nobody asks', async () => {
  const heard = watch('p1', { lastContactAt: now - 60_000, lastPresenceAt: now - hour, lastPresenceBy: 'm1' });
  const { views } = setUp([heard, watch('m11', { lastContactAt: null })], []);
  expect((await views.subject('m1', 'm12'))?.lastContactAt).toBe('2021-08-27T09:00:00+08:00');
  expect(await views.subject('m5', 'm12')).not.toHaveProperty('lastContactAt');
  // who is asked on their own, and has never answered
  expect((await views.subject('m11', 'm12'))?.lastContactAt).toBeNull();
});

it('names whoever gave the last contact of a post where they stand it no more', async () => {
  const heardFrom = (by: string): Watch => watch('p1', { lastContactAt: now - 60_000, lastContactBy: by });
  const seenOn = async (by: string) => {
    const { views } = setUp([heardFrom(by)], []);
    const { posts } = await views.wall();
    return [posts.find(({ subject }) => subject === 'p1')?.lastContactBy, (await views.subject('p1', 'm12'))?.lastContactBy];
  };
  expect(await seenOn('m10')).toEqual(['P10', 'P10']);
  // those who stand it, and whoever leads the shift
  for (const by of ['m1', 'm5', 'm9']) expect(await seenOn(by)).toEqual([undefined, undefined]);
  const { views } = setUp([heardFrom('m10')], []);
  expect((await views.subject('m10', 'm12'))?.lastContactAt).toBe('2021-08-27T09:59:00+08:00');
});

it('offers of an obligation what its viewer may do, and nothing once it is over', async () => {
  const over = obligation('o2', 'p1', { status: 'answered' });
  const { views } = setUp([], [obligation('o1', 'p1'), over, obligation('o4', 'u1', { kind: 'deadline', itemId: 'iD1' })]);
  const actsOf = async (id: string, viewer?: string) => (await views.obligation(id, viewer))?.acts;
  expect(await actsOf('o1', 'm1')).toEqual(['acknowledge']);
  expect(await actsOf('o1', 'm12')).toEqual(['takeOver', 'recordCall']);
  expect(await actsOf('o1', 'm2')).toEqual([]);
  expect(await actsOf('o1')).toEqual([]);
  expect(await actsOf('o2', 'm12')).toEqual([]);
  expect(await actsOf('o4', 'm12')).toEqual(['openItem']);
  expect(await views.obligation('o9', 'm12')).toBeUndefined();
});

it('follows the ledger as it grows, for several at once, and stops when told', async () => {
  const rows = [ledgerRow(1), ledgerRow(2)];
  const follow = createLedgerFeed({
    reader: { rows: async (after, limit) => rows.filter(({ seq }) => seq > after).slice(0, limit), lastSeq: async () => rows.length },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    log: quietLog(),
  });
  const ending = new AbortController();
  const [early, late] = [follow(0, ending.signal), follow(null, ending.signal)];
  const next = async (rowsOf: typeof early): Promise<number | undefined> => (await rowsOf.next()).value?.seq;
  expect([await next(early), await next(early)]).toEqual([1, 2]);
  const waiting = [next(early), next(late)];
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  rows.push(ledgerRow(3));
  expect(await Promise.all(waiting)).toEqual([3, 3]);
  const last = early.next();
  ending.abort();
  expect((await last).done).toBe(true);
});
