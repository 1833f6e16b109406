import { deadlineOf, isItemEnded, type Item } from '../../../domain/items/item.ts';
import { readinessOf } from '../../../domain/items/readiness.ts';
import { appointedAt } from '../../../domain/organisation/directory.ts';
import { fill } from '../../../messages/catalogue.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import { phaseTextsFor } from '../../../messages/phase-texts.ts';
import { nameOf } from '../../acts/speaker.ts';
import { dateTimeOf } from '../../notices/render-items.ts';
import type { World } from '../../world.ts';
import { itemContextOf } from '../change-item.ts';
import { readinessLine, readinessTable } from './say-readiness.ts';
import { heatOf } from '../view-items.ts';

/** What must lie ready when the inspection team comes: a unit's papers, its open items, and who answers for it. */

type Asking = {
  readonly world: World;
  readonly items: ReadonlyMap<string, Item>;
  readonly now: number;
  readonly locale: string | undefined;
};

const mostUrgent = 5;
const roles = ['liaison', 'contact', 'principal'] as const;

/** Those who answer for a unit, each once. */
export const answerableFor = ({ directory }: World, unitId: string, now: number): readonly string[] => [
  ...new Set(roles.flatMap((role) => appointedAt(directory, role, unitId, now))),
];

const peopleLine = ({ world, now, locale }: Asking, unitId: string): string => {
  const texts = phaseTextsFor(locale);
  const each = roles.flatMap((role) => {
    const names = appointedAt(world.directory, role, unitId, now);
    if (names.length === 0) return [fill(texts.lines.missingPerson, { role: texts.roles[role] }) ?? ''];
    return names.map((id) => {
      const phone = world.directory.people.get(id)?.mobile ?? '';
      return (fill(texts.lines.person, { role: texts.roles[role], name: nameOf(world, id), phone: phone || ' ' }) ?? '').trim();
    });
  });
  return each.join(texts.comma);
};

const byDeadline = (one: Item, other: Item): number => deadlineOf(one) - deadlineOf(other) || (one.id < other.id ? -1 : 1);

const itemLinesOf = ({ world, items, now, locale }: Asking, unitId: string): readonly string[] => {
  const { lines, comma } = phaseTextsFor(locale);
  const texts = itemTextsFor(locale);
  const unit = nameOf(world, unitId);
  const { kindOf } = itemContextOf(world);
  const kindName = (kind: string) => texts.kinds[kind] ?? world.settings.kinds[kind]?.label ?? kind;
  const open = [...items.values()].filter((item) => !isItemEnded(item) && item.parts.some((part) => part.unitId === unitId));
  if (open.length === 0) return [fill(lines.none, { unit }) ?? ''];
  const heat = (item: Item) => heatOf(item, kindOf(item.kind), now);
  const byKind = [...Map.groupBy(open, ({ kind }) => kind)].toSorted(([, one], [, other]) => other.length - one.length);
  const kinds = byKind.map(([kind, list]) => fill(lines.kind, { kind: kindName(kind), count: String(list.length) })).join(comma);
  const overdue = open.filter((item) => heat(item) === 'overdue').length;
  const urgent = open.toSorted(byDeadline).slice(0, mostUrgent);
  return [
    fill(lines.open, { unit, count: String(open.length), overdue: String(overdue), kinds }) ?? '',
    ...urgent.flatMap((item) => {
      const dueAt = deadlineOf(item);
      if (!Number.isFinite(dueAt)) return [];
      return (
        fill(lines.urgent, {
          number: item.number,
          kind: kindName(item.kind),
          dueAt: dateTimeOf(world, dueAt),
          heat: texts.heats[heat(item)],
        }) ?? []
      );
    }),
    ...(open.length > urgent.length ? [fill(lines.more, { count: String(open.length - urgent.length), unit }) ?? ''] : []),
  ];
};

/** One unit's in full; of everybody, how ready each is. */
export const papersOf = (asking: Asking, unitIds: readonly string[]): readonly string[] => {
  const { world, items, now, locale } = asking;
  const texts = phaseTextsFor(locale);
  const ready = readinessOf(world.directory, items, now);
  if (unitIds.length === 0) return readinessTable(world, ready, texts);
  return unitIds.flatMap((unitId) => [
    ...ready.filter((one) => one.unitId === unitId).map((one) => readinessLine(world, one, texts)),
    ...itemLinesOf(asking, unitId),
    peopleLine(asking, unitId),
  ]);
};
