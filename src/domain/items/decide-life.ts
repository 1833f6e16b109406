import type { ItemCommand } from './item-command.ts';
import { fileData, fileNames, happened, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isOfBody, isOfOffice, mayFollowUp, partOfPerson, workersOn } from './item-people.ts';
import { leadOf, outerLimitOf, receiptDueOf, type Item } from './item.ts';

type Of<Type extends ItemCommand['type']> = Extract<ItemCommand, { readonly type: Type }>;

/** 签收: each unit for itself. */
export const receive = (item: Item, command: Of<'receive'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const mine = item.parts.filter((part) => isOfBody(directory, command.personId, part.unitId, now));
  if (mine.length === 0) return refuseItem('wrongRole');
  const waiting = mine.filter((part) => part.receivedAt === undefined);
  if (waiting.length === 0) return refuseItem('alreadyDone');
  return {
    events: waiting.flatMap(
      (part) => happened(item, command, 'ItemReceived', now, { unitId: part.unitId, isLate: now >= receiptDueOf(item, part) }).events,
    ),
  };
};

const hasBegun = (item: Item): boolean => leadOf(item).receivedAt !== undefined;

/** A day later the same words are news. */
const sameReportMs = 10 * 60_000;

const writtenIn = ({ text, files }: Pick<Of<'report'>, 'text' | 'files'>): string =>
  JSON.stringify([text.trim(), ...files.map(({ sha256 }) => sha256)]);

/** Sent again by whoever heard no answer, or come over a second channel as well: it is the report that is there. */
const isReportedAlready = ({ reports }: Item, command: Of<'report'>, now: number): boolean => {
  const last = reports.findLast(({ by }) => by === command.personId);
  return last !== undefined && now - last.at < sameReportMs && writtenIn(last) === writtenIn(command);
};

/** Progress, in words and pictures; it closes nothing. The very same again within minutes changes nothing. */
export const report = (item: Item, command: Of<'report'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const isOwner = item.subtasks.some(({ ownerId }) => ownerId === command.personId);
  if (!isOwner && partOfPerson(directory, item, command.personId, now) === undefined) return refuseItem('wrongRole');
  if (!hasBegun(item)) return refuseItem('notReceived');
  if (command.text.trim() === '' && command.files.length === 0) return refuseItem('noText');
  if (isReportedAlready(item, command, now)) return { events: [] };
  const { files } = command;
  return happened(
    item,
    command,
    'ProgressReported',
    now,
    { files: fileData(files) },
    { text: command.text.trim(), names: fileNames(files) },
  );
};

const day = 86_400_000;

/** 销号: what was accepted is struck off the list; where its kind says so somebody looks again later. */
export const close = (item: Item, command: Of<'close'>, { directory, kindOf }: ItemContext, now: number): ItemOutcome => {
  if (!isOfOffice(directory, command.personId, now)) return refuseItem('wrongRole');
  if (item.status === 'closed') return refuseItem('alreadyDone');
  if (item.status !== 'accepted') return refuseItem('notAccepted');
  if (workersOn(item).has(command.personId)) return refuseItem('ownWork');
  const { followUpAfterDays } = kindOf(item.kind);
  return happened(item, command, 'ItemClosed', now, {
    followUpDueAt: followUpAfterDays === undefined ? undefined : now + followUpAfterDays * day,
  });
};

/** 后督察: a second look by somebody who had no hand in it; failing opens it again. */
export const followUp = (item: Item, command: Of<'followUp'>, { directory, kindOf }: ItemContext, now: number): ItemOutcome => {
  if (item.status !== 'closed' || item.followUpDueAt === undefined) return refuseItem('notClosed');
  if (!mayFollowUp(directory, item, command.personId, now)) return refuseItem('wrongRole');
  const accepters = item.versions.map(({ decidedBy }) => decidedBy);
  if (workersOn(item).has(command.personId) || item.closedBy === command.personId || accepters.includes(command.personId))
    return refuseItem('ownWork');
  if (command.text.trim() === '') return refuseItem('noText');
  if (command.passed) return happened(item, command, 'ItemConfirmed', now, {}, { text: command.text.trim() });
  if (command.againAt === undefined || !Number.isFinite(command.againAt) || command.againAt <= now) return refuseItem('datePast');
  const outer = outerLimitOf(item);
  if (outer && outer.at > now && command.againAt > outer.at) return refuseItem('beyondOuterLimit');
  // Whoever had not received it when it was closed is asked anew, from now.
  const isAllReceived = item.parts.every(({ receivedAt }) => receivedAt !== undefined);
  const receiptDueAt = isAllReceived ? undefined : now + kindOf(item.kind).receiptWithinMs;
  return happened(item, command, 'ItemReopened', now, { againAt: command.againAt, receiptDueAt }, { text: command.text.trim() });
};

/** 催办: said to the unit at once, whatever its clocks say. */
export const urge = (item: Item, command: Of<'urge'>, { directory }: ItemContext, now: number): ItemOutcome =>
  isOfOffice(directory, command.personId, now)
    ? happened(item, command, 'ItemUrged', now, { unitId: leadOf(item).unitId })
    : refuseItem('wrongRole');

export const withdrawItem = (item: Item, command: Of<'withdrawItem'>, { directory }: ItemContext, now: number): ItemOutcome => {
  if (!isOfOffice(directory, command.personId, now)) return refuseItem('wrongRole');
  // What is struck off waits for nothing but its follow-up, and taking it back would be a way round that.
  if (item.status === 'closed') return refuseItem('ended');
  if (command.reason.trim() === '') return refuseItem('noReason');
  return happened(item, command, 'ItemWithdrawn', now, {}, { reason: command.reason.trim() });
};
