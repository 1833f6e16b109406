import type { LedgerEvent } from '../ledger/event.ts';
import { number, optional, text, withLimit, type Data } from './event-fields.ts';
import type { Extension, Item, LimitLevel } from './item.ts';

/** Dates that were asked for, granted, refused, moved and promised. */

const withExtension = (item: Item, no: unknown, change: Partial<Extension>): Item => ({
  ...item,
  extensions: item.extensions.map((extension) => (extension.no === no ? { ...extension, ...change } : extension)),
});

export const extensionAsked = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item => {
  const extension: Extension = {
    no: number(data['no']),
    ...optional('subtaskNo', data['subtaskNo'] as number | undefined),
    fromAt: number(data['fromAt']),
    toAt: number(data['toAt']),
    reason: text(personal['reason']),
    askedAt: at,
    askedBy: actor ?? '',
  };
  return { ...item, extensions: [...item.extensions, extension] };
};

export const extended = (item: Item, event: LedgerEvent, data: Data): Item => {
  const by = optional('principalBy', event.actor);
  if (data['step'] === 'principal') return withExtension(item, data['no'], { principalAt: event.at, ...by });
  const decided = withExtension(item, data['no'], { officeAt: event.at, ...optional('officeBy', event.actor) });
  const toAt = number(data['toAt']);
  if (data['subtaskNo'] !== undefined)
    return { ...decided, subtasks: item.subtasks.map((one) => (one.no === data['subtaskNo'] ? { ...one, dueAt: toAt } : one)) };
  const moved = withLimit(decided, 'unit', toAt, event.at);
  return moved.longTerm ? { ...moved, longTerm: { ...moved.longTerm, deadlineAt: toAt } } : moved;
};

export const extensionRefused = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item =>
  withExtension(item, data['no'], { refusedAt: at, ...optional('refusedBy', actor), refusal: text(personal['reason']) });

export const outerMoved = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item => {
  const level = data['level'] as LimitLevel;
  const [fromAt, toAt] = [number(data['fromAt']), number(data['toAt'])];
  const said = { consentOf: text(personal['consentOf']), consentRef: text(personal['consentRef']), reason: text(personal['reason']) };
  const move = { level, fromAt, toAt, at, by: actor ?? '', ...said };
  return { ...withLimit(item, level, toAt, at), outerMoves: [...item.outerMoves, move] };
};

export const longTermSet = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item => {
  const { responsibleId, deadlineAt } = data;
  const longTerm = {
    responsibleId: text(responsibleId),
    deadlineAt: number(deadlineAt),
    measures: text(personal['measures']),
    at,
    by: actor ?? '',
  };
  return { ...item, longTerm };
};
