import { officePeople } from '../../domain/organisation/directory.ts';
import { putOffMs } from '../../ports/store.ts';
import type { Undecided } from '../../ports/undecided.ts';
import { nameOf } from '../acts/speaker.ts';
import { refreshWorld, type World } from '../world.ts';
import type { FailedDecision } from './fire-due.ts';

const graceMs = 60_000;
const mostTries = 3;

/** It fails again whenever it is looked at: what has not for longer than that is over. */
export const countUndecided = ({ clock, leaseMs }: World, undecided: Undecided): Promise<number> =>
  undecided.countSince(clock.now() - putOffMs - leaseMs - graceMs);

/** Once for each: it is tried again every few minutes, and the office must see to it by hand meanwhile. */
export const tellUndecided = async (world: World, undecided: Undecided, failed: readonly FailedDecision[]): Promise<void> => {
  if (failed.length === 0) return;
  const ids = failed.map(({ id }) => id);
  const untold = new Set(await undecided.untold(ids));
  const fresh = failed.filter(({ id }) => untold.has(id));
  for (let tries = 0; fresh.length > 0 && tries < mostTries; tries += 1) {
    const notices = officePeople(world.directory, world.clock.now()).flatMap((to) =>
      fresh.map(({ id, subject }) => ({
        to,
        via: 'card' as const,
        template: 'undecided.alert' as const,
        params: { what: (subject === undefined ? '' : nameOf(world, subject)) || id, id },
      })),
    );
    const [result] = await world.store.commit([{ writes: [], events: [], notices }], world.campaignVersion);
    if (result === 'committed') break;
    await refreshWorld(world, true);
  }
  // Only now: whoever ends before it is told leaves it to the next failure.
  await undecided.note(ids, world.clock.now());
};
