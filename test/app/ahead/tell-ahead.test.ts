import { describe, expect, it } from 'vitest';
import { tellAhead } from '../../../src/app/ahead/tell-ahead.ts';
import type { Organisation } from '../../../src/domain/organisation/organisation.ts';
import type { Roster } from '../../../src/domain/roster/roster.ts';
import { refreshWorld, type World } from '../../../src/app/world.ts';
import { at, organisation, roster } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';

const count = 1_200;

const people = Array.from({ length: count }, (_, index) => ({
  id: `m${1_000 + index}`,
  name: `员${index}`,
  mobile: `139${String(index).padStart(8, '0')}`,
}));

const many: Organisation = { ...organisation, people: [...organisation.people, ...people] };

/** Each of them stands a post of their own for the first time on the 28th. */
const firstShifts: Roster = {
  ...roster,
  posts: people.map(({ id }) => ({ id: `p${id}`, unitId: 'u2', name: `岗${id}`, minimumHeadcount: 1 })),
  shifts: people.map(({ id }) => ({
    postId: `p${id}`,
    from: at('2021-08-28T08:30'),
    to: at('2021-08-29T08:30'),
    holders: [{ role: 'onDuty', personId: id }],
  })),
};

const start = async () => {
  const service = await startService({
    at: '2021-08-26T09:00',
    organisation: many,
    roster: firstShifts,
    settings: { handover: { isRequired: false, leadMs: 0, windowMs: 600_000 } },
  });
  await tellAhead(service.world);
  return service;
};

const opened = ({ store }: Awaited<ReturnType<typeof start>>): readonly string[] =>
  store
    .rows()
    .flatMap(({ event, data }) => (event === 'ObligationOpened' && data['kind'] === 'reachTest' ? [data['subject'] as string] : []));

describe('thousands who stand for the first time', () => {
  it('are each tested once, whichever of several processes does it, and however often one is cut off', async () => {
    const service = await start();
    await service.skipTo(at('2021-08-27T08:31'));
    const { store } = service.world;
    let commits = 0;
    const torn: World = {
      ...service.world,
      store: {
        ...store,
        commit: async (transitions, version) => {
          commits += 1;
          // Cut off before it is kept, and cut off after.
          if (commits % 5 === 2) throw new Error('cut off');
          const result = await store.commit(transitions, version);
          if (commits % 5 === 4) throw new Error('cut off');
          return result;
        },
      },
    };
    const twin: World = { ...service.world };
    for (const world of [torn, twin]) await refreshWorld(world);
    for (let times = 0; times < 12; times += 1) await Promise.allSettled([tellAhead(torn), tellAhead(twin)]);
    const subjects = opened(service);
    expect(subjects).toHaveLength(count);
    expect(new Set(subjects).size).toBe(count);
    expect(commits).toBeGreaterThan(3);
  });

  it('are listed to the office once, in one message, by their limit', async () => {
    const service = await start();
    await service.skipTo(at('2021-08-27T08:31'));
    await tellAhead(service.world);
    await service.skipTo(at('2021-08-27T20:31'));
    await tellAhead(service.world);
    await tellAhead({ ...service.world });
    const listed = service.store.rows().filter(({ event }) => event === 'UnreachableListed');
    expect(listed).toHaveLength(1);
    expect(listed[0]!.data['people']).toHaveLength(count);
  });

  it('costs nothing while nothing is due', async () => {
    const service = await start();
    let loads = 0;
    const watched: World = {
      ...service.world,
      store: { ...service.world.store, load: (ids) => ((loads += 1), service.world.store.load(ids)) },
    };
    for (let times = 0; times < 50; times += 1) await tellAhead(watched);
    expect(loads).toBe(1);
  });
});
