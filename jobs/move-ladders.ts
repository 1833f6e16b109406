import { createLadderMoves } from '../src/app/items/phases/move-ladders.ts';
import type { World } from '../src/app/world.ts';

/** Each second on every instance, only as a poke: nothing is read unless somebody has come into another phase. */
export const moveLaddersJob = (world: World) => ({
  name: 'move-ladders',
  cron: '* * * * * *',
  run: createLadderMoves(world),
});
