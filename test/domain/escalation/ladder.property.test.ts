import { expect, it } from 'vitest';
import { pack, unpack } from '../../../adapters/redis/pack.ts';
import { nextInstant, type Context } from '../../../src/domain/escalation/fire.ts';
import { isEnded } from '../../../src/domain/escalation/obligation.ts';
import { shippedPolicies } from '../../../src/domain/escalation/policy.ts';
import { replay } from '../../../src/domain/ledger/replay.ts';
import { at, organisation } from '../../support/invented.ts';
import { act, contextWith, moves, passTo, policies, startRun, type Run } from '../../support/rules.ts';
import { fc } from '../../support/property.ts';

const start = at('2021-08-27T10:00');
const opening = (kind: 'check' | 'postEmpty' | 'restore' | 'help', subject: string) =>
  ({
    type: 'open',
    kind,
    subject,
    policy: 'check',
    cause: 'manual',
    ...(kind === 'help' || kind === 'postEmpty' ? { openedBy: 'm7' } : {}),
  }) as const;

const worlds = fc.record({
  policy: policies,
  kind: fc.constantFrom('check' as const, 'postEmpty' as const, 'restore' as const, 'help' as const),
  subject: fc.constantFrom('p1', 'p2', 'm9', 'm18', 'p9'),
  isQuiet: fc.boolean(),
  isMassFailure: fc.boolean(),
  hasVoice: fc.boolean(),
  moves: fc.array(moves, { maxLength: 14 }),
});
type WorldOf = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

const contextOf = ({ policy, isQuiet, isMassFailure, hasVoice }: WorldOf): Context =>
  contextWith({
    policies: [policy, ...shippedPolicies.filter((one) => one.name !== 'check')],
    isQuiet: () => isQuiet,
    isMassFailure,
    hasVoice,
  });

/** Runs everything that a world says, calling `look` after each move. */
const runAll = (world: WorldOf, look: (run: Run, context: Context) => void = () => {}): Run => {
  const context = contextOf(world);
  const run = startRun(opening(world.kind, world.subject), context, start);
  look(run, context);
  for (const { waitMs, command } of world.moves) {
    passTo(run, run.now + waitMs, context);
    act(run, command.type === 'acknowledge' ? { ...command, receivedAt: run.now } : command, context);
    look(run, context);
  }
  passTo(run, run.now + 4 * 3_600_000, context);
  look(run, context);
  return run;
};

const always = (property: (world: WorldOf) => void, numRuns = 300): void => fc.assert(fc.property(worlds, property), { numRuns });

it('always has a next instant while it is open, which ringing moves on', () => {
  always((world) => {
    runAll(world, (run, context) => {
      if (isEnded(run.o)) return;
      const policy = context.policyOf(run.o.policy);
      const dueAt = nextInstant(run.o, policy);
      expect(Number.isFinite(dueAt)).toBe(true);
      const copy: Run = { o: run.o, events: [], notices: [], now: Math.max(run.now, dueAt) };
      act(copy, { type: 'fire' }, context);
      // Ringing at the due time does something, and within a few rings the clock lies ahead.
      expect(copy.events.length).toBeGreaterThan(0);
      passTo(copy, copy.now, context);
      expect(nextInstant(copy.o, policy)).toBeGreaterThan(copy.now);
    });
  });
});

it('writes nothing down where somebody looks while nothing is due', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const context = contextOf(world);
      const run = startRun(opening(world.kind, world.subject), context, start);
      for (const { waitMs, command } of world.moves) {
        passTo(run, run.now + waitMs, context);
        act(run, command.type === 'acknowledge' ? { ...command, receivedAt: run.now } : command, context);
        passTo(run, run.now, context);
        if (isEnded(run.o) || nextInstant(run.o, context.policyOf(run.o.policy), run.now) <= run.now) continue;
        expect(act(run, { type: 'fire' }, context).events).toEqual([]);
      }
    }),
  );
});

it('decides nothing after its end', () => {
  const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);
  always((world) => {
    const { events } = runAll(world);
    const end = events.findIndex((event) => ends.has(event.event));
    expect(end === -1 || end === events.length - 1).toBe(true);
  });
});

it('fires no step twice and none backwards, and counts them without gaps', () => {
  always((world) => {
    const { events } = runAll(world);
    let lastAfterMs = -1;
    let count = 0;
    for (const event of events) {
      if (event.event === 'PolicyMoved') lastAfterMs = -1;
      if (event.event !== 'StepFired' && event.event !== 'StepSkipped') continue;
      const afterMs = event.data['afterMs'] as number;
      expect(afterMs).toBeGreaterThanOrEqual(lastAfterMs);
      lastAfterMs = afterMs;
      expect(event.data['stepNo']).toBe(count);
      count += 1;
    }
  });
});

it('gives each step of a policy at most once between two moves of policy', () => {
  always((world) => {
    const fired = new Map<string, number>();
    let epoch = 0;
    for (const event of runAll(world).events) {
      if (event.event === 'PolicyMoved') epoch += 1;
      if (event.event !== 'StepFired' && event.event !== 'StepSkipped') continue;
      const { afterMs, roles, via } = event.data as { readonly afterMs: number; readonly roles: readonly string[]; readonly via: string };
      const key = `${epoch} ${afterMs} ${roles.join(',')} ${via}`;
      fired.set(key, (fired.get(key) ?? 0) + 1);
    }
    const steps = (key: string) =>
      world.policy.steps.filter((step) => `${step.afterMs} ${step.notify.join(',')} ${step.via}` === key.slice(key.indexOf(' ') + 1))
        .length;
    const tooOften = [...fired].filter(([key, times]) => key.startsWith('0 ') && times > steps(key));
    expect(tooOften).toEqual([]);
  });
});

it('says the same for the same input', () => {
  always((world) => {
    const [one, other] = [runAll(world), runAll(world)];
    expect(other.events).toEqual(one.events);
    expect(other.notices).toEqual(one.notices);
    expect(other.o).toEqual(one.o);
  }, 100);
});

it('replays from its events alone to the state it has', () => {
  always((world) => {
    const run = runAll(world);
    const rows = run.events.map((event, index) => ({
      ...(JSON.parse(JSON.stringify(event)) as typeof event),
      seq: index + 1,
      bureau: 'b',
    }));
    expect(replay(rows).obligations.get(run.o.id)).toEqual(run.o);
  });
});

it('lies in Redis as it is, at every moment', () => {
  always((world) => {
    let version = 0;
    runAll(world, ({ o }) => {
      version += 1;
      expect(unpack(o.id, pack(version, { type: 'obligation', state: o }))).toEqual({
        id: o.id,
        version,
        aggregate: { type: 'obligation', state: o },
      });
    });
  });
});

it('is answered once: the same answer again changes nothing', () => {
  always((world) => {
    const run = runAll({ ...world, moves: world.moves.filter(({ command }) => command.type === 'fire') });
    const context = contextOf(world);
    for (const person of organisation.people) {
      const command = { type: 'acknowledge', personId: person.id, channel: 'webchat', receivedAt: run.now } as const;
      act(run, command, context);
      if (!isEnded(run.o)) continue;
      const before = run.o;
      expect(act(run, command, context)).toEqual({ events: [], refusal: 'ended' });
      expect(run.o).toBe(before);
    }
  }, 100);
});

it('stays open, with the office, until somebody answers or takes over; a miss is not an end', () => {
  always((world) => {
    const context = { ...contextOf(world), isMassFailure: false };
    const run = startRun(opening(world.kind, world.subject), context, start);
    passTo(run, start + 12 * 3_600_000, context);
    expect(run.o.status).toBe('withOffice');
    const told = run.events.filter((event) => event.event === 'ReminderFired').slice(-2);
    expect(told.map((event) => event.data['notified'])).toEqual(told.map(() => ['m17', 'm18']));
    expect(told[1]!.at - told[0]!.at).toBe(world.policy.remindOfficeEveryMs);
  });
});

it('sends nobody the same notice twice for one event, and nothing at all after the end but its end', () => {
  always((world) => {
    const run = runAll(world);
    const keys = run.notices.filter((notice) => notice.isUpdate).map((notice) => notice.to);
    expect(new Set(keys).size).toBe(keys.length);
    for (const event of run.events) {
      const notified = (event.data['notified'] ?? []) as readonly string[];
      expect(new Set(notified).size).toBe(notified.length);
    }
  });
});

it('keeps reminding as often as the policy says, late or not, and never makes up for what was missed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 59_000 }), fc.integer({ min: 1, max: 5 }), (lateMs, hours) => {
      const context = contextWith();
      const run = startRun(opening('check', 'p2'), context, start);
      passTo(run, start + 11 * 60_000, context, lateMs);
      const before = run.notices.length;
      run.now += hours * 3_600_000;
      act(run, { type: 'fire' }, context);
      const sent = run.notices.slice(before).map((notice) => notice.to);
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.filter((to) => to === 'm7')).toEqual(['m7']);
      expect(nextInstant(run.o, context.policyOf('check'))).toBeGreaterThan(run.now);
    }),
    { numRuns: 50 },
  );
});
