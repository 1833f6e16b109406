import { expect, it } from 'vitest';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { nextInstant } from '../../src/domain/escalation/fire.ts';
import { isEnded } from '../../src/domain/escalation/obligation.ts';
import { segmentAt } from '../../src/domain/contact/schedule.ts';
import { silentSince } from '../../src/domain/contact/watch.ts';
import { at, organisation, settings } from '../support/invented.ts';
import { startService } from '../support/service.ts';
import { fc } from '../support/property.ts';

const minute = 60_000;
const hour = 60 * minute;

type Service = Awaited<ReturnType<typeof startService>>;

const people = [...organisation.people.map((person) => person.id), 'm999'];
const texts = [
  '在岗',
  '收到',
  '1',
  '不在',
  '马上到',
  '转下一人',
  '求援',
  '3',
  '撤销',
  '谁值班',
  '咕噜',
  '东主班在岗',
  '查岗',
  '查岗 东城区',
  '全员查岗',
  '是',
  '1a',
  '1b',
];
const actions = ['acknowledge', 'notOnPost', 'passOn', 'help', 'undo', 'recordCall'];

const day = fc.record({
  startAt: fc.constantFrom(at('2021-08-27T09:58'), at('2021-08-27T21:30'), at('2021-08-28T05:40')),
  random: fc.integer({ min: 0, max: 3 }),
  silenceHours: fc.integer({ min: 1, max: 6 }),
  proof: fc.constantFrom('acknowledge' as const, 'code' as const),
  moves: fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 3 * hour }),
      isAway: fc.boolean(),
      from: fc.constantFrom(...people),
      said: fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...texts).map((text) => ({ text })) },
        {
          weight: 3,
          arbitrary: fc.record({
            action: fc.constantFrom(...actions),
            which: fc.nat({ max: 20 }),
            result: fc.constantFrom('onPost', 'busy', 'invalidNumber'),
          }),
        },
        { weight: 1, arbitrary: fc.record({ drops: fc.constantFrom('m7', 'm2', 'm17') }) },
      ),
    }),
    { maxLength: 18 },
  ),
});
type Day = typeof day extends fc.Arbitrary<infer D> ? D : never;

/** Promise 1: contact younger than its limit, or an open obligation that has a clock. */
const checkEveryPost = ({ world, store, clock }: Service): void => {
  const all = new Map(store.all().map((one) => [one.id, one.aggregate]));
  const now = clock.now();
  for (const post of world.directory.roster.posts) {
    const aggregate = all.get(`w${post.id}`);
    const watch = aggregate?.type === 'watch' ? aggregate.state : undefined;
    if (!watch) throw new Error(`${post.id} is not watched`);
    if (watch.openObligationId === null) {
      const limitMs = segmentAt(world.settings.posts, world.settings.timeZone, now)!.band.silenceLimitMs;
      expect(now - silentSince(watch)).toBeLessThan(limitMs);
      expect(store.dueAt(`w${post.id}`)).toBeGreaterThan(now);
      continue;
    }
    const held = all.get(watch.openObligationId);
    const o = held?.type === 'obligation' ? held.state : undefined;
    expect({ post: post.id, isOpen: o !== undefined && !isEnded(o) }).toEqual({ post: post.id, isOpen: true });
  }
  for (const aggregate of all.values()) {
    if (aggregate.type !== 'obligation' || isEnded(aggregate.state)) continue;
    const { state } = aggregate;
    expect(store.dueAt(state.id)).toBe(Math.ceil(nextInstant(state, world.settings.policies[state.policy]!)));
    expect(store.dueAt(state.id)).toBeGreaterThan(now);
  }
};

/** Promise 5: what the ledger says is what the store holds, organisation and roster too. */
const checkLedger = async ({ store }: Service): Promise<void> => {
  const rows = store.rows();
  const reader = { lastSeq: async () => rows.length, rows: async (after: number, limit: number) => rows.slice(after, after + limit) };
  expect(await replayLedger({ store, reader, sha256: nodeSecrets.sha256 })).toMatchObject({ ok: true, differences: [] });
};

const say = async (service: Service, from: string, said: Day['moves'][number]['said'], id: string): Promise<void> => {
  const base = { id, channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: service.clock.now() };
  if ('text' in said) return service.deliverMessage({ ...base, text: said.text });
  if ('drops' in said) {
    service.chat.answers(said.drops, { status: 'permanent', code: 'blocked' });
    return;
  }
  const known = service.store.all().flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state.id] : []));
  const obligationId = known.length === 0 ? undefined : known[said.which % known.length];
  return service.deliverMessage({
    ...base,
    value: { action: said.action, result: said.result, ...(obligationId === undefined ? {} : { obligationId }) },
  });
};

const startDay = (plan: Day): Promise<Service> => {
  const band = { ...settings.posts.bands[0]!, random: plan.random, silenceLimitMs: plan.silenceHours * hour };
  const bands = [
    { ...band, name: 'day', fromMinute: 420, toMinute: 1320, fixedMinutes: [600, 960] },
    { ...band, name: 'night', fromMinute: 1320, toMinute: 420, fixedMinutes: [], random: 1, silenceLimitMs: plan.silenceHours * 2 * hour },
  ];
  const rules = { ...settings, posts: { ...settings.posts, bands, proof: plan.proof } };
  return startService({
    settings: rules,
    at: Temporal.Instant.fromEpochMilliseconds(plan.startAt).toZonedDateTimeISO(settings.timeZone).toPlainDateTime().toString(),
  });
};

const liveDay = async (plan: Day, look: (service: Service) => void): Promise<Service> => {
  const service = await startDay(plan);
  look(service);
  for (const [index, { waitMs, isAway, from, said }] of plan.moves.entries()) {
    const target = service.clock.now() + waitMs;
    if (isAway) await service.skipTo(target);
    else
      while (service.clock.now() < target) {
        await service.passTo(Math.min(target, service.clock.now() + 10 * minute));
        look(service);
      }
    await say(service, from, said, `x${index}`);
    look(service);
  }
  return service;
};

it('leaves no silence unexplained: each post has been heard of within its limit, or somebody owes an answer for it', async () => {
  await fc.assert(
    fc.asyncProperty(day, async (plan) => void (await liveDay(plan, checkEveryPost))),
    { numRuns: 40 },
  );
});

it('explains its state by its ledger: replaying it gives what the store holds', async () => {
  await fc.assert(
    fc.asyncProperty(day, async (plan) => {
      const service = await liveDay(plan, () => {});
      await checkLedger(service);
    }),
    { numRuns: 30 },
  );
});

it('decides the same for the same input and the same seed', async () => {
  await fc.assert(
    fc.asyncProperty(day, async (plan) => {
      const [one, other] = [await liveDay(plan, () => {}), await liveDay(plan, () => {})];
      expect(other.store.rows()).toEqual(one.store.rows());
    }),
    { numRuns: 8 },
  );
});

it('has no effect for somebody nobody knows, whatever they say', async () => {
  const service = await startService({ at: '2021-08-27T12:00' });
  const before = service.store.rows().length;
  for (const [index, text] of texts.entries()) await say(service, 'm999', { text }, `s${index}`);
  expect(service.store.rows()).toHaveLength(before);
  expect(service.chat.seenBy('m999')).toEqual([]);
});
