import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import { drawScenario, faults, habits, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const seeds = Array.from({ length: 6 }, (_, index) => index + 1);

/** Each seed is a bureau, its people and a day or two of misfortune; `npm run simulate` plays as many as one likes. */
describe('the simulation', () => {
  it.each(seeds)('keeps every promise with seed %i', async (seed) => {
    const { violation } = await simulate(drawScenario(seed));
    expect(violation?.message).toBeUndefined();
  });

  it('keeps every promise with everything going wrong at once', async () => {
    const scenario: Scenario = { seed: 77, hours: 12, instances: 3, posts: 6, features: [...faults, ...habits] };
    const { violation, rows } = await simulate(scenario);
    expect(violation?.message).toBeUndefined();
    expect(rows).toBeGreaterThan(200);
  });

  it('gives the same ledger for the same seed, byte for byte, and another for another', async () => {
    const scenario: Scenario = { seed: 5, hours: 6, instances: 3, posts: 4, features: [...faults, ...habits] };
    const [one, again, other] = [await simulate(scenario), await simulate(scenario), await simulate({ ...scenario, seed: 6 })];
    expect(again.sha256).toBe(one.sha256);
    expect(again.steps).toBe(one.steps);
    expect(other.sha256).not.toBe(one.sha256);
  });

  it('asks, climbs and hears answers: a simulation in which nothing happens would keep every promise', async () => {
    const { tail } = await simulate({
      seed: 3,
      hours: 24,
      instances: 2,
      posts: 5,
      features: ['forgetful', 'late', 'notOnPost', 'callsForHelp'],
    });
    const seen = new Set(tail([], 100_000).flatMap((line) => /"event":"(\w+)"/u.exec(line)?.[1] ?? []));
    for (const event of [
      'CheckOpened',
      'StepFired',
      'ReminderFired',
      'AnswerRecorded',
      'ObligationMissed',
      'ObligationTakenOver',
      'ContactProven',
      'NoticeSent',
    ])
      expect([...seen], `${event} should have happened`).toContain(event);
  });

  it('hands items over and brings some of them to their end, with returns and new dates on the way', async () => {
    const { tail, violation } = await simulate({
      seed: 9,
      hours: 36,
      instances: 2,
      posts: 4,
      features: ['items', 'manyItems', 'crashes', 'doubledMessages'],
    });
    expect(violation?.message).toBeUndefined();
    const seen = new Set(tail(['itemId'], 100_000).flatMap((line) => /"event":"(\w+)"/u.exec(line)?.[1] ?? []));
    const wanted = [
      'ItemHandedOver',
      'ItemReceived',
      'ItemPlanned',
      'HandInSigned',
      'ItemSubmitted',
      'ItemReturned',
      'ItemClosed',
      'ExtensionAsked',
    ];
    expect(wanted.filter((event) => !seen.has(event))).toEqual([]);
  });

  it('appeals against what counts, decides it, and sends reports of the day', async () => {
    const { tail, violation } = await simulate({
      seed: 5,
      hours: 36,
      instances: 2,
      posts: 5,
      features: ['figures', 'late', 'forgetful', 'officeSlow', 'notOnPost', 'doubledMessages', 'crashes'],
    });
    expect(violation?.message).toBeUndefined();
    const seen = new Set(tail([], 100_000).flatMap((line) => /"event":"(\w+)"/u.exec(line)?.[1] ?? []));
    const wanted = ['AppealAsked', 'AppealUpheld', 'AppealRejected', 'AppealWithdrawn', 'ReportDrafted', 'ReportSent'];
    expect(wanted.filter((event) => !seen.has(event))).toEqual([]);
  });

  it('changes who stands what by sentence, list and draft, and takes some of it back', async () => {
    const { tail, violation } = await simulate({
      seed: 2,
      hours: 14,
      instances: 2,
      posts: 4,
      features: ['rosters', 'manyRosters', 'crashes', 'doubledMessages'],
    });
    expect(violation?.message).toBeUndefined();
    const seen = new Set(tail([], 100_000).flatMap((line) => /"event":"(\w+)"/u.exec(line)?.[1] ?? []));
    const wanted = ['RosterChanged', 'RosterOverridden', 'RosterRestored', 'RosterProposed', 'ProposalDeclined', 'HandoverAccepted'];
    expect(wanted.filter((event) => !seen.has(event))).toEqual([]);
  });

  it('asks for leave and swaps, tests and reminds ahead of shifts, and brings some of it to its end', async () => {
    const { tail, violation } = await simulate({
      seed: 6,
      hours: 36,
      instances: 2,
      posts: 5,
      features: ['requests', 'crashes', 'doubledMessages', 'forgetful', 'asleep'],
    });
    expect(violation?.message).toBeUndefined();
    const seen = new Set(tail([], 100_000).flatMap((line) => /"event":"(\w+)"/u.exec(line)?.[1] ?? []));
    const wanted = [
      'RequestAsked',
      'SubstituteAccepted',
      'SubstituteDeclined',
      'RequestApproved',
      'RequestTookEffect',
      'RequestWithdrawn',
      'RosterOverridden',
      'ShiftsReminded',
      'UnreachableListed',
    ];
    expect(wanted.filter((event) => !seen.has(event))).toEqual([]);
  });
});

describe('shrinking', () => {
  it('leaves only what the failure needs', async () => {
    const scenario = { ...drawScenario(1), hours: 48, instances: 3, posts: 7, features: [...faults, ...habits] };
    const small = await shrink(scenario, async ({ hours, features }) => hours >= 6 && features.includes('pauses'), 200);
    expect(small).toMatchObject({ hours: 6, instances: 1, posts: 1, features: ['pauses'] });
  });
});

it('draws the same numbers from the same seed and stream, and others from another', () => {
  const draw = (seed: number, stream: string) => {
    const rng = createRng(seed, stream);
    return [rng.next(), rng.between(1, 6), rng.pick(['a', 'b', 'c'])];
  };
  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
});
