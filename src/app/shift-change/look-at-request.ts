import { nextLookAt } from '../../domain/shift-change/duty-request.ts';
import type { Due } from '../../ports/store.ts';
import { beginChange, put, toTransition } from '../change.ts';
import { refreshWorld, type World } from '../world.ts';
import { actOnRequest, requestIn } from './change-request.ts';

/**
 * A request fell due: a shift begins while it is open, and its holder stays on duty and is told so; or all of it is
 * over. Decided once more where organisation or roster have moved on; whoever loses a race leaves it to the winner.
 */
export const lookAtRequest = async (world: World, { id }: Due): Promise<void> => {
  for (let looks = 0; looks < 2; looks += 1) {
    const change = beginChange(world, world.clock.now());
    const { events } = await actOnRequest(world, change, id, { type: 'look' });
    const state = requestIn(change, id);
    // Nothing to do after all: the lent due time must still be put right.
    if (events.length === 0 && state) put(change, id, { type: 'request', state }, nextLookAt(state));
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result !== 'stale') return;
    await refreshWorld(world);
  }
};
