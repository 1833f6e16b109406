import type { Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { isOfBody, isOfOffice } from '../../../domain/items/item-people.ts';
import { deadlineOf, isItemEnded, type Item } from '../../../domain/items/item.ts';
import { readinessItemId, readinessNeeds, readinessOf, type Readiness } from '../../../domain/items/readiness.ts';
import { fill } from '../../../messages/catalogue.ts';
import { phaseTextsFor, type PhaseTexts } from '../../../messages/phase-texts.ts';
import { readinessTextsFor } from '../../../messages/readiness-texts.ts';
import { nameOf, reply, type Turn } from '../../acts/speaker.ts';
import type { World } from '../../world.ts';
import { dateTimeOf } from '../../notices/render-items.ts';
import type { Board } from '../board.ts';
import { sayRefused } from '../chat/say-items.ts';

/** How ready units are before the inspection arrives: the office sees all, a unit's own people their own. */

const mostRows = 20;

export const readinessLine = (world: World, { unitId, done, of, missing }: Readiness, texts: PhaseTexts): string => {
  const values = { unit: nameOf(world, unitId), done: String(done), of: String(of) };
  if (missing.length === 0) return fill(texts.readiness.complete, values) ?? '';
  return fill(texts.readiness.row, { ...values, missing: missing.map((need) => texts.needs[need]).join(texts.comma) }) ?? '';
};

/** What is missing most comes first; units that miss the same share keep the organisation's order. */
const byCompleteness = (one: Readiness, other: Readiness): number => one.done / one.of - other.done / other.of;

export const readinessTable = (world: World, all: readonly Readiness[], texts: PhaseTexts): readonly string[] => {
  const { heading, none, more } = texts.readiness;
  if (all.length === 0) return [none];
  const complete = all.filter(({ missing }) => missing.length === 0).length;
  const rows = all.toSorted(byCompleteness).map((one) => readinessLine(world, one, texts));
  const left = rows.length - mostRows;
  return [
    ...(all.length > 1 ? [fill(heading, { count: String(all.length), complete: String(complete) }) ?? ''] : []),
    ...rows.slice(0, mostRows),
    ...(left > 0 ? [fill(more, { count: String(left) }) ?? ''] : []),
  ];
};

const isAtWork = ({ status }: Item): boolean => status !== 'submitted' && status !== 'accepted' && status !== 'closed';

/** What one unit, or every unit, was asked for and has not handed in. */
export const owedForReadiness = (world: World, items: ReadonlyMap<string, Item>, unitId?: string): readonly Item[] =>
  world.directory.organisation.units
    .filter((unit) => unitId === undefined || unit.id === unitId)
    .flatMap((unit) => readinessNeeds(unit).flatMap((need) => items.get(readinessItemId(unit.id, need)) ?? []))
    .filter((item) => !isItemEnded(item) && isAtWork(item));

/** By when, how much of it is late, and which units nobody has asked yet. */
const standing = (turn: Turn, owed: readonly Item[], notAsked: number): readonly string[] => {
  const { world, change, message } = turn;
  const { lines } = readinessTextsFor(message.locale);
  const dueAts = owed.map(deadlineOf).filter(Number.isFinite);
  const overdue = dueAts.filter((dueAt) => dueAt <= change.now).length;
  return [
    ...(dueAts.length === 0 ? [] : [fill(lines.dueBy, { dueAt: dateTimeOf(world, Math.min(...dueAts)), overdue: String(overdue) }) ?? '']),
    ...(notAsked === 0 ? [] : [fill(lines.notAsked, { count: String(notAsked) }) ?? '']),
  ];
};

const mostUrged = 6;

export const sayReadiness = async (turn: Turn, said: Understood, board: Board): Promise<readonly Notice[]> => {
  const { world, person, change } = turn;
  const named = (said.units ?? []).map(({ id }) => id);
  const isOffice = isOfOffice(world.directory, person.id, change.now);
  const mayKnow = (unitId: string) => isOffice || isOfBody(world.directory, person.id, unitId, change.now);
  const all = readinessOf(world.directory, await board.read(), change.now);
  const asked = all.filter(({ unitId }) => named.length === 0 || named.includes(unitId));
  const known = asked.filter(({ unitId }) => mayKnow(unitId));
  if (known.length === 0 && asked.length > 0) return [sayRefused(turn, 'notForYou')];
  const items = await board.read();
  const owedBy = new Map(known.map(({ unitId }) => [unitId, owedForReadiness(world, items, unitId)]));
  const wanting = known.filter(({ missing }) => missing.length > 0).toSorted(byCompleteness);
  const isAsked = ({ unitId }: Readiness) =>
    readinessNeeds(world.directory.units.get(unitId)!).some((need) => items.has(readinessItemId(unitId, need)));
  const notAsked = wanting.filter((one) => !isAsked(one)).length;
  const urged = wanting.filter(({ unitId }) => owedBy.get(unitId)!.length > 0).map(({ unitId }) => unitId);
  const table = readinessTable(world, known, phaseTextsFor(turn.message.locale));
  return [
    reply(turn, 'reply.readiness', {
      lines: [...table, ...standing(turn, [...owedBy.values()].flat(), notAsked)],
      ...(isOffice ? { unitIds: urged.slice(0, mostUrged), ...(notAsked > 0 ? { mayAssign: 'yes' } : {}) } : {}),
    }),
  ];
};
