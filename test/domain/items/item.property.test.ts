import { expect, it } from 'vitest';
import { clocksOf } from '../../../src/domain/items/clocks-of.ts';
import { correct, handOver } from '../../../src/domain/items/decide-handing-over.ts';
import { decideItem } from '../../../src/domain/items/decide-item.ts';
import { evolveItem } from '../../../src/domain/items/evolve-item.ts';
import type { ItemCommand, ItemCorrection } from '../../../src/domain/items/item-command.ts';
import { shippedKinds } from '../../../src/domain/items/item-kind.ts';
import { deadlineOf, isItemEnded, leadOf, limitLevels, outerLimitOf, type Item, type Version } from '../../../src/domain/items/item.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { at } from '../../support/invented.ts';
import {
  day,
  draftOf,
  fileOf,
  handedOverAt,
  hour,
  itemContext as context,
  limit,
  personOf,
  type Act,
  type Actor,
} from '../../support/items.ts';
import { fc } from '../../support/property.ts';

/** Anybody does anything at any time: what holds whatever the order. */

/** In every text that is given, so that it can be looked for where no text may stand. */
const secret = '秘密';
const texts = fc.constantFrom(`${secret}一`, `${secret}二`, ' ', '');
const due = fc.oneof(
  fc.integer({ min: -2, max: 60 }).map((days) => handedOverAt + days * day),
  fc.integer({ min: 0, max: 96 }).map((hours) => handedOverAt + hours * hour),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
);
const file = { ...fileOf(secret), sha256: 'a'.repeat(64) };
const files = fc.constantFrom([], [file]);
const unitIds = fc.constantFrom(['u2'], ['u2', 'u3'], ['u3', 'u2'], ['u3'], ['g1'], ['u2', 'u1'], []);

const actors: readonly Actor[] = [
  ...(['东联络', '东联系', '东局长', '东主班', '次日班', '西联络', '西联系', '西局长'] as const),
  ...(['冯主任', '陈干事', '办公室三', '组长', '组员', '孙联络', '李联系', '周局长', '外人'] as const),
];
const actor = fc.constantFrom(...actors);
const ownerId = actor.map(personOf);
const number = fc.constantFrom(undefined, 1, 2);
const versioned = number.map((versionNo) => (versionNo === undefined ? {} : { versionNo }));
const extensionOf = number.map((extensionNo) => (extensionNo === undefined ? {} : { extensionNo }));
const subtaskOf = number.map((subtaskNo) => (subtaskNo === undefined ? {} : { subtaskNo }));

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>({ type: 'receive' }, { type: 'close' }, { type: 'urge' }, { type: 'check' }, { type: 'submit' }, { type: 'accept' }),
  fc.record({
    type: fc.constant('split' as const),
    subtasks: fc.array(fc.record({ title: texts, ownerId, dueAt: due }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('finishSubtask' as const), no: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ type: fc.constant('reassign' as const), no: fc.integer({ min: 0, max: 4 }), ownerId }),
  fc.record({ type: fc.constant('report' as const), text: texts, files }),
  fc.record({
    type: fc.constant('draft' as const),
    outcome: fc.constantFrom('done' as const, 'done' as const, 'interim' as const),
    text: texts,
    handling: texts,
    accountability: texts,
    files,
    nextReportAt: due,
  }),
  fc
    .tuple(fc.constantFrom('check' as const, 'submit' as const, 'accept' as const), versioned)
    .map(([type, versionNo]) => ({ type, ...versionNo })),
  fc
    .record({ signedOn: fc.constantFrom('2021-08-28', '2021-08-30', '2021-09-31', '') })
    .map(({ signedOn }) => ({ type: 'sign' as const, signedOn, sealScan: file })),
  fc.record({ type: fc.constant('return' as const), reason: texts, fault: fc.constantFrom('false' as const, 'incomplete' as const) }),
  fc.record({ type: fc.constant('followUp' as const), passed: fc.boolean(), text: texts, againAt: due }),
  fc
    .tuple(fc.record({ type: fc.constant('extend' as const), toAt: due, reason: texts }), subtaskOf)
    .map(([one, no]) => ({ ...one, ...no })),
  extensionOf.map((no) => ({ type: 'approve' as const, ...no })),
  fc.tuple(texts, extensionOf).map(([reason, no]) => ({ type: 'reject' as const, reason, ...no })),
  fc.record({
    type: fc.constant('moveOuter' as const),
    level: fc.constantFrom(...limitLevels),
    toAt: due,
    consentOf: texts,
    consentRef: texts,
    reason: texts,
  }),
  fc.record({ type: fc.constant('longTerm' as const), responsibleId: ownerId, deadlineAt: due, measures: texts }),
);
const withdrawal: fc.Arbitrary<Act> = texts.map((reason) => ({ type: 'withdrawItem' as const, reason }));

/** Who is likely to be let through by whom: without it most of what is tried is refused. */
const likely: { readonly [type in ItemCommand['type']]?: readonly Actor[] } = {
  receive: ['东联络', '西联络', '陈干事'],
  check: ['东联络', '东主班', '东局长', '西联系', '办公室三'],
  sign: ['东联系', '西联系'],
  approve: ['东局长', '冯主任', '西局长', '陈干事'],
  accept: ['陈干事', '冯主任'],
  close: ['陈干事', '冯主任', '办公室三'],
  followUp: ['组员', '陈干事', '东联系', '西联络'],
  moveOuter: ['冯主任'],
};

const dateOf = (now: number): string => new Date(now + 8 * hour).toISOString().slice(0, 10);

type Step = Act & { readonly name: Actor };

/** Contact, liaison and principal of whoever leads. */
const casts: { readonly [unitId: string]: readonly [Actor, Actor, Actor] } = {
  u2: ['东联系', '东联络', '东局长'],
  u3: ['西联系', '西联络', '西局长'],
  u1: ['李联系', '孙联络', '周局长'],
  g1: ['陈干事', '办公室三', '冯主任'],
};

/** What people usually do one after the other, so that ends are reached often enough; anything may come between. */
const usual = (lead: string, now: number): readonly Step[] => {
  const [contact, liaison] = casts[lead]!;
  return [
    { type: 'receive', name: liaison },
    { type: 'split', subtasks: [{ title: secret, ownerId: personOf(contact), dueAt: now + hour }], name: liaison },
    { type: 'finishSubtask', no: 1, name: liaison },
    { type: 'draft', outcome: 'done', text: secret, files: [file], name: contact },
    { type: 'check', name: liaison },
    { type: 'sign', signedOn: dateOf(now), sealScan: file, name: contact },
    { type: 'submit', name: contact },
    { type: 'accept', name: '陈干事' },
    { type: 'close', name: '冯主任' },
    { type: 'followUp', passed: false, text: secret, againAt: now + day, name: '组员' },
  ];
};
const granting = (lead: string, now: number): readonly Step[] => {
  const [, liaison, principal] = casts[lead]!;
  return [
    { type: 'extend', toAt: now + 2 * day, reason: secret, name: liaison },
    { type: 'approve', name: principal },
    { type: 'approve', name: lead === 'g1' ? '陈干事' : '冯主任' },
  ];
};
const mostUsual = usual('u2', 0).length;

/** As usual but for a step that is left out, and one that somebody else takes. */
const scripts = fc.record({
  type: fc.constantFrom('usual' as const, 'usual' as const, 'granting' as const),
  count: fc.integer({ min: 1, max: mostUsual }),
  without: fc.option(fc.nat(mostUsual - 1)),
  other: fc.option(fc.record({ step: fc.nat(mostUsual - 1), name: actor })),
});
type Script = typeof scripts extends fc.Arbitrary<infer S> ? S : never;

const stepsOf = ({ type, count, without, other }: Script, lead: string, now: number): readonly Step[] =>
  (type === 'usual' ? usual(lead, now) : granting(lead, now))
    .map((step, index): Step => (other?.step === index ? { ...step, name: other.name } : step))
    .slice(0, count)
    .filter((_, index) => index !== without);

type Move = { readonly waitMs: number } & (
  | { readonly act: Act; readonly name: Actor }
  | { readonly correction: ItemCorrection }
  | { readonly script: Script }
);

const waitMs = fc.constantFrom(0, 1, 60_000, hour, 5 * hour, day, 20 * day);
const acting = fc
  .tuple(fc.oneof({ weight: 60, arbitrary: acts }, { weight: 1, arbitrary: withdrawal }), actor, fc.nat(), fc.boolean())
  .map(([act, anybody, pick, isLikely]) => {
    const known = likely[act.type];
    return { act, name: isLikely && known ? known[pick % known.length]! : anybody };
  });
const corrections: fc.Arbitrary<ItemCorrection> = fc.oneof(
  texts.map((text) => ({ text, remark: text })),
  unitIds.map((ids) => ({ unitIds: ids })),
  fc.tuple(fc.constantFrom(...limitLevels), due).map(([level, to]) => ({ limits: [{ ...limit(level, '2021-09-01T00:00'), at: to }] })),
);
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(waitMs, acting).map(([wait, act]) => ({ waitMs: wait, ...act })) },
  { weight: 1, arbitrary: fc.tuple(waitMs, corrections).map(([wait, correction]) => ({ waitMs: wait, correction })) },
  { weight: 5, arbitrary: fc.tuple(waitMs, scripts).map(([wait, script]) => ({ waitMs: wait, script })) },
);

const worlds = fc.record({
  kind: fc.constantFrom(...shippedKinds.map(({ name }) => name)),
  isUrgent: fc.boolean(),
  unitIds: unitIds.filter((ids) => ids.length > 0),
  limits: fc.constantFrom(
    [limit('unit', '2021-09-01T00:00')],
    [limit('unit', '2021-09-01T00:00'), limit('province', '2021-09-05T00:00'), limit('team', '2021-09-08T00:00')],
    [limit('unit', '2021-09-09T00:00'), limit('team', '2021-09-02T00:00')],
  ),
  moves: fc.array(moves, { maxLength: 30, size: 'max' }),
});
type WorldOf = typeof worlds extends fc.Arbitrary<infer W> ? W : never;
type Look = (before: Item, after: Item, event: LedgerEvent) => void;

const run = (
  { moves: all, ...draft }: WorldOf,
  look: Look = () => {},
): { readonly item: Item; readonly events: readonly LedgerEvent[] } => {
  let now = handedOverAt;
  const events: LedgerEvent[] = [handOver(draftOf({ ...draft, text: secret, remark: secret, source: secret }), context, now)];
  let item = evolveItem(undefined, events[0]!)!;
  const take = (news: readonly LedgerEvent[]) => {
    for (const event of news) {
      const before = item;
      item = evolveItem(item, event)!;
      events.push(event);
      look(before, item, event);
    }
  };
  const act = (name: Actor, what: Act) =>
    take(decideItem(item, { ...what, personId: personOf(name), channel: 'webchat' }, context, now).events);
  for (const move of all) {
    now += move.waitMs;
    if ('act' in move) act(move.name, move.act);
    else if ('correction' in move) take(correct(item, move.correction, context, now).events);
    else for (const { name, ...what } of stepsOf(move.script, leadOf(item).unitId, now)) act(name, what);
  }
  return { item, events };
};

const always = (property: (world: WorldOf) => void, numRuns = 400): void => fc.assert(fc.property(worlds, property), { numRuns });

const isWhole = ({ checkedBy, signedBy, signedOn, sealScan, submittedAt }: Version): boolean =>
  [checkedBy, signedBy, signedOn, sealScan?.sha256, submittedAt].every((one) => one !== undefined);

const isClosedRightly = (item: Item, event: LedgerEvent): void => {
  expect(event.event).toBe('ItemClosed');
  const version = item.versions.at(-1)!;
  expect(version).toMatchObject({ decision: 'accepted', outcome: 'done', unitId: leadOf(item).unitId });
  expect(item.subtasks.every(({ doneAt }) => doneAt !== undefined)).toBe(true);
  expect(isWhole(version) || !context.kindOf(item.kind).needsSignOff).toBe(true);
};

it('closes nothing that was not submitted and accepted, and nothing unsigned where a signature is wanted', () => {
  let closings = 0;
  always((world) => {
    run(world, (before, after, event) => {
      if (after.status !== 'closed' || before.status === 'closed') return;
      closings += 1;
      isClosedRightly(after, event);
    });
  });
  // what never happens proves nothing
  expect(closings).toBeGreaterThan(5);
});

it('loses no version and changes no word of one: what is known about it only grows', () => {
  always((world) => {
    run(world, (before, after) => {
      expect(after.versions.length).toBeGreaterThanOrEqual(before.versions.length);
      for (const [index, version] of before.versions.entries()) expect(after.versions[index]).toMatchObject(version);
      expect(after.versions.map(({ no }) => no)).toEqual(after.versions.map((_, index) => index + 1));
    });
  });
});

const movesDate = new Set(['ItemCorrected', 'ItemAccepted', 'ItemReopened', 'OuterLimitMoved', 'LongTermSet']);

const isGrantedByBoth = (before: Item, after: Item): void => {
  const [was, is] = [before.extensions.at(-1)!, after.extensions.at(-1)!];
  if (is.officeAt === undefined) {
    expect(deadlineOf(after)).toBe(deadlineOf(before));
    return;
  }
  expect(was.principalBy).toBeDefined();
  expect(new Set([is.officeBy, is.principalBy]).size).toBe(2);
  expect(is.officeBy).not.toBe(is.askedBy);
  expect(is.toAt).toBeGreaterThan(is.fromAt);
  expect(deadlineOf(after)).toBeGreaterThanOrEqual(deadlineOf(before));
};

const keepsOuterLimits: Look = (before, after, { event }) => {
  const moved = after.limits.filter(
    ({ level, at: is }) => level !== 'unit' && before.limits.find((known) => known.level === level)?.at !== is,
  );
  if (event === 'ItemCorrected' || moved.length === 0) return;
  expect([event, moved.length]).toEqual(['OuterLimitMoved', 1]);
  expect(after.outerMoves.at(-1)).toMatchObject({ level: moved[0]!.level, toAt: moved[0]!.at });
  expect(after.outerMoves.at(-1)!.consentRef.trim()).not.toBe('');
};

const keepsDates: Look = (before, after, event) => {
  keepsOuterLimits(before, after, event);
  if (event.event === 'ExtensionApproved') isGrantedByBoth(before, after);
  else if (!movesDate.has(event.event)) expect(deadlineOf(after)).toBe(deadlineOf(before));
  else if (event.event === 'LongTermSet') expect(deadlineOf(after)).toBeLessThanOrEqual(deadlineOf(before));
};

it('moves no date without both approvals, no outer limit without consent', () => {
  let granted = 0;
  always((world) => {
    granted += run(world, keepsDates).item.extensions.filter(({ officeAt }) => officeAt !== undefined).length;
  });
  expect(granted).toBeGreaterThan(3);
});

/** Whose own work it would be, by what happens. */
const shutOut = (before: Item, event: LedgerEvent): readonly (string | undefined)[] => {
  const version = before.versions.at(-1);
  const owners = before.subtasks.map(({ ownerId: owner }) => owner);
  const names = before.versions.flatMap((one) => [one.draftedBy, one.signedBy]);
  const doers = [...names, ...owners, ...before.reports.map(({ by }) => by)];
  switch (event.event) {
    case 'DataChecked':
      return [version!.draftedBy];
    case 'HandInSigned':
      return [version!.draftedBy, version!.checkedBy, ...owners];
    case 'ItemAccepted':
    case 'ItemReturned':
    case 'ItemClosed':
      return doers;
    case 'ItemConfirmed':
    case 'ItemReopened':
      return [...doers, before.closedBy, ...before.versions.map(({ decidedBy }) => decidedBy)];
    default:
      return [];
  }
};

it('lets nobody check, sign, accept or look again at their own work', () => {
  always((world) => {
    run(world, (before, _, event) => {
      expect(shutOut(before, event)).not.toContain(event.event === 'HandInSigned' ? event.data['signedBy'] : event.actor);
    });
  });
});

const inside = new Set(['deadline', 'interim', 'subtask']);
const withOffice = new Set(['submitted', 'accepted', 'closed']);

const isClocked = (item: Item): void => {
  const clocks = clocksOf(item, context.kindOf(item.kind));
  const outer = outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY;
  const beyond = clocks.filter(({ kind, deadlineAt }) => !Number.isFinite(deadlineAt) || (inside.has(kind) && deadlineAt > outer));
  expect(beyond).toEqual([]);
  expect(clocks.length > 0).toBe(!isItemEnded(item));
  expect(clocks.map(({ subject }) => subject)).not.toContain('');
  expect(new Set(clocks.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(clocks.length);
  const isOwed = !isItemEnded(item) && !withOffice.has(item.status);
  expect(clocks.some(({ kind }) => kind === 'deadline' || kind === 'interim')).toBe(isOwed);
};

it('has a clock that ends for every item that is open, each told apart, and none beyond the outer limit', () => {
  always((world) => {
    isClocked(run({ ...world, moves: [] }).item);
    run(world, (_, after) => isClocked(after));
  });
});

it('replays from its events alone to the state it has', () => {
  always((world) => {
    const { item, events } = run(world);
    const read = JSON.parse(JSON.stringify(events)) as readonly LedgerEvent[];
    const again = read.reduce<Item | undefined>((one, event) => evolveItem(one, event), undefined);
    expect(again).toEqual(item);
    expect(JSON.parse(JSON.stringify(item))).toEqual(item);
  });
});

const isJson = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'object' && Object.values(value).every(isJson);
};

it('says what happened as JSON, with every text and every file’s name beside what is sealed', () => {
  always((world) => {
    for (const event of run(world).events) {
      const { personal = {}, ...sealed } = event;
      expect(isJson(sealed) && isJson(personal)).toBe(true);
      expect(JSON.stringify(sealed)).not.toContain(secret);
    }
  });
});

it('goes on where its texts were removed: the same clocks, the same standing', () => {
  always((world) => {
    const { item, events } = run(world);
    const bare = events.map(({ personal: _, ...event }) => event);
    const again = bare.reduce<Item | undefined>((one, event) => evolveItem(one, event), undefined)!;
    expect(clocksOf(again, context.kindOf(again.kind))).toEqual(clocksOf(item, context.kindOf(item.kind)));
    expect(again.status).toBe(item.status);
    expect(again.versions.map(({ sealScan }) => sealScan?.sha256)).toEqual(item.versions.map(({ sealScan }) => sealScan?.sha256));
    expect(JSON.stringify(again)).not.toContain(secret);
  }, 150);
});

it('does nothing more once it is over, and says so to everybody', () => {
  always((world) => {
    const { item } = run(world);
    if (!isItemEnded(item)) return;
    for (const name of actors)
      for (const act of [{ type: 'receive' }, { type: 'accept' }, { type: 'close' }, { type: 'urge' }] as const)
        expect(decideItem(item, { ...act, personId: personOf(name), channel: 'x' }, context, at('2021-12-01T00:00'))).toEqual({
          events: [],
          refusal: 'ended',
        });
  }, 150);
});
