import { expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { beginChange, toTransition } from '../../../src/app/change.ts';
import { rosterEvents } from '../../../src/app/contact/campaign-events.ts';
import { syncWatches } from '../../../src/app/contact/sync-watches.ts';
import { replayLedger } from '../../../src/app/ledger/replay-ledger.ts';
import { whoIsOnDuty } from '../../../src/app/roster/who-is-on-duty.ts';
import { actOnRequest, requestContextOf } from '../../../src/app/shift-change/change-request.ts';
import { shiftsAhead } from '../../../src/app/shift-change/duty-shifts.ts';
import { viewRoster } from '../../../src/app/views/view-roster.ts';
import { refreshWorld } from '../../../src/app/world.ts';
import { resolveRole } from '../../../src/domain/escalation/resolve.ts';
import { shiftAt, type Directory } from '../../../src/domain/organisation/directory.ts';
import { mergeShifts } from '../../../src/domain/roster/merge-shifts.ts';
import type { Roster, Shift } from '../../../src/domain/roster/roster.ts';
import type { ShiftPart } from '../../../src/domain/shift-change/duty-request.ts';
import { recheckRequest } from '../../../src/domain/shift-change/recheck-request.ts';
import type { RequestCommand } from '../../../src/domain/shift-change/request-command.ts';
import type { Transition } from '../../../src/ports/store.ts';
import { at, holder, idOf, roster as invented, type Name } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';
import { fc } from '../../support/property.ts';

const hour = 3_600_000;
const day = 24 * hour;
const startAt = '2021-08-27T12:00';
const firstShift = at('2021-08-27T08:30');
const days = 6;

const pools: { readonly [post: string]: readonly Name[] } = {
  p2: ['东主班', '东副班', '次日班', '东联络', '东联系'],
  p3: ['西主班', '西副班', '西联络', '西联系'],
};
const people: readonly Name[] = [...pools['p2']!, ...pools['p3']!, '东局长', '西局长', '冯主任', '陈干事', '王带班'];

/** Two on each post, taking turns through its pool; `turn` begins it elsewhere. */
const shiftsOf = (postId: string, turn: number, from = 0): readonly Shift[] => {
  const pool = pools[postId]!;
  return Array.from({ length: days - from }, (_, index) => {
    const begin = firstShift + (from + index) * day;
    const [one, other] = [pool[(turn + 2 * index) % pool.length]!, pool[(turn + 2 * index + 1) % pool.length]!];
    return { postId, from: begin, to: begin + day, holders: [holder('onDuty', one), holder('coDuty', other)] };
  });
};

const roster: Roster = {
  ...invented,
  posts: invented.posts.filter(({ id }) => id !== 'p1'),
  shifts: [...shiftsOf('p2', 0), ...shiftsOf('p3', 0)],
};

const someone = fc.constantFrom(...people);

const move = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      kind: fc.constantFrom('leave' as const, 'cover' as const, 'swap' as const),
      holder: fc.constantFrom(...pools['p2']!, ...pools['p3']!),
      /** Of the same pool, one whom both units want, or anybody. */
      substitute: fc.oneof(
        { weight: 3, arbitrary: fc.nat(4) },
        { weight: 3, arbitrary: fc.constantFrom<Name>('次日班', '西联系') },
        { weight: 1, arbitrary: someone },
      ),
      which: fc.nat(3),
      isPart: fc.boolean(),
      isOffer: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('goOn' as const), which: fc.nat(5) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      type: fc.constantFrom(
        'accept' as const,
        'accept' as const,
        'approve' as const,
        'approve' as const,
        'decline' as const,
        'reject' as const,
        'withdraw' as const,
        'undo' as const,
        'nameSubstitute' as const,
      ),
      which: fc.nat(5),
      /** The right one for it, where there is one. */
      isRight: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
      by: someone,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: 0, max: 20 * hour }),
      isAway: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text: fc.constantFrom('交接备注：西门未锁', '接班'),
      by: someone,
      which: fc.option(fc.nat(7), { freq: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('import' as const), post: fc.constantFrom('p2', 'p3'), turn: fc.nat(4), from: fc.nat(4) }),
  },
);
/** What happens to a commit: nothing, the process dies before it, or after it and the turn is run again, or another decides at the same time. */
const fate = fc.constantFrom(
  'done' as const,
  'done' as const,
  'done' as const,
  'done' as const,
  'lost' as const,
  'twice' as const,
  'raced' as const,
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
type Service = Awaited<ReturnType<typeof startService>>;

const requestsOf = ({ store }: Service) => store.all().flatMap(({ aggregate }) => (aggregate.type === 'request' ? [aggregate.state] : []));

const commandOf = (
  service: Service,
  one: Move & { readonly do: 'ask' | 'act' | 'goOn' },
): [string | undefined, RequestCommand] | undefined => {
  const { directory } = service.world;
  const now = service.clock.now();
  const channel = 'webchat';
  if (one.do === 'ask') {
    const pool = Object.values(pools).find((names) => names.includes(one.holder))!;
    const substitute = typeof one.substitute === 'number' ? pool[one.substitute % pool.length]! : one.substitute;
    const [holderId, substituteId] = [idOf(one.holder), idOf(substitute)];
    const nth = (parts: readonly ShiftPart[]) => parts[one.which % Math.max(1, parts.length)];
    const part = nth(shiftsAhead(directory, holderId, now, 4));
    const back = nth(shiftsAhead(directory, substituteId, now, 4));
    if (!part || (one.kind === 'swap' && !back)) return undefined;
    const given = one.isPart ? { ...part, from: part.from + Math.floor((part.to - part.from) / 2) } : part;
    const by = one.isOffer ? substituteId : holderId;
    const standing = one.kind === 'leave' ? { standing: { from: given.from, to: given.to } } : {};
    return [
      undefined,
      {
        type: 'ask',
        kind: one.kind,
        by,
        channel,
        holderId,
        substituteId,
        gives: [given],
        takes: one.kind === 'swap' ? [back!] : [],
        ...standing,
      },
    ];
  }
  const requests = requestsOf(service).filter(({ status }) => one.do === 'act' || status === 'asked' || status === 'accepted');
  const request = requests[one.which % Math.max(1, requests.length)];
  if (!request) return undefined;
  const { askedBy, holderId, substituteId, consent, acceptedAt } = request;
  const head = consent.rule === 'office' ? idOf('冯主任') : (resolveRole(directory, 'principal', consent.of, now)[0] ?? consent.of);
  const other = (askedBy === holderId ? substituteId : holderId) ?? holderId;
  if (one.do === 'goOn') {
    const type = acceptedAt === undefined ? 'accept' : 'approve';
    return [request.id, { type, by: type === 'accept' ? other : head, channel }];
  }
  const isOthers = one.type === 'accept' || one.type === 'decline';
  const right = isOthers ? other : one.type === 'approve' || one.type === 'reject' ? head : holderId;
  const by = one.isRight ? right : idOf(one.by);
  return [request.id, { type: one.type, by, channel, reason: '人手不够', substituteId: idOf(one.by) }];
};

const decide = async (service: Service, id: string | undefined, command: RequestCommand): Promise<Transition> => {
  await refreshWorld(service.world);
  const change = beginChange(service.world, service.clock.now());
  await actOnRequest(service.world, change, id, command);
  return toTransition(change);
};

const play = async (
  service: Service,
  one: Move,
  what: 'done' | 'lost' | 'twice' | 'raced',
  rival: Transition | undefined,
): Promise<Transition | undefined> => {
  const { store, world, clock } = service;
  if (one.do === 'wait') {
    await (one.isAway ? service.skipTo(clock.now() + one.ms) : service.passTo(clock.now() + one.ms));
    return undefined;
  }
  if (one.do === 'say') {
    const { directory } = world;
    const near = [0, 20 * hour].flatMap((ahead) =>
      ['p2', 'p3'].flatMap((id) => shiftAt(directory, id, clock.now() + ahead)?.holders ?? []),
    );
    const from = one.which === null ? idOf(one.by) : (near[one.which % Math.max(1, near.length)]?.personId ?? idOf(one.by));
    const message = { channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: clock.now(), text: one.text };
    if (what === 'lost') return undefined;
    const id = `${from} ${store.rows().length}`;
    await service.deliverMessage({ ...message, id });
    if (what === 'twice') await service.deliverMessage({ ...message, id });
    return undefined;
  }
  if (one.do === 'import') {
    const { version, ...campaign } = await store.loadCampaign();
    const shifts = shiftsOf(one.post, one.turn, one.from);
    const merged = mergeShifts(campaign.roster, [], shifts);
    const events = rosterEvents({ posts: [], shifts, replaced: merged.replaced }, merged.roster.version, clock.now());
    await store.commitCampaign({ ...campaign, roster: merged.roster }, version, events);
    await syncWatches(world);
    return undefined;
  }
  const meant = commandOf(service, one);
  if (!meant) return undefined;
  const transition = await decide(service, ...meant);
  if (what === 'lost') return undefined;
  // What was decided at the same time on the same state: whoever comes second decides again.
  if (what === 'raced') return transition;
  if (rival) await store.commit([rival], world.campaignVersion);
  const [result] = await store.commit([transition], world.campaignVersion);
  if (result !== 'committed') await store.commit([await decide(service, ...meant)], world.campaignVersion);
  if (what === 'twice') await store.commit([transition], world.campaignVersion);
  return undefined;
};

const instants = ({ roster: { shifts, overrides = [] } }: Directory): readonly number[] => [
  ...new Set([...shifts, ...overrides].flatMap(({ from, to }) => [from, to - 1])),
];

const iso = (instant: number): string => new Date(instant).toISOString();

/** Every post has the holders that were planned, the engine asks those that the roster shows, and nobody is in two places. */
const look = ({ world: { directory } }: Service, isImported: boolean): void => {
  const planned = (postId: string, when: number) =>
    directory.planned.shifts.find((shift) => shift.postId === postId && shift.from <= when && when < shift.to)?.holders ?? [];
  for (const when of instants(directory)) {
    const shown = viewRoster(directory, when, iso, { after: undefined, limit: 9 });
    const answer = whoIsOnDuty(directory, when, iso);
    for (const { id } of directory.roster.posts) {
      const stood = shiftAt(directory, id, when)?.holders ?? [];
      expect(stood.map(({ role }) => role).toSorted(), `${id} at ${iso(when)}`).toEqual(
        planned(id, when)
          .map(({ role }) => role)
          .toSorted(),
      );
      expect(new Set(stood.map(({ personId }) => personId)).size).toBe(stood.length);
      const asked = (['onDuty', 'coDuty'] as const).flatMap((role) => resolveRole(directory, role, id, when)).toSorted();
      const seen = shown.items.find(({ postId }) => postId === id)!.holders.map(({ personId }) => personId);
      expect(seen.toSorted()).toEqual(asked);
      const row = answer.ok ? answer.posts.find(({ post }) => post === directory.posts.get(id)!.name) : undefined;
      const names = [...(row?.onDuty ?? []), ...(row?.coDuty ?? [])].map(({ name }) => name).toSorted();
      expect(names).toEqual(asked.map((personId) => directory.people.get(personId)!.name).toSorted());
    }
    // A list that comes in may put somebody on two posts; what was agreed never does.
    if (isImported) continue;
    const everybody = directory.roster.posts
      .flatMap(({ id }) => shiftAt(directory, id, when)?.holders ?? [])
      .map(({ personId }) => personId);
    expect(new Set(everybody).size, `two posts at ${iso(when)}`).toBe(everybody.length);
  }
};

/** What somebody was told is noted is kept at the post or stands in a handover, once. */
const lookAtNotes = ({ store }: Service): void => {
  const said = store.rows().filter(({ event }) => event === 'ShiftNoted' || event === 'HandoverNoted');
  const states = store.all().flatMap(({ aggregate }) => (aggregate.type === 'shiftNotes' ? [aggregate.state] : []));
  const over = store.all().flatMap(({ aggregate }) => (aggregate.type === 'handover' ? [aggregate.state] : []));
  const isIn = (notes: readonly { readonly at: number; readonly by: string }[], at: number, by: string) =>
    notes.some((note) => note.at === at && note.by === by);
  for (const { at: saidAt, actor, data } of said) {
    const kept = states.filter(({ postId, notes }) => postId === data['subject'] && isIn(notes, saidAt, actor!));
    // One that came to nothing has handed its notes on.
    const handed = over.filter((one) => one.postId === data['subject'] && one.lapsedAt === undefined && isIn(one.notes, saidAt, actor!));
    expect(kept.length + handed.length, `noted by ${actor} at ${iso(saidAt)}`).toBe(1);
  }
};

/** Whoever agreed on something that the plan leaves no more has been told so. */
const lookAtAgreements = (service: Service): void => {
  const context = requestContextOf(service.world, []);
  for (const request of requestsOf(service))
    if (request.status === 'effective') expect(recheckRequest(request, context, service.clock.now()), `of ${request.id}`).toEqual([]);
};

const checkLedger = async ({ store }: Service): Promise<void> => {
  const rows = store.rows();
  const reader = { lastSeq: async () => rows.length, rows: async (after: number, limit: number) => rows.slice(after, after + limit) };
  expect(await replayLedger({ store, reader, sha256: nodeSecrets.sha256 })).toMatchObject({ ok: true, differences: [] });
};

it('leaves no post empty whatever is asked, answered, taken back, imported, lost or raced; the ledger tells the same roster', async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(move, fate), { minLength: 8, maxLength: 24 }),
      fc.constantFrom(2, 5, 31),
      fc.boolean(),
      fc.constantFrom('one' as const, 'each' as const),
      async (moves, consecutiveShifts, isRequired, acceptance) => {
        const service = await startService({
          at: startAt,
          roster,
          settings: { handover: { isRequired, leadMs: 900_000, windowMs: 600_000, acceptance }, limits: { consecutiveShifts, restMs: 0 } },
        });
        let isImported = false;
        let rival: Transition | undefined;
        for (const [one, what] of moves) {
          isImported ||= one.do === 'import';
          rival = await play(service, one, what, rival);
          await service.settle();
          await refreshWorld(service.world);
          look(service, isImported);
          lookAtNotes(service);
          lookAtAgreements(service);
        }
        await checkLedger(service);
        for (const { status } of requestsOf(service)) ends.set(status, (ends.get(status) ?? 0) + 1);
        const open = requestsOf(service).filter(({ status }) => status === 'asked' || status === 'accepted');
        // Whatever is open is waited for, and looked at again by itself.
        for (const { id } of open) {
          expect(service.store.dueAt(id)).toBeGreaterThan(service.clock.now());
          const waits = service.store.all().filter(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.itemId === id);
          expect(waits.some(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.endedAt === undefined)).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
  // It has seen what it speaks of.
  expect(ends.get('effective') ?? 0).toBeGreaterThan(5);
}, 120_000);
