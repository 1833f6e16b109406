import { isEnded } from '../../../domain/escalation/obligation.ts';
import { phaseAt } from '../../../domain/items/phase.ts';
import type { Stored, Transition } from '../../../ports/store.ts';
import { beginChange, decideIn, obligationIn, readInto, toTransition } from '../../change.ts';
import { phasesOf } from '../../contact/contact-rules.ts';
import type { World } from '../../world.ts';
import { clocksById, itemContextOf, itemIn, policyInPhase } from '../change-item.ts';

/** Which phase everybody is in, and by which ladders: as long as it reads the same nothing moves. */
const standingOf = ({ directory, settings, clock, ...rest }: World): string => {
  const spans = phasesOf({ directory, settings, clock, ...rest });
  const now = clock.now();
  const ids = [undefined, ...directory.organisation.units.map(({ id }) => id)];
  return JSON.stringify([settings.phasePolicies, ids.map((id) => phaseAt(spans, id, now) ?? null)]);
};

/** The clocks of one item that another ladder holds for now. */
const moveClocks = async (world: World, stored: Stored): Promise<Transition | undefined> => {
  const change = beginChange(world, world.clock.now());
  readInto(change, stored.id, stored);
  const item = itemIn(change, stored.id);
  const clocks = [...(item ? clocksById(item, itemContextOf(world)) : [])];
  if (!item || clocks.length === 0) return undefined;
  const found = await world.store.load(clocks.map(([id]) => id));
  for (const [index, [id, clock]] of clocks.entries()) {
    readInto(change, id, found[index]);
    const o = obligationIn(change, id);
    const policy = policyInPhase(world, item, clock, change.now);
    if (o && !isEnded(o) && o.policy !== policy) decideIn(world, change, id, { type: 'changeLadder', policy });
  }
  return change.events.length === 0 ? undefined : toTransition(change);
};

/**
 * Moves the clocks of open items to the ladders of the phase that their unit has come into, however it came there: an
 * announcement, the campaign's dates, a restart with other ladders. Called as often as one likes, on every instance; who
 * loses a race looks again.
 */
export const createLadderMoves = (world: World) => {
  let settled: string | undefined;
  return async (): Promise<void> => {
    if (world.settings.phasePolicies === undefined) return;
    const standing = standingOf(world);
    if (standing === settled) return;
    let isWhole = true;
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page: Awaited<ReturnType<World['store']['scan']>> = await world.store.scan('item', cursor);
      cursor = page.cursor;
      const moved = await Promise.all(page.items.map((stored) => moveClocks(world, stored)));
      const transitions = moved.flatMap((one) => one ?? []);
      const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
      if (results.some((result) => result !== 'committed')) isWhole = false;
    }
    if (isWhole) settled = standing;
  };
};
