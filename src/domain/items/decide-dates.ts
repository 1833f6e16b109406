import type { ItemCommand } from './item-command.ts';
import { happened, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { latestForSubtask } from './decide-plan.ts';
import { belongsToBody, isOfOffice, leadsBody, principalOf } from './item-people.ts';
import type { ItemRefusal } from './item-refusal.ts';
import { deadlineOf, leadOf, limitAt, openExtension, outerLimitOf, type Extension, type Item, type Subtask } from './item.ts';

type Of<Type extends ItemCommand['type']> = Extract<ItemCommand, { readonly type: Type }>;

const isInstant = (at: number | undefined): at is number => at !== undefined && Number.isFinite(at);

/** Who hands in may still change dates; whoever has handed in waits for what becomes of it. */
const isBeingWorkedOn = (item: Item): boolean => !['submitted', 'accepted', 'closed'].includes(item.status);

/** Looked at when it is asked for, and again when it is granted: what stands may have moved between. */
const faultOfDate = (item: Item, subtask: Subtask | undefined, toAt: number, now: number): ItemRefusal | undefined => {
  if (!isInstant(toAt) || toAt <= now) return 'datePast';
  if (toAt <= (subtask ? subtask.dueAt : deadlineOf(item))) return 'dateNotLater';
  const latest = subtask ? latestForSubtask(item, now) : (outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY);
  return toAt > latest ? 'beyondOuterLimit' : undefined;
};

/** Asks for a later date of one's own, inside the outer limit. */
export const extend = (item: Item, command: Of<'extend'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const { personId, toAt, subtaskNo } = command;
  const { unitId } = leadOf(item);
  const subtask = subtaskNo === undefined ? undefined : item.subtasks.find(({ no }) => no === subtaskNo);
  if (subtaskNo !== undefined && (!subtask || subtask.doneAt !== undefined)) return refuseItem('unknownSubtask');
  const bodies = subtask ? [unitId, subtask.unitId] : [unitId];
  if (subtask?.ownerId !== personId && !bodies.some((body) => leadsBody(directory, personId, body, now))) return refuseItem('wrongRole');
  if (!isBeingWorkedOn(item)) return refuseItem('underReview');
  if (openExtension(item)) return refuseItem('extensionOpen');
  if (command.reason.trim() === '') return refuseItem('noReason');
  const fault = faultOfDate(item, subtask, toAt, now);
  if (fault) return refuseItem(fault);
  const fromAt = subtask ? subtask.dueAt : deadlineOf(item);
  return happened(
    item,
    command,
    'ExtensionAsked',
    now,
    { no: item.extensions.length + 1, subtaskNo, fromAt, toAt },
    { reason: command.reason.trim() },
  );
};

/** A card shows one request; pressed after that was decided it must not speak for the next. */
const isOutdated = ({ no }: Extension, { extensionNo }: { readonly extensionNo?: number }): boolean =>
  extensionNo !== undefined && extensionNo !== no;

/** First the principal, then the office; nobody consents to what they asked for themselves. */
export const approve = (item: Item, command: Of<'approve'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const extension = openExtension(item);
  if (!extension) return refuseItem('noExtension');
  if (isOutdated(extension, command)) return refuseItem('outdated');
  const { personId } = command;
  const data = { no: extension.no, toAt: extension.toAt, subtaskNo: extension.subtaskNo };
  const subtask = item.subtasks.find(({ no }) => no === extension.subtaskNo);
  const isMoot = extension.subtaskNo !== undefined && (subtask === undefined || subtask.doneAt !== undefined);
  const fault = isMoot ? 'unknownSubtask' : faultOfDate(item, subtask, extension.toAt, now);
  const principal = principalOf(directory, leadOf(item).unitId, now);
  if (extension.principalAt === undefined) {
    if (personId !== principal) return refuseItem(isOfOffice(directory, personId, now) ? 'principalFirst' : 'wrongRole');
    if (fault) return refuseItem(fault);
    // A principal who asks has consented by asking; the office still decides.
    return happened(item, command, 'ExtensionApproved', now, { ...data, step: 'principal' });
  }
  if (!isOfOffice(directory, personId, now)) return refuseItem(personId === principal ? 'alreadyDone' : 'wrongRole');
  if (personId === extension.askedBy || personId === extension.principalBy) return refuseItem('ownWork');
  if (fault) return refuseItem(fault);
  return happened(item, command, 'ExtensionApproved', now, { ...data, step: 'office' });
};

export const reject = (item: Item, command: Of<'reject'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const extension = openExtension(item);
  if (!extension) return refuseItem('noExtension');
  if (isOutdated(extension, command)) return refuseItem('outdated');
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
  if (!belongsToBody(directory, responsibleId, unitId, now)) return refuseItem('unknownPerson');
  if (deadlineAt <= now) return refuseItem('datePast');
  const outer = outerLimitOf(item);
  if (outer && deadlineAt > outer.at) return refuseItem('beyondOuterLimit');
  // A long-term date is a change of date like any other: later than what stands it goes through the approvals.
  if (deadlineAt > deadlineOf(item)) return refuseItem('extensionFirst');
  return happened(item, command, 'LongTermSet', now, { responsibleId, deadlineAt }, { measures });
};
