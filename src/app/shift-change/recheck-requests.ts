import { recheckRequest } from '../../domain/shift-change/recheck-request.ts';
import { beginChange, toTransition } from '../change.ts';
import { refreshWorld, type World } from '../world.ts';
import { actOnRequest, readRegister, readRequests, requestContextOf } from './change-request.ts';

/**
 * Looks at every request again after the roster or the organisation has been changed, whoever changed it: those who wait
 * for what cannot be granted any more are told, and those who agreed on something that has no effect any more. Called as
 * often as one likes: what has been told is kept with the request.
 */
export const recheckRequests = async (world: World): Promise<void> => {
  const now = world.clock.now();
  const look = beginChange(world, now);
  const { open, ended } = await readRegister(world, look);
  const context = requestContextOf(world, []);
  const concerned = (await readRequests(world, look, [...open, ...ended])).filter(
    (request) => recheckRequest(request, context, now).length > 0,
  );
  for (const { id } of concerned) {
    const change = beginChange(world, now);
    await actOnRequest(world, change, id, { type: 'recheck' });
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    // Somebody else has changed the roster or the request meanwhile: the next look is about that.
    if (result === 'stale') return refreshWorld(world, true);
  }
};
