import { decideItem } from './decide-item.ts';
import type { ItemCommand } from './item-command.ts';
import type { ItemContext } from './item-outcome.ts';
import { isGroupMember, isOfOffice, partOfPerson } from './item-people.ts';
import type { ItemRefusal } from './item-refusal.ts';
import { leadOf, openExtension, type Item } from './item.ts';

/** What somebody can do with an item now: found by asking the rules themselves, so that no button promises what they refuse. */

export type ItemActionType = ItemCommand['type'];

const missing: readonly ItemRefusal[] = [
  'noText',
  'noReason',
  'noFile',
  'noSeal',
  'signatureDate',
  'datePast',
  'dateNotLater',
  'beyondOuterLimit',
  'noConsent',
  'longTermIncomplete',
  'interimDate',
  'unknownPerson',
  'extensionFirst',
  'missingFields',
];

/** Says that the act is theirs, and that what they brought is not yet enough. */
export const wantsMore = (refusal: ItemRefusal | undefined): boolean => refusal !== undefined && missing.includes(refusal);

type By = Pick<ItemCommand, 'personId' | 'channel'>;

/** Each act as somebody begins it, with nothing filled in. */
const begun: { readonly [type in Exclude<ItemActionType, 'finishSubtask' | 'reassign'>]: (by: By, item: Item) => ItemCommand } = {
  receive: (by) => ({ ...by, type: 'receive' }),
  check: (by) => ({ ...by, type: 'check' }),
  sign: (by) => ({ ...by, type: 'sign', signedOn: '' }),
  submit: (by) => ({ ...by, type: 'submit' }),
  split: (by) => ({ ...by, type: 'split', subtasks: [] }),
  report: (by) => ({ ...by, type: 'report', text: '', files: [] }),
  draft: (by) => ({ ...by, type: 'draft', outcome: 'done', text: '', files: [] }),
  extend: (by) => ({ ...by, type: 'extend', toAt: Number.NaN, reason: '' }),
  longTerm: (by) => ({ ...by, type: 'longTerm' }),
  approve: (by) => ({ ...by, type: 'approve' }),
  reject: (by) => ({ ...by, type: 'reject', reason: '' }),
  accept: (by) => ({ ...by, type: 'accept' }),
  return: (by) => ({ ...by, type: 'return', reason: '', fault: 'other' }),
  close: (by) => ({ ...by, type: 'close' }),
  followUp: (by) => ({ ...by, type: 'followUp', passed: true, text: '' }),
  urge: (by) => ({ ...by, type: 'urge' }),
  moveOuter: (by, item) => ({
    ...by,
    type: 'moveOuter',
    level: item.limits.find(({ level }) => level !== 'unit')?.level ?? 'unit',
    toAt: Number.NaN,
    consentOf: '',
    consentRef: '',
    reason: '',
  }),
  withdrawItem: (by) => ({ ...by, type: 'withdrawItem', reason: '' }),
};

const isAtWork = (item: Item): boolean => !['submitted', 'accepted', 'closed', 'confirmed', 'withdrawn'].includes(item.status);

/** What cannot be, whoever asks: cheap, for choosing among thousands before the rules are asked about each. */
const mayBe: { readonly [type in ItemActionType]?: (item: Item) => boolean } = {
  receive: (item) => item.parts.some(({ receivedAt }) => receivedAt === undefined),
  split: isAtWork,
  draft: isAtWork,
  check: isAtWork,
  sign: isAtWork,
  submit: isAtWork,
  extend: isAtWork,
  longTerm: isAtWork,
  approve: (item) => openExtension(item) !== undefined,
  reject: (item) => openExtension(item) !== undefined,
  accept: ({ status }) => status === 'submitted',
  return: ({ status }) => status === 'submitted',
  close: ({ status }) => status === 'accepted',
  followUp: ({ status }) => status === 'closed',
};

export const mayAct = (item: Item, type: ItemActionType, personId: string, context: ItemContext, now: number): boolean => {
  if (mayBe[type]?.(item) === false) return false;
  const by = { personId, channel: '' };
  if (type === 'finishSubtask') return finishable(item, personId, context, now).length > 0;
  if (type === 'extend') return extensible(item, personId, context, now).length > 0;
  if (type === 'reassign') return reassignable(item, personId, context, now).length > 0;
  const { refusal } = decideItem(item, begun[type](by, item), context, now);
  return refusal === undefined || wantsMore(refusal);
};

/** Numbers of the subtasks that somebody may report as done. */
export const finishable = (item: Item, personId: string, context: ItemContext, now: number): readonly number[] =>
  item.subtasks
    .filter(({ doneAt, no }) => {
      if (doneAt !== undefined) return false;
      return decideItem(item, { type: 'finishSubtask', no, personId, channel: '' }, context, now).refusal === undefined;
    })
    .map(({ no }) => no);

/** For what somebody may ask for more time: subtasks by their numbers, and 0 for the whole. */
export const extensible = (item: Item, personId: string, context: ItemContext, now: number): readonly number[] =>
  [0, ...item.subtasks.filter(({ doneAt }) => doneAt === undefined).map(({ no }) => no)].filter((no) => {
    const asked = { ...begun.extend({ personId, channel: '' }, item), ...(no === 0 ? {} : { subtaskNo: no }) };
    const { refusal } = decideItem(item, asked, context, now);
    return refusal === undefined || wantsMore(refusal);
  });

/** Numbers of the subtasks that somebody may give to another person. */
export const reassignable = (item: Item, personId: string, context: ItemContext, now: number): readonly number[] =>
  item.subtasks
    .filter(({ no }) => wantsMore(decideItem(item, { type: 'reassign', no, ownerId: '', personId, channel: '' }, context, now).refusal))
    .map(({ no }) => no);

/** In the order of a card's buttons, but for subtasks, which have a button each. */
export const nextActions = (item: Item, personId: string, context: ItemContext, now: number): readonly ItemActionType[] =>
  (Object.keys(begun) as (keyof typeof begun)[]).filter((type) => mayAct(item, type, personId, context, now));

/** Whom an item is any business of: everybody else learns that it is not theirs, and nothing more. */
export const maySee = (item: Item, personId: string, { directory }: ItemContext, now: number): boolean =>
  isOfOffice(directory, personId, now) ||
  item.subtasks.some(({ ownerId }) => ownerId === personId) ||
  partOfPerson(directory, item, personId, now) !== undefined ||
  isGroupMember(directory, personId, now);

/** Whether a unit still owes something for it. */
export const isOwedBy = (item: Item, unitId: string): boolean =>
  item.parts.some((part) => part.unitId === unitId && part.receivedAt === undefined) || (leadOf(item).unitId === unitId && isAtWork(item));
