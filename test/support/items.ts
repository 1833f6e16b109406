import { expect } from 'vitest';
import { clocksOf, type ItemClockKind } from '../../src/domain/items/clocks-of.ts';
import { correct, handOver } from '../../src/domain/items/decide-handing-over.ts';
import { decideItem } from '../../src/domain/items/decide-item.ts';
import { evolveItem } from '../../src/domain/items/evolve-item.ts';
import type { ItemCommand, ItemCorrection, ItemDraft } from '../../src/domain/items/item-command.ts';
import { shippedKinds } from '../../src/domain/items/item-kind.ts';
import type { ItemContext } from '../../src/domain/items/item-outcome.ts';
import type { ItemRefusal } from '../../src/domain/items/item-refusal.ts';
import type { FileRef, Item, Limit, LimitLevel } from '../../src/domain/items/item.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { buildDirectory } from '../../src/domain/organisation/directory.ts';
import type { Organisation } from '../../src/domain/organisation/organisation.ts';
import { at, idOf, organisation, roster, type Name } from './invented.ts';

/** One item and the people around it: what they do with it, and what the rules say to that. */

const more = [
  ['组长', 'groupLeader', 'g2'],
  ['组员', 'member', 'g2'],
  ['办公室三', 'member', 'g1'],
  ['外人', undefined, undefined],
] as const;

export type Actor = Name | (typeof more)[number][0];

const firstMore = organisation.people.length + 1;

export const personOf = (name: Actor): string => {
  const index = more.findIndex(([known]) => known === name);
  return index === -1 ? idOf(name as Name) : `m${firstMore + index}`;
};

export const itemOrganisation: Organisation = {
  ...organisation,
  people: [
    ...organisation.people,
    ...more.map(([name], index) => ({ id: `m${firstMore + index}`, name, mobile: `1380000${String(firstMore + index).padStart(4, '0')}` })),
  ],
  groups: [...organisation.groups, { id: 'g2', name: '现场督查组', isOffice: false }],
  appointments: [
    ...organisation.appointments,
    ...more.flatMap(([name, role, of]) => (role === undefined ? [] : [{ role, of, personId: personOf(name), from: 0 }])),
  ],
};

const kinds = new Map(shippedKinds.map((kind) => [kind.name, kind]));

export const itemContext: ItemContext = {
  directory: buildDirectory(itemOrganisation, roster),
  timeZone: 'Asia/Shanghai',
  kindOf: (name) => kinds.get(name) ?? kinds.get('assigned')!,
};

export const hour = 3_600_000;
export const day = 24 * hour;
export const handedOverAt = at('2021-08-28T09:00');

export const limit = (level: LimitLevel, text: string): Limit => ({
  level,
  at: at(text),
  countedFromAt: handedOverAt,
  rule: { type: 'instant' },
});

export const fileOf = (name: string): FileRef => ({
  sha256: name.padEnd(64, '0'),
  name: `${name}.pdf`,
  bytes: 100,
  mime: 'application/pdf',
});

export const draftOf = (over: Partial<ItemDraft> = {}): ItemDraft => ({
  id: 'iD2SD202108280012',
  kind: 'assigned',
  number: 'D2SD202108280012',
  text: '工地夜间扬尘',
  pollution: ['大气'],
  isSpecial: false,
  handedOverAt,
  unitIds: ['u2'],
  limits: [limit('unit', '2021-09-01T00:00'), limit('province', '2021-09-05T00:00'), limit('team', '2021-09-08T00:00')],
  ...over,
});

/** Distributes over the union, which `Omit` alone does not. */
type Without<T> = T extends unknown ? Omit<T, 'personId' | 'channel'> : never;
export type Act = Without<ItemCommand>;

export type ItemStory = {
  readonly item: () => Item;
  readonly now: () => number;
  readonly events: readonly LedgerEvent[];
  /** Must be taken. */
  readonly does: (name: Actor, act: Act) => Item;
  /** Must be refused, with nothing changed. */
  readonly refused: (name: Actor, act: Act) => ItemRefusal | undefined;
  readonly corrected: (correction: ItemCorrection) => Item;
  readonly passes: (ms: number) => void;
  readonly comes: (text: string) => void;
  readonly clocks: () => readonly ItemClockKind[];
  readonly due: (kind: ItemClockKind) => number | undefined;
};

export const tellItem = (over: Partial<ItemDraft> = {}, context: ItemContext = itemContext): ItemStory => {
  let now = over.handedOverAt ?? handedOverAt;
  const events: LedgerEvent[] = [handOver(draftOf(over), context, now)];
  let item = evolveItem(undefined, events[0]!)!;
  const decide = (name: Actor, act: Act) => decideItem(item, { ...act, personId: personOf(name), channel: 'webchat' }, context, now);
  const take = (news: readonly LedgerEvent[]): Item => {
    for (const event of news) item = evolveItem(item, event)!;
    events.push(...news);
    return item;
  };
  const clocks = () => clocksOf(item, context.kindOf(item.kind));
  return {
    item: () => item,
    now: () => now,
    events,
    does: (name, act) => {
      const outcome = decide(name, act);
      expect(outcome).not.toMatchObject({ refusal: expect.any(String) as string });
      expect(outcome.events.length).toBeGreaterThan(0);
      return take(outcome.events);
    },
    refused: (name, act) => {
      const outcome = decide(name, act);
      expect(outcome.events).toEqual([]);
      return outcome.refusal;
    },
    corrected: (correction) => take(correct(item, correction, context, now).events),
    passes: (ms) => {
      now += ms;
    },
    comes: (text) => {
      expect(at(text)).toBeGreaterThanOrEqual(now);
      now = at(text);
    },
    clocks: () => clocks().map(({ kind }) => kind),
    due: (kind) => clocks().find((clock) => clock.kind === kind)?.deadlineAt,
  };
};

const dateOf = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

export const handIn = (text: string, over: Partial<Extract<Act, { type: 'draft' }>> = {}): Act => ({
  type: 'draft',
  outcome: 'done',
  text,
  files: [fileOf('report')],
  ...over,
});

export const signing = (story: ItemStory): Act => ({ type: 'sign', signedOn: dateOf(story.now()), sealScan: fileOf('seal') });

/** Drafted by the contact, checked by the liaison, signed by the principal, handed in by the contact: four people's minutes. */
export const signsOff = (story: ItemStory, text = '已覆盖裸土', over: Partial<Extract<Act, { type: 'draft' }>> = {}): Item => {
  story.does('东联系', handIn(text, over));
  story.does('东联络', { type: 'check' });
  story.does('东联系', signing(story));
  return story.does('东联系', { type: 'submit' });
};
