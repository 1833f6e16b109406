import { tellAhead } from '../src/app/ahead/tell-ahead.ts';
import type { World } from '../src/app/world.ts';

/** Each second on every instance, only as a poke: what is due ahead of whose shift, the roster says. */
export const tellAheadJob = (world: World) => ({
  name: 'tell-ahead',
  cron: '* * * * * *',
  run: (): Promise<void> => tellAhead(world),
});
