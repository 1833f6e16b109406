import type { ItemCommand } from './item-command.ts';
import { happened, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isOfBody, isOfOffice, leadsBody, principalOf } from './item-people.ts';
import { deadlineOf, leadOf, limitAt, openExtension, outerLimitOf, type Item } from './item.ts';

type Of<Type extends ItemCommand['type']> = Extract<ItemCommand, { readonly type: Type }>;

const isInstant = (at: number | undefined): at is number => at !== undefined && Number.isFinite(at);

/** Who hands in may still change dates; whoever has handed in waits for what becomes of it. */
const isBeingWorkedOn = (item: Item): boolean => !['submitted', 'accepted', 'closed'].includes(item.status);

/** Asks for a later date of one's own, inside the outer limit. */
export const extend = (item: Item, command: Of<'extend'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const { personId, toAt, subtaskNo } = command;
  const { unitId } = leadOf(item);
  const subtask = subtaskNo === undefined ? undefined : item.subtasks.find(({ no }) => no === subtaskNo);
  if (subtaskNo !== undefined && (!subtask || subtask.doneAt !== undefined)) return refuseItem('unknownSubtask');
  if (!leadsBody(directory, personId, unitId, now) && subtask?.ownerId !== personId) return refuseItem('wrongRole');
  if (!isBeingWorkedOn(item)) return refuseItem('underReview');
  if (openExtension(item)) return refuseItem('extensionOpen');
  if (command.reason.trim() === '') return refuseItem('noReason');
  const fromAt = subtask ? subtask.dueAt : deadlineOf(item);
  if (!isInstant(toAt) || toAt <= now) return refuseItem('datePast');
  if (toAt <= fromAt) return refuseItem('dateNotLater');
  const latest = subtask ? deadlineOf(item) : (outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY);
  if (toAt > latest) return refuseItem('beyondOuterLimit');
  return happened(
    item,
    command,
    'ExtensionAsked',
    now,
    { no: item.extensions.length + 1, subtaskNo, fromAt, toAt },
    { reason: command.reason.trim() },
  );
};

/** First the principal, then the office; nobody consents to what they asked for themselves. */
export const approve = (item: Item, command: Of<'approve'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const extension = openExtension(item);
  if (!extension) return refuseItem('noExtension');
  const { personId } = command;
  const data = { no: extension.no, toAt: extension.toAt, subtaskNo: extension.subtaskNo };
  const principal = principalOf(directory, leadOf(item).unitId, now);
  if (extension.principalAt === undefined) {
    if (personId !== principal) return refuseItem(isOfOffice(directory, personId, now) ? 'principalFirst' : 'wrongRole');
    // A principal who asks has consented by asking; the office still decides.
    return happened(item, command, 'ExtensionApproved', now, { ...data, step: 'principal' });
  }
  if (!isOfOffice(directory, personId, now)) return refuseItem(personId === principal ? 'alreadyDone' : 'wrongRole');
  if (personId === extension.askedBy || personId === extension.principalBy) return refuseItem('ownWork');
  if (extension.toAt <= now) return refuseItem('datePast');
  const outer = outerLimitOf(item);
  // The outer limit may have moved inwards since it was asked for.
  if (outer && extension.toAt > outer.at) return refuseItem('beyondOuterLimit');
  return happened(item, command, 'ExtensionApproved', now, { ...data, step: 'office' });
};

export const reject = (item: Item, command: Of<'reject'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const extension = openExtension(item);
  if (!extension) return refuseItem('noExtension');
  const isPrincipal = command.personId === principalOf(directory, leadOf(item).unitId, now) && extension.principalAt === undefined;
  if (!isPrincipal && !isOfOffice(directory, command.personId, now)) return refuseItem('wrongRole');
  if (command.reason.trim() === '') return refuseItem('noReason');
  return happened(item, command, 'ExtensionRefused', now, { no: extension.no }, { reason: command.reason.trim() });
};

/** An outer limit belongs to whoever set it: their consent stands in the ledger, or it does not move. */
export const moveOuter = (item: Item, command: Of<'moveOuter'>, { directory }: ItemContext, now: number): ItemOutcome => {
  if (!isOfOffice(directory, command.personId, now)) return refuseItem('wrongRole');
  const limit = limitAt(item, command.level);
  if (!limit || command.level === 'unit') return refuseItem('noLimit');
  const consentOf = command.consentOf.trim();
  const consentRef = command.consentRef.trim();
  if (consentOf === '' || consentRef === '') return refuseItem('noConsent');
  if (command.reason.trim() === '') return refuseItem('noReason');
  if (!isInstant(command.toAt) || command.toAt <= now) return refuseItem('datePast');
  const data = { level: command.level, fromAt: limit.at, toAt: command.toAt };
  return happened(item, command, 'OuterLimitMoved', now, data, { consentOf, consentRef, reason: command.reason.trim() });
};

/** What cannot be solved soon needs a person, a date and measures; one missing, and it stays what it was. */
export const setLongTerm = (item: Item, command: Of<'longTerm'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const { unitId } = leadOf(item);
  if (!leadsBody(directory, command.personId, unitId, now)) return refuseItem('wrongRole');
  if (leadOf(item).receivedAt === undefined) return refuseItem('notReceived');
  if (!isBeingWorkedOn(item)) return refuseItem('underReview');
  const { responsibleId, deadlineAt } = command;
  const measures = command.measures?.trim() ?? '';
  if (responsibleId === undefined || !isInstant(deadlineAt) || measures === '') return refuseItem('longTermIncomplete');
  if (!isOfBody(directory, responsibleId, unitId, now)) return refuseItem('unknownPerson');
  if (deadlineAt <= now) return refuseItem('datePast');
  const outer = outerLimitOf(item);
  if (outer && deadlineAt > outer.at) return refuseItem('beyondOuterLimit');
  // A long-term date is a change of date like any other: later than what stands it goes through the approvals.
  if (deadlineAt > deadlineOf(item)) return refuseItem('extensionFirst');
  return happened(item, command, 'LongTermSet', now, { responsibleId, deadlineAt }, { measures });
};
