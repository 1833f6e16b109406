import { comingsOf, instantsOf, type AheadRules, type Coming } from '../../domain/ahead/plan-ahead.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import type { World } from '../world.ts';

/** What the roster asks to be said ahead of shifts: worked out once for each roster. */
export type AheadPlan = {
  readonly comings: ReadonlyMap<string, readonly Coming[]>;
  /** People, by id. */
  readonly people: readonly string[];
  readonly instants: readonly number[];
};

export const aheadRulesOf = ({ settings }: World): AheadRules => {
  const { timeZone, quietHours, fromAt, toAt, ahead } = settings;
  return { ...ahead, timeZone, quietHours, fromAt, toAt };
};

const plans = new WeakMap<Roster, AheadPlan>();

export const aheadPlanOf = (world: World): AheadPlan => {
  const { roster } = world.byRoster;
  const known = plans.get(roster);
  if (known) return known;
  const rules = aheadRulesOf(world);
  const comings = comingsOf(roster.shifts, rules);
  const plan = { comings, people: [...comings.keys()].toSorted(), instants: instantsOf(rules, comings.values()) };
  plans.set(roster, plan);
  return plan;
};

export const comingAt = (world: World, personId: string, from: number): Coming | undefined =>
  aheadPlanOf(world)
    .comings.get(personId)
    ?.find((coming) => coming.from === from);
