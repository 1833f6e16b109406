import { expect, it } from 'vitest';
import { fireDue } from '../../src/app/contact/fire-due.ts';
import { countUndecided, tellUndecided } from '../../src/app/contact/tell-undecided.ts';
import { officePeople } from '../../src/domain/organisation/directory.ts';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Undecided } from '../../src/ports/undecided.ts';
import { startService } from '../support/service.ts';

const minute = 60_000;
const sorted = (texts: readonly unknown[]): readonly string[] => texts.map(String).toSorted((one, other) => (one < other ? -1 : 1));

/** The round of ten, with one check of it that no rule can make anything of. */
const startPoisoned = async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  await service.passTo(service.clock.now() + minute);
  const checks = service.store.all().filter(({ aggregate }) => aggregate.type === 'obligation' && !isEnded(aggregate.state));
  const poisoned = checks.find(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.subject === 'p2')!;
  const state = {
    ...(poisoned.aggregate.state as Obligation),
    asked: null as unknown as readonly string[],
    told: null as unknown as readonly string[],
  };
  const dueAt = service.store.dueAt(poisoned.id)!;
  const write = { id: poisoned.id, expected: poisoned.version, aggregate: { type: 'obligation', state }, dueAt } as const;
  await service.store.commit([{ writes: [write], events: [], notices: [] }], service.world.campaignVersion);
  return { service, id: poisoned.id };
};

it('puts off what it cannot decide, says so in the ledger without a text, and goes on with the others', async () => {
  const { service, id } = await startPoisoned();
  await service.passTo(service.clock.now() + 4 * minute);
  const rows = service.store.rows();
  const failures = rows.filter((row) => row.event === 'DecisionFailed');
  expect(failures).toMatchObject([{ data: { id, code: 'TypeError' } }]);
  expect(service.store.dueAt(id)).toBe(failures[0]!.at + 5 * minute);
  const reminded = rows.filter((row) => row.event === 'StepFired' && row.data['stepNo'] === 1).map((row) => row.data['subject']);
  expect(sorted(reminded)).toEqual(['p1', 'p3']);
  await service.passTo(service.clock.now() + 5 * minute);
  expect(service.store.rows().filter((row) => row.event === 'DecisionFailed')).toHaveLength(2);
});

it('says of what cannot even be read that it failed, and goes on', async () => {
  const service = await startService({ at: '2021-08-27T10:30' });
  const store: Store = {
    ...service.store,
    takeDue: async (...asked) => ({ ...(await service.store.takeDue(...asked)), unreadable: ['ox'] }),
  };
  expect(await fireDue({ ...service.world, store })).toMatchObject({ failed: [{ id: 'ox' }] });
  expect(service.store.rows().at(-1)).toMatchObject({ event: 'DecisionFailed', data: { id: 'ox', code: 'unreadable' } });
});

it('goes on without a watch that cannot be read', async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  await service.passTo(service.clock.now() + minute);
  const load: Store['load'] = async (ids) => {
    if (ids.includes('wp2')) throw new Error('cannot be read');
    return service.store.load(ids);
  };
  await service.passTo(service.clock.now() + 2 * minute);
  const before = service.store.rows().length;
  const later = { now: () => service.clock.now() + minute };
  await fireDue({ ...service.world, clock: later, store: { ...service.store, load } });
  const fired = service.store.rows(before).filter((row) => row.event === 'StepFired');
  expect(sorted(fired.map((row) => row.data['subject']))).toEqual(['p1', 'p2', 'p3']);
});

const createMemoryUndecided = (): Undecided => {
  const failedAt = new Map<string, number>();
  return {
    untold: async (ids) => ids.filter((id) => !failedAt.has(id)),
    note: async (ids, at) => ids.forEach((id) => failedAt.set(id, at)),
    countSince: async (since) => [...failedAt.values()].filter((at) => at >= since).length,
  };
};

it('counts what fails, tells the office once by the name of the post, and warns as long as it lasts', async () => {
  const { service, id } = await startPoisoned();
  const undecided = createMemoryUndecided();
  let now = service.clock.now();
  const world = { ...service.world, clock: { now: () => now } };
  const failures: number[] = [];
  for (const startedAt = now; now < startedAt + 15 * minute; now += minute) {
    const { failed } = await fireDue(world);
    if (failed.length === 0) continue;
    expect(failed).toEqual([{ id, subject: 'p2' }]);
    failures.push(now);
    await tellUndecided(world, undecided, failed);
  }
  expect(failures.length).toBeGreaterThan(1);
  expect(await countUndecided(world, undecided)).toBe(1);
  now += 10 * minute;
  expect(await countUndecided(world, undecided)).toBe(0);
  await service.skipTo(now);
  const said = service.chat
    .everybody()
    .flatMap((to) => service.chat.seenBy(to).flatMap(({ message }) => (message.card?.title.includes('未能处理') ? [{ to, message }] : [])));
  expect(said.map(({ to }) => to)).toEqual(officePeople(service.world.directory, now));
  expect(said[0]!.message.card).toMatchObject({ tone: 'alert', title: `系统未能处理：${service.world.directory.posts.get('p2')!.name}` });
});
