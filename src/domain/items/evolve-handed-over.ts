import type { LedgerEvent } from '../ledger/event.ts';
import { maybe, number, optional, text, type Data } from './event-fields.ts';
import { leadOf, type Item, type ItemStatus, type Limit, type LimitLevel, type UnitPart } from './item.ts';

/** What was handed over, and what a later batch makes of it. */

export const handedOver = (event: LedgerEvent, data: Data, personal: Data): Item => ({
  id: event.itemId!,
  kind: text(data['kind']),
  number: text(data['number']),
  text: text(personal['text']),
  ...optional('source', maybe(personal['source'])),
  ...optional('batch', maybe(data['batch'])),
  ...optional('district', maybe(data['district'])),
  pollution: (data['pollution'] ?? []) as readonly string[],
  isSpecial: data['isSpecial'] === true,
  isUrgent: data['isUrgent'] === true,
  ...optional('remark', maybe(personal['remark'])),
  handedOverAt: number(data['handedOverAt']),
  ...optional('handedOverBy', event.actor),
  parts: data['parts'] as readonly UnitPart[],
  limits: data['limits'] as readonly Limit[],
  // what opens by itself is known to whoever owes it
  status: (data['parts'] as readonly UnitPart[]).some((part) => part.isLead && part.receivedAt !== undefined) ? 'received' : 'handedOver',
  statusAt: event.at,
  receiptDueAt: number(data['receiptDueAt']),
  subtasks: [],
  reports: [],
  versions: [],
  extensions: [],
  outerMoves: [],
  rechecks: [],
  reopened: 0,
  corrections: 0,
});

const correctedFields = (data: Data, personal: Data): Partial<Item> => ({
  ...optional('district', maybe(data['district'])),
  ...optional('pollution', data['pollution'] as readonly string[] | undefined),
  ...optional('isSpecial', data['isSpecial'] as boolean | undefined),
  ...optional('text', maybe(personal['text'])),
  ...optional('source', maybe(personal['source'])),
  ...optional('remark', maybe(personal['remark'])),
});

const statusUnder = (item: Item, lead: UnitPart): ItemStatus => {
  if (lead.receivedAt === undefined) return 'handedOver';
  return item.subtasks.length > 0 ? 'planned' : 'received';
};

/** Another unit leads: whatever the one before had handed in, this one begins. What is closed stays closed. */
const withParts = (item: Item, parts: readonly UnitPart[], at: number): Item => {
  const known = (unitId: string) => item.parts.find((part) => part.unitId === unitId);
  const next = { ...item, parts: parts.map((part) => ({ ...known(part.unitId), ...part })) };
  // a unit that is out of it owes none of its subtasks; what it has done stays done
  const subtasks = item.subtasks.filter(
    ({ doneAt, unitId }) => doneAt !== undefined || parts.some((part) => part.unitId === unitId) || !known(unitId),
  );
  const lead = leadOf(next);
  if (lead.unitId === leadOf(item).unitId || item.status === 'closed') return { ...next, subtasks };
  const status = statusUnder({ ...next, subtasks }, lead);
  return { ...next, subtasks, status, statusAt: status === item.status ? item.statusAt : at };
};

export const corrected = (item: Item, { at, data, personal = {} }: LedgerEvent): Item => {
  const fresh = (data['limits'] ?? []) as readonly Limit[];
  const overtaken = (data['overtaken'] ?? []) as readonly LimitLevel[];
  const stays = ({ level }: Limit) => !overtaken.includes(level) && !fresh.some((one) => one.level === level);
  const limits = [...fresh, ...item.limits.filter(stays)];
  const next: Item = { ...item, ...correctedFields(data, personal), limits, corrections: item.corrections + 1 };
  return data['parts'] === undefined ? next : withParts(next, data['parts'] as unknown as readonly UnitPart[], at);
};

export const answersListed = (item: Item, { at, data, personal = {} }: LedgerEvent): Item => {
  const texts = personal['texts'] as readonly unknown[] | undefined;
  const headings = (data['headings'] ?? []) as readonly string[];
  return {
    ...item,
    listed: [...(item.listed ?? []), { at, answers: headings.map((heading, index) => ({ heading, text: text(texts?.[index]) })) }],
  };
};
