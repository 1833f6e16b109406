import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Appeal } from '../../domain/figures/appeal.ts';
import type { ReportDraft } from '../../domain/figures/report-draft.ts';
import { deadlineOf, leadOf, type Item } from '../../domain/items/item.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import type { RosterProposal } from '../../domain/roster-change/proposal.ts';
import type { DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { toIso } from '../../domain/local-time.ts';
import type { Catalogue } from '../../messages/catalogue.ts';
import { nameOf } from '../acts/speaker.ts';
import type { World } from '../world.ts';
import { itemTextFor } from './item-text.ts';

/** What is said of items and their clocks, in words. */

/** What was read to put a message into words: items, with requests for leave, swaps and covers, proposals and handovers beside them. */
export type ItemOf = {
  (id: string): Item | undefined;
  readonly request?: (id: string) => DutyRequest | undefined;
  readonly proposal?: (id: string) => RosterProposal | undefined;
  readonly appeal?: (id: string) => Appeal | undefined;
  readonly report?: (id: string) => ReportDraft | undefined;
  readonly handover?: (id: string) => Handover | undefined;
};
type Part = { readonly notice: Notice; readonly o: Obligation };
type Words = Pick<Catalogue, 'minutes' | 'hours' | 'days' | 'kinds' | 'itemLine' | 'comma' | 'reasons'>;

const minuteMs = 60_000;
const mostLetters = 60;
/** Numbers named in a line about several; how many there are is said in a figure. */
export const mostNumbers = 5;

/** In the largest unit that still says something: minutes up to two hours, hours up to two days. */
export const durationIn = (ms: number, words: Words): string => {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  const [pattern, count] =
    minutes < 120
      ? [words.minutes, minutes]
      : minutes < 2880
        ? [words.hours, Math.round(minutes / 60)]
        : [words.days, Math.round(minutes / 1440)];
  return pattern.replace('{count}', String(count));
};

/** `08-30 24:00`: a day that a limit ends with is named, not the one that begins. */
export const dateTimeOf = (world: World, at: number): string => {
  const said = (instant: number) => toIso(world.settings.timeZone, instant, 'minute').slice(5, 16).replace('T', ' ');
  const text = said(at);
  return text.endsWith(' 00:00') ? `${said(at - minuteMs).slice(0, 5)} 24:00` : text;
};

export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const letters = [...line];
  return letters.length <= mostLetters ? line : `${letters.slice(0, mostLetters - 1).join('')}…`;
};

const numberOf = (itemId: string, itemOf: ItemOf): string => itemOf(itemId)?.number ?? itemId.slice(1);

const textOf = (world: World, to: string, item: Item | undefined, o: Obligation | undefined, now: number): string | undefined => {
  if (!item) return undefined;
  const part = o?.kind === 'subtask' ? item.subtasks.find(({ no }) => String(no) === o.key)?.title : undefined;
  return shortened(itemTextFor(world, to, item, part ?? item.text, now));
};

/** What a pattern may say of an item; undefined for what does not fit the moment. */
export const valuesOfItem = (
  world: World,
  to: string,
  itemId: string,
  o: Obligation | undefined,
  itemOf: ItemOf,
  words: Words,
  now: number,
): { readonly [name: string]: string | undefined } => {
  const item = itemOf(itemId);
  const dueAt = o?.answerBy ?? (item && deadlineOf(item));
  const isDated = dueAt !== undefined && Number.isFinite(dueAt);
  const isPast = isDated && now - dueAt >= minuteMs;
  return {
    number: numberOf(itemId, itemOf),
    text: textOf(world, to, item, o, now) ?? '…',
    unit: nameOf(world, o?.subject ?? (item ? leadOf(item).unitId : '')),
    dueAt: isDated ? dateTimeOf(world, dueAt) : undefined,
    dueIn: isDated && dueAt > now ? durationIn(dueAt - now, words) : undefined,
    overdueFor: isPast ? durationIn(now - dueAt, words) : undefined,
    kind: o && words.kinds[o.kind],
    endReason: o?.endReason === undefined ? undefined : words.reasons[o.endReason],
  };
};

/** The parts of one message whose items are named in it: what must be read before it can be put into words. */
export const itemsNamedIn = (parts: readonly Part[]): readonly string[] =>
  // most messages name none
  parts.every(({ o }) => o.itemId === undefined)
    ? []
    : groupsOf(parts).flatMap(({ list }) => list.slice(0, mostNumbers).flatMap(({ itemId }) => itemId ?? []));

type Group = { readonly key: string; readonly isOverdue: boolean; readonly kind: Obligation['kind']; readonly list: readonly Obligation[] };

/** What is open, by kind, what was overdue at the earliest decision first; each with the most overdue first. */
const groupsOf = (parts: readonly Part[]): readonly Group[] => {
  const open = parts.filter(({ o }) => !isEnded(o));
  const byKind = Map.groupBy(open, ({ notice, o }) => `${notice.template === 'item.overdue' ? 0 : 1} ${o.kind}`);
  return [...byKind]
    .map(([key, list]) => ({
      key,
      isOverdue: key.startsWith('0'),
      kind: list[0]!.o.kind,
      list: list.map(({ o }) => o).toSorted((a, b) => a.answerBy - b.answerBy || (a.id < b.id ? -1 : 1)),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
};

/** Several items of one recipient: a line for each kind, with how many and which are the most overdue. */
export const itemLines = (parts: readonly Part[], itemOf: ItemOf, words: Words): readonly string[] => {
  const lines = groupsOf(parts).map(({ isOverdue, kind, list }) => {
    const numbers = [...new Set(list.slice(0, mostNumbers).map(({ itemId }) => numberOf(itemId!, itemOf)))].join(words.comma);
    return (isOverdue ? words.itemLine.overdue : words.itemLine.open)
      .replace('{kind}', words.kinds[kind])
      .replace('{count}', String(list.length))
      .replace('{numbers}', () => (list.length > mostNumbers ? numbers + words.itemLine.more : numbers));
  });
  const over = parts.filter(({ o }) => isEnded(o)).length;
  return over === 0 ? lines : [...lines, words.itemLine.over.replace('{count}', String(over))];
};
