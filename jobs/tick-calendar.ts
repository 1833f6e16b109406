import { syncWatches } from '../src/app/contact/sync-watches.ts';
import { takeInPolicies } from '../src/app/contact/take-in-policies.ts';
import { tickCalendar } from '../src/app/contact/tick-calendar.ts';
import type { World } from '../src/app/world.ts';

/** Each second on every instance, only as a poke: rounds, digest and audit are decided by the calendar of the campaign's zone. */
export const tickCalendarJob = (world: World) => {
  let watchedVersion = -1;
  /** Until then the same people are to be watched: nobody's appointment begins or ends. */
  let watchedUntil = Number.POSITIVE_INFINITY;
  /** The ladders that open obligations have been planned by: the page may change the campaign while the service runs. */
  let policies: World['settings']['policies'] | undefined;
  return {
    name: 'tick-calendar',
    cron: '* * * * * *',
    run: async (): Promise<void> => {
      await tickCalendar(world);
      if (policies !== world.settings.policies) {
        const taken = world.settings.policies;
        if (await takeInPolicies(world)) policies = taken;
      }
      if (watchedVersion === world.campaignVersion && world.clock.now() < watchedUntil) return;
      const version = world.campaignVersion;
      const { untilAt } = await syncWatches(world);
      watchedVersion = version;
      watchedUntil = untilAt ?? Number.POSITIVE_INFINITY;
    },
  };
};
