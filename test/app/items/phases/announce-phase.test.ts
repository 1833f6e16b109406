import { expect, it } from 'vitest';
import { beginChange, toTransition } from '../../../../src/app/change.ts';
import { announcePhase } from '../../../../src/app/items/phases/announce-phase.ts';
import { refreshWorld } from '../../../../src/app/world.ts';
import { at, idOf } from '../../../support/invented.ts';
import { startService } from '../../../support/service.ts';

const hour = 3_600_000;

const start = async () => {
  const service = await startService({ at: '2021-08-27T10:30' });
  const { world, store } = service;
  const nextOf = (subject: string): number => {
    const aggregate = store.all().find(({ id }) => id === `w${subject}`)?.aggregate;
    return aggregate?.type === 'watch' ? (aggregate.state.nextCheckAt ?? 0) : 0;
  };
  const announce = async (fromAt: number, toAt: number) => {
    const change = beginChange(world, world.clock.now());
    await announcePhase(world, change, {
      phase: 'onSite',
      unitId: 'u2',
      fromAt,
      toAt,
      by: { personId: idOf('冯主任'), channel: 'webchat' },
    });
    expect(await store.commit([toTransition(change)], world.campaignVersion)).toEqual(['committed']);
    await refreshWorld(world);
    await service.settle();
  };
  return { ...service, nextOf, announce };
};

it('asks the posts of a district sooner where the team comes tomorrow, and nobody else', async () => {
  const { nextOf, announce } = await start();
  const before = [nextOf('p2'), nextOf('p3')];
  const fromAt = at('2021-08-28T00:00');
  expect(before[0]).toBeGreaterThan(fromAt);
  await announce(fromAt, fromAt + 24 * hour);
  expect(nextOf('p2')).toBe(fromAt);
  expect(nextOf('p3')).toBe(before[1]);
});

it('begins by asking whoever has been silent for longer than its limit, and keeps who announced it', async () => {
  const { announce, passTo, store } = await start();
  const fromAt = at('2021-08-28T00:00');
  await announce(fromAt, fromAt + 12 * hour);
  const asked = () => store.rows().filter((row) => row.event === 'CheckOpened' && row.data['subject'] === 'p2' && row.at >= fromAt).length;
  await passTo(fromAt);
  expect(asked()).toBe(1);
  expect(store.rows().find((row) => row.event === 'PhaseAnnounced')).toMatchObject({
    actor: idOf('冯主任'),
    data: { phase: 'onSite', unitId: 'u2' },
  });
});
