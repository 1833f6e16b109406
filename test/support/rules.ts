import { announce } from '../../src/domain/escalation/announce.ts';
import { decide, open, type Command, type OpenClockCommand, type OpenCommand } from '../../src/domain/escalation/decide.ts';
import { evolve } from '../../src/domain/escalation/evolve.ts';
import { fire, nextInstant, type Context } from '../../src/domain/escalation/fire.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import { roles, shippedPolicies, type Policy, type Step } from '../../src/domain/escalation/policy.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { buildDirectory, type Directory } from '../../src/domain/organisation/directory.ts';
import { organisation, roster } from './invented.ts';
import { fc } from './property.ts';

/** The rules without anything around them: one obligation, its events and its clock. */

export const directory: Directory = buildDirectory(organisation, roster);

export const contextWith = (over: Partial<Context> & { readonly policies?: readonly Policy[] } = {}): Context => {
  const { policies = shippedPolicies, ...rest } = over;
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  return { directory, policyOf: (name) => byName.get(name) ?? shippedPolicies[0]!, isQuiet: () => false, hasVoice: false, ...rest };
};

export type Run = { o: Obligation; readonly events: LedgerEvent[]; readonly notices: Notice[]; now: number };

export const take = (run: Run, events: readonly LedgerEvent[], context: Context): void => {
  for (const event of events) {
    run.o = evolve(run.o, event)!;
    run.events.push(event);
    run.notices.push(...announce(run.o, event, context));
  }
};

export const startRun = (command: OpenCommand | OpenClockCommand, context: Context, now: number): Run => {
  const opened = open(command, context, now);
  const run: Run = { o: evolve(undefined, opened)!, events: [opened], notices: [], now };
  take(run, fire(run.o, context, now), context);
  return run;
};

export const act = (run: Run, command: Command, context: Context): ReturnType<typeof decide> => {
  const outcome = decide(run.o, command, context, run.now);
  take(run, outcome.events, context);
  return outcome;
};

/** Lets the clock of the obligation ring until an instant, as the sweep would; `lateMs` after each due time. */
export const passTo = (run: Run, until: number, context: Context, lateMs = 0): void => {
  for (let rings = 0; rings < 2_000; rings++) {
    const dueAt = nextInstant(run.o, context.policyOf(run.o.policy), run.now) + lateMs;
    if (isEnded(run.o) || dueAt > until) break;
    run.now = Math.max(run.now, dueAt);
    act(run, { type: 'fire' }, context);
  }
  run.now = Math.max(run.now, until);
};

const minute = 60_000;

export const steps: fc.Arbitrary<Step> = fc.record(
  {
    afterMs: fc.integer({ min: 0, max: 90 }).map((count) => count * minute),
    notify: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 3 }),
    via: fc.constantFrom('card', 'sms', 'voice'),
    repeat: fc.record({ everyMs: fc.integer({ min: 1, max: 20 }).map((count) => count * minute), times: fc.integer({ min: 1, max: 4 }) }),
  },
  { requiredKeys: ['afterMs', 'notify', 'via'] },
);

export const policies: fc.Arbitrary<Policy> = fc.record({
  name: fc.constant('check'),
  answerWindowMs: fc.integer({ min: 1, max: 30 }).map((count) => count * minute),
  steps: fc.array(steps, { maxLength: 8 }).map((list) => list.toSorted((one, other) => one.afterMs - other.afterMs)),
  remindOfficeEveryMs: fc.integer({ min: 1, max: 60 }).map((count) => count * minute),
});

const everybody = organisation.people.map((person) => person.id);
const channel = 'webchat';

/** What people and the service do to an obligation, and how long they wait before it. */
export const moves: fc.Arbitrary<{ readonly waitMs: number; readonly command: Command }> = fc.record({
  waitMs: fc.integer({ min: 0, max: 40 * minute }),
  command: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Command>({ type: 'fire' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...everybody).map((personId): Command => ({ type: 'acknowledge', personId, channel, receivedAt: 0 })),
    },
    { weight: 2, arbitrary: fc.constantFrom(...everybody).map((personId): Command => ({ type: 'passOn', personId, channel })) },
    { weight: 2, arbitrary: fc.constantFrom(...everybody).map((personId): Command => ({ type: 'standIn', personId, channel })) },
    { weight: 2, arbitrary: fc.constantFrom(...everybody).map((personId): Command => ({ type: 'deliver', personId, channel })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...everybody),
          fc.constantFrom('busy' as const, 'noAnswer' as const, 'invalidNumber' as const, 'standIn' as const, 'onPost' as const),
        )
        .map(([personId, result]): Command => ({ type: 'recordCall', personId, result, channel })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('check', 'urgent', 'office').map((policy): Command => ({ type: 'movePolicy', policy, personId: 'm17' })),
    },
    { weight: 1, arbitrary: fc.constant<Command>({ type: 'fail', to: 'm7', channel, code: 'blocked', stepNo: 0 }) },
    { weight: 1, arbitrary: fc.constant<Command>({ type: 'withdraw', reason: 'undone' }) },
  ),
});
