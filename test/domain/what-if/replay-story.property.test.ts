import { expect, it } from 'vitest';
import type { Command, OpenClockCommand, OpenCommand } from '../../../src/domain/escalation/decide.ts';
import type { Context } from '../../../src/domain/escalation/fire.ts';
import { shippedPolicies, type Policy } from '../../../src/domain/escalation/policy.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { replayStory, tellStory } from '../../../src/domain/what-if/replay-story.ts';
import { unlookedIn, type Story } from '../../../src/domain/what-if/story.ts';
import { at } from '../../support/invented.ts';
import { act, contextWith, moves, passTo, policies, startRun } from '../../support/rules.ts';
import { fc } from '../../support/property.ts';

const minute = 60_000;
const hour = 60 * minute;
const startAt = at('2021-08-27T21:40');
const until = startAt + 3 * hour;

const night = fc.record({
  policy: policies,
  kind: fc.constantFrom('check' as const, 'postEmpty' as const, 'restore' as const, 'help' as const),
  isItem: fc.boolean(),
  isQuiet: fc.boolean(),
  isMassFailure: fc.boolean(),
  hasVoice: fc.boolean(),
  /** How late the service looked, each time anew: at once, a moment later, after an outage. */
  lateMs: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 59_999 }), fc.integer({ min: minute, max: 40 * minute })), {
    minLength: 1,
    maxLength: 5,
  }),
  moves: fc.array(moves, { maxLength: 12 }),
});
type Night = typeof night extends fc.Arbitrary<infer N> ? N : never;

const contextOf = ({ policy, isQuiet, isMassFailure, hasVoice }: Night, policyNow: Policy = policy): Context =>
  contextWith({
    policies: [...shippedPolicies.filter(({ name }) => name !== 'check'), policyNow],
    isQuiet: () => isQuiet,
    isMassFailure,
    hasVoice,
  });

const commandOf = ({ kind, isItem }: Night): OpenCommand | OpenClockCommand =>
  isItem
    ? { type: 'open', kind: 'deadline', subject: 'u1', policy: 'check', cause: 'due', itemId: 'i1', key: 'u1', deadlineAt: startAt + hour }
    : { type: 'open', kind, subject: 'p1', policy: 'check', cause: 'round', ...(kind === 'help' ? { openedBy: 'm7' } : {}) };

const forItems: ReadonlySet<Command['type']> = new Set(['fire', 'deliver', 'withdraw', 'fail']);

/** A night as it went, and what the ledger has of it. */
const live = (plan: Night): Story => {
  const context = contextOf(plan);
  const run = startRun(commandOf(plan), context, startAt);
  let times = 0;
  const lateMs = (): number => plan.lateMs[times++ % plan.lateMs.length]!;
  for (const { waitMs, command } of plan.moves) {
    if (run.now + waitMs > until) break;
    passTo(run, run.now + waitMs, context, lateMs());
    if (plan.isItem && !forItems.has(command.type)) continue;
    act(run, command.type === 'acknowledge' ? { ...command, receivedAt: run.now } : command, context);
  }
  passTo(run, until, context, lateMs());
  const [opening, ...rest] = run.events;
  return [opening!, ...rest];
};

const replayed = (plan: Night, story: Story, after: Policy, end = until) => {
  const context = contextOf(plan, after);
  return replayStory(story, {
    before: plan.policy,
    contextAt: () => context,
    own: unlookedIn(story, () => contextOf(plan)),
    outages: [],
    until: end,
  });
};

it('gives exactly what happened where nothing is changed: steps, reminders, whom they told, and the verdict', () => {
  fc.assert(
    fc.property(night, (plan) => {
      const story = live(plan);
      // the last look of the night may come after it
      const last = Math.max(until, ...story.map((event) => event.at));
      const course = replayed(plan, story, plan.policy, last);
      const before = tellStory(story, () => contextOf(plan));
      const upTo = (events: readonly LedgerEvent[]) => events.slice(0, story.length);
      expect(upTo(course.events)).toEqual(story);
      expect(course.said.slice(0, before.said.length)).toEqual(before.said);
      // what would have come by the very end may not have been looked at yet
      for (const event of course.events.slice(story.length)) expect(event.at).toBeGreaterThan(until - 40 * minute);
      expect(course.isDoubtful).toBe(false);
    }),
    { numRuns: 150 },
  );
});

const plain = night.map((plan) => ({
  ...plan,
  isItem: false,
  kind: 'check' as const,
  lateMs: [0],
  // one at each instant at the most, each to somebody, so that none is lost in another
  policy: {
    ...plan.policy,
    steps: plan.policy.steps.map((step, index) => ({ afterMs: index * 4 * minute, notify: ['onDuty', 'office'] as const, via: step.via })),
  },
  moves: plan.moves.filter(({ command }) => command.type === 'acknowledge' || command.type === 'fire'),
}));

it('never says more before the answer where every wait is longer', () => {
  fc.assert(
    fc.property(plain, fc.integer({ min: 1, max: 90 }), (plan, minutes) => {
      const story = live(plan);
      const end = story.find(({ event }) => event === 'AnswerRecorded' || event === 'ObligationTakenOver')?.at ?? until;
      const later: Policy = {
        ...plan.policy,
        steps: plan.policy.steps.map((step) => ({ ...step, afterMs: step.afterMs + minutes * minute })),
      };
      const course = replayed(plan, story, later);
      const steps = (events: readonly LedgerEvent[]) => events.filter(({ event, at: when }) => event === 'StepFired' && when <= end).length;
      expect(steps(course.events)).toBeLessThanOrEqual(steps(story));
    }),
    { numRuns: 60 },
  );
});

it('takes what people did as it was, whatever the ladder: the same ends at the same instants, and nothing after them', () => {
  fc.assert(
    fc.property(night, policies, (plan, after) => {
      const story = live(plan);
      const course = replayed(plan, story, after);
      const ends = (events: readonly LedgerEvent[]) =>
        events
          .filter(({ event }) => event === 'AnswerRecorded' || event === 'ObligationTakenOver' || event === 'ObligationWithdrawn')
          .map(({ event, at: when, actor }) => ({ event, when, actor }));
      expect(ends(course.events)).toEqual(ends(story));
      // and nothing comes after them
      const last = ends(story)[0]?.event ?? course.events.at(-1)!.event;
      expect(course.events.at(-1)!.event).toBe(last);
    }),
    { numRuns: 60 },
  );
});
