import { expect, it, vi } from 'vitest';
import { createRehearsalDoor } from '../../src/app/set-up/rehearsal-door.ts';
import { rehearseApart } from '../../src/wiring/rehearse-apart.ts';
import { startService } from '../support/service.ts';

vi.setConfig({ testTimeout: 120_000 });

const asked = { days: 1, seed: 7, silent: 0.1 };

const openDoor = async (rehearse: Parameters<typeof createRehearsalDoor>[0]['rehearse'] = rehearseApart) => {
  const { world, store } = await startService({ at: '2021-08-27T09:59' });
  let isTaken = false;
  const takeTurn = async () => {
    if (isTaken) return undefined;
    isTaken = true;
    return async () => void (isTaken = false);
  };
  return { world, store, door: createRehearsalDoor({ world, takeTurn, rehearse }) };
};

it('plays the day to come in a thread of its own, with nothing sent and nothing changed', async () => {
  const { world, store, door } = await openDoor();
  const rows = store.rows().length;
  const { signal } = new AbortController();
  const rehearsed = await door(world.settings.policies, asked, signal);
  expect(rehearsed).toMatchObject({
    ok: true,
    report: { from: '2021-08-28T00:00:00+08:00', to: '2021-08-29T00:00:00+08:00', seed: 7, totals: { posts: 3 } },
  });
  expect(store.rows()).toHaveLength(rows);
  // the same seed, the same report
  expect(await door(world.settings.policies, asked, signal)).toEqual(rehearsed);
});

it('plays it by the ladders that it is given', async () => {
  const { world, door } = await openDoor();
  const { signal } = new AbortController();
  const mute = { ...world.settings.policies, check: { ...world.settings.policies['check']!, steps: [] } };
  const [plain, silent] = [await door(world.settings.policies, asked, signal), await door(mute, asked, signal)];
  const stepsOf = (one: typeof plain) => ('report' in one ? one.report.kinds.find(({ kind }) => kind === 'check')?.steps : undefined);
  expect(stepsOf(plain)).toBeGreaterThan(0);
  expect(stepsOf(silent)).toBe(0);
});

it('lets one be had at a time, ends it for whoever goes away, and refuses what is too much', async () => {
  const { world, door } = await openDoor();
  const ending = new AbortController();
  const first = door(world.settings.policies, { ...asked, days: 7 }, ending.signal);
  expect(await door(world.settings.policies, asked, new AbortController().signal)).toEqual({ ok: false, refused: 'busy' });
  ending.abort();
  expect(await first).toEqual({ ok: false, refused: 'ended' });
  expect(await door(world.settings.policies, { ...asked, days: 200 }, new AbortController().signal)).toEqual({
    ok: false,
    refused: 'tooLarge',
  });
});
