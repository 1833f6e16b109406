import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** Plays one scenario after the other as it is told to, in a process of its own: a core each. */

export type Played = {
  readonly seed: number;
  readonly days: number;
  readonly steps: number;
  readonly isBroken: boolean;
  readonly isSame: boolean;
};
export type Order = { readonly scenario: Scenario; readonly isTwice: boolean };

process.on('message', ({ scenario, isTwice }: Order) => {
  void simulate(scenario).then(async (outcome) => {
    const isBroken = outcome.violation !== undefined;
    const isSame = isBroken || !isTwice || (await simulate(scenario)).sha256 === outcome.sha256;
    const played: Played = { seed: scenario.seed, days: outcome.days, steps: outcome.steps, isBroken, isSame };
    process.send?.(played);
  });
});
process.on('disconnect', () => process.exit(0));
