import { createRng } from '../../src/app/rehearsal/rng.ts';

/** What can go wrong around the product; each can be switched off, so that a failing scenario can be made smaller. */
export const faults = [
  'lostMessages',
  'doubledMessages',
  'delayedMessages',
  'failingChannel',
  'hangingChannel',
  'crashes',
  'crashesAtWrites',
  'pauses',
  'skewedClocks',
  'slowCalls',
  'redisRefuses',
  'redisLosesReplies',
  'outages',
  'imports',
] as const;

/** What people do beyond answering in time. */
export const habits = [
  'late',
  'asleep',
  'forgetful',
  'answersTwice',
  'oldCards',
  'notOnPost',
  'callsForHelp',
  'undoes',
  'passesOn',
  'startsChecks',
  'wrongPeople',
  'strangers',
  'nonsense',
  'officeSlow',
  'items',
  'requests',
  'figures',
  // who stands what is changed by sentence, list and draft
  'rosters',
  // several times as often
  'manyRosters',
  // ladders and limits are changed while questions are open
  'settings',
  // systems outside hear of events, and are slow, away or forgetful
  'webhooks',
  // people stop the chat for themselves and let it go on
  'stopsChannels',
  // the office says where the inspectors are
  'phases',
] as const;

/** What makes rare things frequent; no seed draws them, whoever looks for something asks for them. */
const densities = [
  // items are worked on all day
  'manyItems',
  // people ask for leave and swaps several times as often
  'manyRequests',
  // shifts of eight and of twelve hours, so that some begin at night
  'shiftWork',
  // many give no sign of life ahead of a first shift
  'silentAhead',
  // the first shifts lie ahead
  'startsEarly',
] as const;

/** Whatever a scenario may be asked to have. */
export const features = [...faults, ...habits, ...densities] as const;

export type Feature = (typeof features)[number];

export type Scenario = {
  readonly seed: number;
  /** How long faults and people may do as they like; then everything heals for some hours. */
  readonly hours: number;
  readonly instances: number;
  readonly posts: number;
  readonly features: readonly Feature[];
};

const shareOn = 0.6;

export const drawScenario = (seed: number): Scenario => {
  const rng = createRng(seed, 'scenario');
  const hours = rng.pick([12, 24, 24, 48]);
  // Most bureaus are small: what two posts show needs no seven, and in the same time several times as many seeds are played.
  const instances = rng.pick([1, 1, 2, 2, 3]);
  const posts = rng.pick([1, 1, 2, 2, 2, 3, 3, 4, 5, 7]);
  // A few seeds without any fault show what the product does when left in peace.
  const isPeaceful = rng.chance(0.1);
  const features = [...faults, ...habits].filter((feature) => {
    const isOn = rng.chance(shareOn);
    return isOn && !(isPeaceful && (faults as readonly string[]).includes(feature));
  });
  return { seed, hours, instances, posts, features };
};
