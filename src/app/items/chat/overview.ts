import type { Notice } from '../../../domain/escalation/notice.ts';
import { explainItemLimits } from '../../../domain/items/explain-limit.ts';
import { deadlineOf, isItemEnded, leadOf, type Item } from '../../../domain/items/item.ts';
import { isOwedBy, maySee } from '../../../domain/items/next-actions.ts';
import { fill } from '../../../messages/catalogue.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import { limitTexts } from '../../../messages/limit-texts.ts';
import { nameOf, reply, type Turn } from '../../acts/speaker.ts';
import { dateTimeOf } from '../../notices/render-items.ts';
import { actOnSeveral } from './act-in-chat.ts';
import type { Board } from '../board.ts';
import { itemContextOf, readItem } from '../change-item.ts';
import { openDesk, type Desk } from './find-items.ts';
import { calendarOf } from '../item-calendar.ts';
import { sayItems, sayRefused } from './say-items.ts';
import { countItems, heatOf, type ItemCounts } from '../view-items.ts';

/** What the office asks for: everything that is overdue, by unit, by kind; and why something is due when it is. */

const mostRows = 18;

const textsOf = ({ message }: Turn) => itemTextsFor(message.locale);

const valuesOf = (counts: ItemCounts) => Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, String(count)]));

const sum = (all: Iterable<ItemCounts>): ItemCounts => {
  const total: { -readonly [key in keyof ItemCounts]: number } = {
    green: 0,
    amber: 0,
    red: 0,
    overdue: 0,
    none: 0,
    open: 0,
    unreceived: 0,
  };
  for (const one of all) for (const key of Object.keys(total) as (keyof ItemCounts)[]) total[key] += one[key];
  return total;
};

/** How everything stands, in a line for each unit or kind; what is worst comes first. */
export const overview = (turn: Turn, desk: Desk, by: 'unit' | 'kind'): readonly Notice[] => {
  if (!desk.isOffice) return [sayRefused(turn, 'notForYou')];
  const { world, change } = turn;
  const texts = textsOf(turn);
  const keyOf = (item: Item) => (by === 'unit' ? leadOf(item).unitId : item.kind);
  const counts = countItems(desk.visible, keyOf, { kindOf: itemContextOf(world).kindOf, now: change.now });
  const nameIt = (key: string) =>
    by === 'unit' ? nameOf(world, key) || key : (texts.kinds[key] ?? world.settings.kinds[key]?.label ?? key);
  const rows = [...counts].toSorted(([, one], [, other]) => other.overdue - one.overdue || other.open - one.open);
  const lines = rows.slice(0, mostRows).map(([key, count]) => fill(texts.overview.row, { name: nameIt(key), ...valuesOf(count) }) ?? key);
  const more = rows.length > mostRows ? [fill(texts.lists.more, { count: String(rows.length - mostRows) }) ?? ''] : [];
  const whole = rows.length === 0 ? texts.overview.none : (fill(texts.overview.heading, valuesOf(sum(counts.values()))) ?? '');
  const worst = by === 'unit' ? rows.filter(([, count]) => count.overdue > 0).map(([key]) => key) : [];
  return [
    reply(turn, 'reply.itemsOverview', {
      by,
      lines: [whole, ...lines, ...more],
      ...(worst.length > 0 ? { unitIds: worst.slice(0, 6) } : {}),
    }),
  ];
};

const byDeadline = (one: Item, other: Item): number => deadlineOf(one) - deadlineOf(other) || (one.id < other.id ? -1 : 1);

export const overdueList = (turn: Turn, desk: Desk, isAll: boolean): readonly Notice[] => {
  if (isAll && !desk.isOffice) return [sayRefused(turn, 'notForYou')];
  const { kindOf } = itemContextOf(turn.world);
  const some = desk.isOffice ? desk.visible : desk.own;
  const overdue = some.filter((item) => heatOf(item, kindOf(item.kind), turn.change.now) === 'overdue').toSorted(byDeadline);
  return [sayItems(turn, 'overdue', overdue, { action: desk.isOffice ? 'urge' : 'showItem' })];
};

/** What is open of some units, for the office and for these units themselves. */
export const listOfUnits = (turn: Turn, desk: Desk, unitIds: readonly string[]): readonly Notice[] => {
  const isOf = (item: Item) => item.parts.some(({ unitId }) => unitIds.includes(unitId));
  const open = desk.visible.filter((item) => !isItemEnded(item) && isOf(item)).toSorted(byDeadline);
  if (open.length === 0 && !desk.isOffice) return [sayRefused(turn, 'notForYou')];
  return [sayItems(turn, 'ofUnit', open, { unitId: unitIds[0]!, action: desk.isOffice ? 'urge' : 'showItem' })];
};

/** 催办 of all that a unit owes, the most urgent first: it hears it once. */
export const urgeUnits = (turn: Turn, desk: Desk, unitIds: readonly string[]): Promise<readonly Notice[]> => {
  const owed = desk.visible.filter((item) => !isItemEnded(item) && unitIds.some((unitId) => isOwedBy(item, unitId))).toSorted(byDeadline);
  return actOnSeveral(
    turn,
    owed.map(({ id }) => id),
    'urge',
  );
};

export const urgeUnit = async (turn: Turn, board: Board, unitId: string): Promise<readonly Notice[]> => {
  const desk = await openDesk(board, turn);
  return desk.isOffice ? urgeUnits(turn, desk, [unitId]) : [sayRefused(turn, 'notForYou')];
};

/** Why it is due then: each limit of the chain, and everything that moved a date since. */
export const explainItem = async (turn: Turn, itemId: string): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const item = await readItem(world, change, itemId);
  if (!item) return [sayRefused(turn, 'unknownItem')];
  if (!maySee(item, person.id, itemContextOf(world), change.now)) return [sayRefused(turn, 'wrongRole')];
  const texts = textsOf(turn);
  const at = (instant: number) => dateTimeOf(world, instant);
  const locale = message.locale?.startsWith('en') ? 'en' : 'zh-CN';
  const chain = explainItemLimits(item, world.settings.timeZone, calendarOf(world)).map((limit) =>
    limitTexts(limit, locale).join(texts.comma),
  );
  const granted = item.extensions.flatMap(({ officeAt, fromAt, toAt }) =>
    officeAt === undefined ? [] : [fill(texts.lines.granted, { at: at(officeAt), from: at(fromAt), to: at(toAt) }) ?? ''],
  );
  const moved = item.outerMoves.map(({ level, consentOf, consentRef, ...move }) =>
    fill(texts.lines.outerMoved, {
      at: at(move.at),
      level: texts.levels[level],
      consentOf,
      consentRef,
      from: at(move.fromAt),
      to: at(move.toAt),
    }),
  );
  const dueAt = deadlineOf(item);
  const lines = [
    ...chain,
    ...granted,
    ...moved.flatMap((line) => line ?? []),
    ...(item.longTerm ? [fill(texts.lines.longTerm, { at: at(item.longTerm.deadlineAt) }) ?? ''] : []),
    ...(Number.isFinite(dueAt) ? [fill(texts.lines.deadline, { at: at(dueAt) }) ?? ''] : []),
  ];
  return [{ ...reply(turn, 'reply.itemExplained', { lines }), itemId }];
};
