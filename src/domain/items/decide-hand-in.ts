import { localDay } from '../local-time.ts';
import type { ItemCommand } from './item-command.ts';
import { fileData, fileNames, happened, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isOfBody, isOfOffice, principalOf, workersOn } from './item-people.ts';
import { currentVersion, deadlineOf, leadOf, outerLimitOf, type Item, type Version } from './item.ts';

type Of<Type extends ItemCommand['type']> = Extract<ItemCommand, { readonly type: Type }>;

/** The hand-in that is being made: neither submitted nor decided, and drafted for the unit that leads now. */
export const openVersion = (item: Item): Version | undefined => {
  const version = currentVersion(item);
  if (!version || version.submittedAt !== undefined) return undefined;
  return version.unitId === undefined || version.unitId === leadOf(item).unitId ? version : undefined;
};

/** A card shows one hand-in; pressed after another was drafted it must not speak for that one. */
const isOutdated = ({ no }: Version, { versionNo }: { readonly versionNo?: number }): boolean =>
  versionNo !== undefined && versionNo !== no;

const isWithOffice = (item: Item): boolean => item.status === 'submitted' || item.status === 'accepted';

type Drafted = Pick<Version, 'outcome' | 'text' | 'finding' | 'handling' | 'accountability' | 'nextReportAt' | 'files'>;

const writtenIn = (drafted: Drafted): string => {
  const { outcome, text, finding, handling, accountability, nextReportAt, files } = drafted;
  const told = [outcome, text.trim(), finding, handling?.trim(), accountability?.trim(), outcome === 'interim' ? nextReportAt : undefined];
  return JSON.stringify([...told.map((one) => one ?? null), ...files.map(({ sha256 }) => sha256)]);
};

/** Pressed twice, or sent again by whoever heard no answer: it is the hand-in that is there, and what was checked stays checked. */
const isThereAlready = (item: Item, command: Of<'draft'>): boolean => {
  const version = openVersion(item);
  return version !== undefined && version.draftedBy === command.personId && writtenIn(version) === writtenIn(command);
};

/** Opens the sign-off. A new version begins; the ones before stay as they were. The very same again changes nothing. */
export const draft = (item: Item, command: Of<'draft'>, { directory, kindOf }: ItemContext, now: number): ItemOutcome => {
  const lead = leadOf(item);
  const isOwner = item.subtasks.some(({ ownerId }) => ownerId === command.personId);
  if (!isOwner && !isOfBody(directory, command.personId, lead.unitId, now)) return refuseItem('wrongRole');
  if (lead.receivedAt === undefined) return refuseItem('notReceived');
  if (isWithOffice(item)) return refuseItem('underReview');
  if (item.status === 'closed') return refuseItem('ended');
  const kind = kindOf(item.kind);
  if (kind.needsPlan && item.subtasks.length === 0) return refuseItem('noPlan');
  if (command.text.trim() === '') return refuseItem('noText');
  if (kind.needsSignOff && command.files.length === 0) return refuseItem('noFile');
  const { outcome, nextReportAt, files, finding } = command;
  if (outcome === 'interim') {
    if (nextReportAt === undefined || !Number.isFinite(nextReportAt) || nextReportAt <= now) return refuseItem('interimDate');
    const outer = outerLimitOf(item);
    if (outer && nextReportAt > outer.at) return refuseItem('beyondOuterLimit');
  }
  if (isThereAlready(item, command)) return { events: [] };
  return happened(
    item,
    command,
    'HandInDrafted',
    now,
    {
      no: item.versions.length + 1,
      unitId: lead.unitId,
      outcome,
      finding,
      files: fileData(files),
      nextReportAt: outcome === 'interim' ? nextReportAt : undefined,
    },
    {
      text: command.text.trim(),
      handling: command.handling?.trim(),
      accountability: command.accountability?.trim(),
      names: fileNames(files),
    },
  );
};

/** 数据审核, by somebody else of the same unit. */
export const check = (item: Item, command: Of<'check'>, { directory }: ItemContext, now: number): ItemOutcome => {
  const version = openVersion(item);
  if (!isOfBody(directory, command.personId, leadOf(item).unitId, now)) return refuseItem('wrongRole');
  if (!version) return refuseItem(isWithOffice(item) ? 'underReview' : 'noDraft');
  if (isOutdated(version, command)) return refuseItem('outdated');
  if (version.draftedBy === command.personId) return refuseItem('ownWork');
  if (version.checkedAt !== undefined) return refuseItem('alreadyDone');
  return happened(item, command, 'DataChecked', now, { no: version.no });
};

const dateShape = /^\d{4}-\d{2}-\d{2}$/;

const isDate = (text: string): boolean => {
  if (!dateShape.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  return Temporal.PlainDate.from({ year, month: Math.max(month, 1), day: Math.max(day, 1) }).toString() === text;
};

/** Whose work a hand-in is, for those who put their name to it. */
const doersOf = (item: Item, { draftedBy, checkedBy }: Version): readonly (string | undefined)[] => [
  draftedBy,
  checkedBy,
  ...item.subtasks.map(({ ownerId }) => ownerId),
];

/** The principal's signature and the scan with the seal, registered by anybody of the unit; signed by nobody but the principal. */
export const sign = (item: Item, command: Of<'sign'>, { directory, timeZone }: ItemContext, now: number): ItemOutcome => {
  const version = openVersion(item);
  const { unitId } = leadOf(item);
  if (!isOfBody(directory, command.personId, unitId, now)) return refuseItem('wrongRole');
  if (!version) return refuseItem(isWithOffice(item) ? 'underReview' : 'noDraft');
  if (isOutdated(version, command)) return refuseItem('outdated');
  if (version.signedBy !== undefined) return refuseItem('alreadyDone');
  if (version.checkedBy === undefined) return refuseItem('notChecked');
  const signer = principalOf(directory, unitId, now);
  if (signer === undefined) return refuseItem('noPrincipal');
  if (doersOf(item, version).includes(signer)) return refuseItem('ownWork');
  if (!command.sealScan) return refuseItem('noSeal');
  const today = localDay(timeZone, now).date;
  const earliest = localDay(timeZone, version.draftedAt).date;
  if (!isDate(command.signedOn) || command.signedOn > today || command.signedOn < earliest) return refuseItem('signatureDate');
  const { sha256, bytes, mime, name } = command.sealScan;
  return happened(
    item,
    command,
    'HandInSigned',
    now,
    { no: version.no, signedBy: signer, signedOn: command.signedOn, sealScan: { sha256, bytes, mime } },
    { name },
  );
};

/** What lacks before a hand-in counts; undefined where nothing does. */
export const lacksForSubmission = (
  item: Item,
  { kindOf }: ItemContext,
): 'noDraft' | 'noPlan' | 'openSubtasks' | 'notChecked' | 'notSigned' | 'noSeal' | undefined => {
  const version = openVersion(item);
  if (!version) return 'noDraft';
  const kind = kindOf(item.kind);
  if (kind.needsPlan && item.subtasks.length === 0) return 'noPlan';
  if (version.outcome === 'done' && item.subtasks.some(({ doneAt }) => doneAt === undefined)) return 'openSubtasks';
  if (!kind.needsSignOff) return undefined;
  if (version.checkedAt === undefined) return 'notChecked';
  if (version.signedBy === undefined) return 'notSigned';
  return version.sealScan === undefined ? 'noSeal' : undefined;
};

export const submit = (item: Item, command: Of<'submit'>, context: ItemContext, now: number): ItemOutcome => {
  if (!isOfBody(context.directory, command.personId, leadOf(item).unitId, now)) return refuseItem('wrongRole');
  if (isWithOffice(item)) return refuseItem('alreadyDone');
  const version = openVersion(item);
  if (version && isOutdated(version, command)) return refuseItem('outdated');
  const lack = lacksForSubmission(item, context);
  if (lack !== undefined) return refuseItem(lack);
  return happened(item, command, 'ItemSubmitted', now, { no: openVersion(item)!.no, isLate: now >= deadlineOf(item) });
};

const decideSubmitted = (
  item: Item,
  command: Of<'accept'> | Of<'return'>,
  { directory }: ItemContext,
  now: number,
): Version | ItemOutcome => {
  if (!isOfOffice(directory, command.personId, now)) return refuseItem('wrongRole');
  const version = currentVersion(item);
  if (item.status !== 'submitted' || !version) return refuseItem(item.status === 'accepted' ? 'alreadyDone' : 'notSubmitted');
  if (isOutdated(version, command)) return refuseItem('outdated');
  return workersOn(item).has(command.personId) ? refuseItem('ownWork') : version;
};

export const accept = (item: Item, command: Of<'accept'>, context: ItemContext, now: number): ItemOutcome => {
  const version = decideSubmitted(item, command, context, now);
  return 'events' in version ? version : happened(item, command, 'ItemAccepted', now, { no: version.no, outcome: version.outcome });
};

/** Returned with its reason: what was handed in stays as it was, beside what will come. */
export const returnItem = (item: Item, command: Of<'return'>, context: ItemContext, now: number): ItemOutcome => {
  const version = decideSubmitted(item, command, context, now);
  if ('events' in version) return version;
  if (command.reason.trim() === '') return refuseItem('noReason');
  return happened(item, command, 'ItemReturned', now, { no: version.no, fault: command.fault }, { reason: command.reason.trim() });
};
