import type { LedgerEvent } from '../ledger/event.ts';
import type { Extension, FileRef, Finding, Item, ItemStatus, Limit, LimitLevel, Outcome, Subtask, UnitPart, Version } from './item.ts';

/** An item after an event. Events that speak of nothing here leave it as it is. */

type Data = { readonly [key: string]: unknown };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const maybe = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number => value as number;

/** What was removed as personal is gone from the state as well: an empty text. */
const filesOf = (data: unknown, names: unknown): readonly FileRef[] =>
  ((data ?? []) as readonly Omit<FileRef, 'name'>[]).map((file, index) => ({
    ...file,
    name: text((names as readonly unknown[] | undefined)?.[index]),
  }));

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };

const handedOver = (event: LedgerEvent, data: Data, personal: Data): Item => ({
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
  status: 'handedOver',
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

const standing = (item: Item, status: ItemStatus, at: number): Item => (item.status === status ? item : { ...item, status, statusAt: at });

/** Work moves a fresh item on; one that was returned, or is done for now, stays what it is until it is handed in. */
const working = (item: Item, status: 'planned' | 'inProgress', at: number): Item =>
  item.status === 'received' || item.status === 'planned' ? standing(item, status, at) : item;

const withLimit = (item: Item, level: LimitLevel, at: number, countedFromAt: number): Item => {
  const limit: Limit = { level, at, countedFromAt, rule: { type: 'instant' } };
  const others = item.limits.filter((one) => one.level !== level);
  return { ...item, limits: level === 'unit' ? [limit, ...others] : [...others, limit] };
};

const withVersion = (item: Item, no: unknown, change: Partial<Version>): Item => ({
  ...item,
  versions: item.versions.map((version) => (version.no === no ? { ...version, ...change } : version)),
});

const withExtension = (item: Item, no: unknown, change: Partial<Extension>): Item => ({
  ...item,
  extensions: item.extensions.map((extension) => (extension.no === no ? { ...extension, ...change } : extension)),
});

const corrected = (item: Item, data: Data, personal: Data): Item => {
  const { parts, limits, ...rest } = data;
  const known = (unitId: string) => item.parts.find((part) => part.unitId === unitId);
  const nextParts = (parts as readonly UnitPart[] | undefined)?.map((part) => ({ ...known(part.unitId), ...part })) ?? item.parts;
  const levels = ((limits ?? []) as readonly Limit[]).map(({ level }) => level);
  const nextLimits = [...((limits ?? []) as readonly Limit[]), ...item.limits.filter(({ level }) => !levels.includes(level))];
  const next: Item = { ...item, ...rest, ...personal, parts: nextParts, limits: nextLimits, corrections: item.corrections + 1 };
  const isNew = nextParts.find(({ isLead }) => isLead)?.receivedAt === undefined;
  return isNew && (item.status === 'received' || item.status === 'planned' || item.status === 'inProgress')
    ? { ...next, status: 'handedOver' }
    : next;
};

const received = (item: Item, event: LedgerEvent, data: Data): Item => {
  const parts = item.parts.map((part) =>
    part.unitId === data['unitId'] ? { ...part, receivedAt: event.at, ...optional('receivedBy', event.actor) } : part,
  );
  const next = { ...item, parts };
  return item.status === 'handedOver' && parts.some((part) => part.isLead && part.receivedAt !== undefined)
    ? standing(next, item.subtasks.length > 0 ? 'planned' : 'received', event.at)
    : next;
};

const planned = (item: Item, event: LedgerEvent, data: Data, personal: Data): Item => {
  const titles = (personal['titles'] ?? []) as readonly string[];
  const fresh = (data['subtasks'] as readonly Omit<Subtask, 'title'>[]).map((subtask, index) => ({
    ...subtask,
    title: text(titles[index]),
  }));
  return working({ ...item, subtasks: [...item.subtasks, ...fresh] }, 'planned', event.at);
};

const drafted = (item: Item, event: LedgerEvent, data: Data, personal: Data): Item => {
  const version: Version = {
    no: number(data['no']),
    outcome: data['outcome'] as Outcome,
    text: text(personal['text']),
    ...optional('finding', data['finding'] as Finding | undefined),
    ...optional('handling', maybe(personal['handling'])),
    ...optional('accountability', maybe(personal['accountability'])),
    files: filesOf(data['files'], personal['names']),
    draftedAt: event.at,
    draftedBy: event.actor ?? '',
    ...optional('nextReportAt', data['nextReportAt'] as number | undefined),
  };
  return working({ ...item, versions: [...item.versions, version] }, 'inProgress', event.at);
};

const accepted = (item: Item, event: LedgerEvent, data: Data): Item => {
  const decided = withVersion(item, data['no'], { decision: 'accepted', decidedAt: event.at, ...optional('decidedBy', event.actor) });
  const { nextReportAt } = item.versions.at(-1) ?? {};
  if (data['outcome'] !== 'interim' || nextReportAt === undefined) return standing(decided, 'accepted', event.at);
  const { longTerm: _, ...rest } = withLimit(decided, 'unit', nextReportAt, event.at);
  return standing(rest, 'interim', event.at);
};

const reopenedBy = (item: Item, event: LedgerEvent, data: Data, personal: Data): Item => {
  const {
    longTerm: _,
    closedAt: _at,
    closedBy: _by,
    followUpDueAt: _due,
    ...rest
  } = withLimit(item, 'unit', number(data['againAt']), event.at);
  const recheck = { at: event.at, by: event.actor ?? '', passed: false, text: text(personal['text']) };
  return { ...rest, status: 'received', statusAt: event.at, reopened: item.reopened + 1, rechecks: [...item.rechecks, recheck] };
};

const extended = (item: Item, event: LedgerEvent, data: Data): Item => {
  const by = optional('principalBy', event.actor);
  if (data['step'] === 'principal') return withExtension(item, data['no'], { principalAt: event.at, ...by });
  const decided = withExtension(item, data['no'], { officeAt: event.at, ...optional('officeBy', event.actor) });
  const toAt = number(data['toAt']);
  if (data['subtaskNo'] !== undefined)
    return { ...decided, subtasks: item.subtasks.map((one) => (one.no === data['subtaskNo'] ? { ...one, dueAt: toAt } : one)) };
  const moved = withLimit(decided, 'unit', toAt, event.at);
  return moved.longTerm ? { ...moved, longTerm: { ...moved.longTerm, deadlineAt: toAt } } : moved;
};

export const evolveItem = (item: Item | undefined, event: LedgerEvent): Item | undefined => {
  const { data, at } = event;
  const personal = event.personal ?? {};
  if (event.event === 'ItemHandedOver') return item ?? handedOver(event, data, personal);
  if (!item) return undefined;
  switch (event.event) {
    case 'ItemCorrected':
      return corrected(item, data, personal);
    case 'ItemReceived':
      return received(item, event, data);
    case 'ItemPlanned':
      return planned(item, event, data, personal);
    case 'SubtaskDone':
      return working(
        { ...item, subtasks: item.subtasks.map((one) => (one.no === data['no'] ? { ...one, doneAt: at } : one)) },
        'inProgress',
        at,
      );
    case 'ProgressReported': {
      const report = { at, by: event.actor ?? '', text: text(personal['text']), files: filesOf(data['files'], personal['names']) };
      return working({ ...item, reports: [...item.reports, report] }, 'inProgress', at);
    }
    case 'HandInDrafted':
      return drafted(item, event, data, personal);
    case 'DataChecked':
      return withVersion(item, data['no'], { checkedAt: at, ...optional('checkedBy', event.actor) });
    case 'HandInSigned':
      return withVersion(item, data['no'], {
        signedBy: text(data['signedBy']),
        signedOn: text(data['signedOn']),
        ...optional('registeredBy', event.actor),
        sealScan: { ...(data['sealScan'] as Omit<FileRef, 'name'>), name: text(personal['name']) },
      });
    case 'ItemSubmitted':
      return standing(withVersion(item, data['no'], { submittedAt: at, ...optional('submittedBy', event.actor) }), 'submitted', at);
    case 'ItemAccepted':
      return accepted(item, event, data);
    case 'ItemReturned': {
      const fault = data['fault'] as Version['fault'];
      const decision = { decision: 'returned', decidedAt: at, reason: text(personal['reason']) } as const;
      return standing(
        withVersion(item, data['no'], { ...decision, ...optional('decidedBy', event.actor), ...optional('fault', fault) }),
        'returned',
        at,
      );
    }
    case 'ItemClosed':
      return standing(
        {
          ...item,
          closedAt: at,
          ...optional('closedBy', event.actor),
          ...optional('followUpDueAt', data['followUpDueAt'] as number | undefined),
        },
        'closed',
        at,
      );
    case 'ItemConfirmed': {
      const recheck = { at, by: event.actor ?? '', passed: true, text: text(personal['text']) };
      return standing({ ...item, rechecks: [...item.rechecks, recheck] }, 'confirmed', at);
    }
    case 'ItemReopened':
      return reopenedBy(item, event, data, personal);
    case 'ItemWithdrawn':
      return standing({ ...item, endReason: text(personal['reason']) }, 'withdrawn', at);
    case 'ExtensionAsked': {
      const extension: Extension = {
        no: number(data['no']),
        ...optional('subtaskNo', data['subtaskNo'] as number | undefined),
        fromAt: number(data['fromAt']),
        toAt: number(data['toAt']),
        reason: text(personal['reason']),
        askedAt: at,
        askedBy: event.actor ?? '',
      };
      return { ...item, extensions: [...item.extensions, extension] };
    }
    case 'ExtensionApproved':
      return extended(item, event, data);
    case 'ExtensionRefused':
      return withExtension(item, data['no'], { refusedAt: at, ...optional('refusedBy', event.actor), refusal: text(personal['reason']) });
    case 'OuterLimitMoved': {
      const level = data['level'] as LimitLevel;
      const [fromAt, toAt] = [number(data['fromAt']), number(data['toAt'])];
      const said = { consentOf: text(personal['consentOf']), consentRef: text(personal['consentRef']), reason: text(personal['reason']) };
      const move = { level, fromAt, toAt, at, by: event.actor ?? '', ...said };
      return { ...withLimit(item, level, toAt, at), outerMoves: [...item.outerMoves, move] };
    }
    case 'LongTermSet': {
      const longTerm = {
        responsibleId: text(data['responsibleId']),
        deadlineAt: number(data['deadlineAt']),
        measures: text(personal['measures']),
        at,
        by: event.actor ?? '',
      };
      return { ...item, longTerm };
    }
    default:
      return item;
  }
};
