import { createOpening } from '../src/app/items/intake/open-recurring.ts';
import type { World } from '../src/app/world.ts';

/** Each second on every instance, only as a poke: which day it is and which phase is over, the campaign's calendar says. */
export const openRecurringJob = (world: World) => ({
  name: 'open-recurring',
  cron: '* * * * * *',
  run: createOpening(world),
});
