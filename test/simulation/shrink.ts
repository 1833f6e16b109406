import type { Scenario } from './scenario.ts';

/** Smaller scenarios to try, the greatest savings first. */
const smaller = (scenario: Scenario): readonly Scenario[] => [
  ...(scenario.hours > 1 ? [{ ...scenario, hours: Math.ceil(scenario.hours / 2) }] : []),
  ...(scenario.instances > 1 ? [{ ...scenario, instances: scenario.instances - 1 }] : []),
  ...(scenario.posts > 1 ? [{ ...scenario, posts: Math.ceil(scenario.posts / 2) }] : []),
  ...scenario.features.map((feature) => ({ ...scenario, features: scenario.features.filter((one) => one !== feature) })),
];

/** The same seed with less around it, as long as it still fails; at most `tries` further runs. */
export const shrink = async (scenario: Scenario, fails: (smaller: Scenario) => Promise<boolean>, tries: number): Promise<Scenario> => {
  let best = scenario;
  let left = tries;
  for (let isSmaller = true; isSmaller && left > 0;) {
    isSmaller = false;
    for (const candidate of smaller(best)) {
      if (left <= 0) break;
      left -= 1;
      if (!(await fails(candidate))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
};
