import type { Directory } from '../organisation/directory.ts';
import type { ItemCommand } from './item-command.ts';
import { happened, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { belongsToBody, leadsBody, principalOf } from './item-people.ts';
import { deadlineOf, leadOf, outerLimitOf, type Item, type Subtask, type UnitPart } from './item.ts';

type Of<Type extends ItemCommand['type']> = Extract<ItemCommand, { readonly type: Type }>;

/**
 * A subtask ends before the item is due. One that is overdue must still be planned: then a limit further out counts,
 * and where that has passed too, none does.
 */
export const latestForSubtask = (item: Item, now: number): number =>
  [deadlineOf(item), outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY].find((at) => at > now) ?? Number.POSITIVE_INFINITY;

/** Whom somebody may name: the lead anybody of the units it leads, another unit its own people. */
const bodyOfOwner = (directory: Directory, item: Item, part: UnitPart, ownerId: string, now: number): string | undefined =>
  [part.unitId, ...(part.isLead ? item.parts.map(({ unitId }) => unitId) : [])].find((body) =>
    belongsToBody(directory, ownerId, body, now),
  );

/** Whose signature the hand-in needs has no part in the work. */
export const isSigner = (directory: Directory, item: Item, personId: string, now: number): boolean =>
  principalOf(directory, leadOf(item).unitId, now) === personId;

const partLedBy = (directory: Directory, item: Item, personId: string, now: number): UnitPart | undefined =>
  item.parts
    .toSorted((one, other) => Number(other.isLead) - Number(one.isLead))
    .find((part) => leadsBody(directory, personId, part.unitId, now));

/** 定人定责: one named person for each subtask, inside the item's own date. */
export const split = (item: Item, command: Of<'split'>, { directory, kindOf }: ItemContext, now: number): ItemOutcome => {
  const part = partLedBy(directory, item, command.personId, now);
  if (!part) return refuseItem('wrongRole');
  if (part.receivedAt === undefined) return refuseItem('notReceived');
  if (item.status === 'submitted' || item.status === 'accepted') return refuseItem('underReview');
  if (item.status === 'closed') return refuseItem('ended');
  if (command.subtasks.length === 0 || command.subtasks.some(({ title }) => title.trim() === '')) return refuseItem('noText');
  const bodyOf = (ownerId: string) => bodyOfOwner(directory, item, part, ownerId, now);
  if (command.subtasks.some(({ ownerId }) => bodyOf(ownerId) === undefined)) return refuseItem('unknownPerson');
  const { needsSignOff } = kindOf(item.kind);
  if (needsSignOff && command.subtasks.some(({ ownerId }) => isSigner(directory, item, ownerId, now))) return refuseItem('ownWork');
  if (command.subtasks.some(({ dueAt }) => !Number.isFinite(dueAt) || dueAt <= now)) return refuseItem('datePast');
  const latest = latestForSubtask(item, now);
  if (command.subtasks.some(({ dueAt }) => dueAt > latest)) return refuseItem('beyondOuterLimit');
  const first = Math.max(0, ...item.subtasks.map(({ no }) => no)) + 1;
  const subtasks = command.subtasks.map(({ ownerId, dueAt }, index) => ({ no: first + index, unitId: bodyOf(ownerId)!, ownerId, dueAt }));
  return happened(item, command, 'ItemPlanned', now, { subtasks }, { titles: command.subtasks.map(({ title }) => title.trim()) });
};

const mayLeadSubtask = (directory: Directory, item: Item, personId: string, subtask: Subtask, now: number): boolean =>
  leadsBody(directory, personId, subtask.unitId, now) || leadsBody(directory, personId, leadOf(item).unitId, now);

export const finishSubtask = (item: Item, command: Of<'finishSubtask'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const subtask = item.subtasks.find(({ no }) => no === command.no);
  if (!subtask) return refuseItem('unknownSubtask');
  if (subtask.ownerId !== command.personId && !mayLeadSubtask(directory, item, command.personId, subtask, now))
    return refuseItem('wrongRole');
  if (subtask.doneAt !== undefined) return refuseItem('alreadyDone');
  return happened(item, command, 'SubtaskDone', now, { no: command.no, isLate: now >= subtask.dueAt });
};

/** Somebody leaves, or has too much: another one is named, the date stays. */
export const reassign = (item: Item, command: Of<'reassign'>, { directory, kindOf }: ItemContext, now: number): ItemOutcome => {
  const { personId, no, ownerId } = command;
  const subtask = item.subtasks.find((one) => one.no === no);
  if (!subtask) return refuseItem('unknownSubtask');
  if (!mayLeadSubtask(directory, item, personId, subtask, now)) return refuseItem('wrongRole');
  if (subtask.doneAt !== undefined || subtask.ownerId === ownerId) return refuseItem('alreadyDone');
  const part = partLedBy(directory, item, personId, now);
  const unitId = part && bodyOfOwner(directory, item, part, ownerId, now);
  if (unitId === undefined) return refuseItem('unknownPerson');
  if (kindOf(item.kind).needsSignOff && isSigner(directory, item, ownerId, now)) return refuseItem('ownWork');
  return happened(item, command, 'SubtaskReassigned', now, { no, fromId: subtask.ownerId, ownerId, unitId });
};
