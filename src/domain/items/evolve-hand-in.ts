import type { LedgerEvent } from '../ledger/event.ts';
import { filesOf, maybe, number, optional, text, withLimit, type Data } from './event-fields.ts';
import { standing, working } from './evolve-status.ts';
import type { FileRef, Finding, Item, Outcome, Version } from './item.ts';

/** A hand-in from its draft to what the office made of it: each version for itself, none ever taken away. */

const withVersion = (item: Item, no: unknown, change: Partial<Version>): Item => ({
  ...item,
  versions: item.versions.map((version) => (version.no === no ? { ...version, ...change } : version)),
});

export const drafted = (item: Item, event: LedgerEvent, data: Data, personal: Data): Item => {
  const version: Version = {
    no: number(data['no']),
    ...optional('unitId', maybe(data['unitId'])),
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

export const accepted = (item: Item, event: LedgerEvent, data: Data): Item => {
  const decided = withVersion(item, data['no'], { decision: 'accepted', decidedAt: event.at, ...optional('decidedBy', event.actor) });
  const { nextReportAt } = item.versions.at(-1) ?? {};
  if (data['outcome'] !== 'interim' || nextReportAt === undefined) return standing(decided, 'accepted', event.at);
  const { longTerm: _, ...rest } = withLimit(decided, 'unit', nextReportAt, event.at);
  return standing(rest, 'interim', event.at);
};

export const checked = (item: Item, { at, actor, data }: LedgerEvent): Item =>
  withVersion(item, data['no'], { checkedAt: at, ...optional('checkedBy', actor) });

export const signed = (item: Item, { actor, data, personal = {} }: LedgerEvent): Item =>
  withVersion(item, data['no'], {
    signedBy: text(data['signedBy']),
    signedOn: text(data['signedOn']),
    ...optional('registeredBy', actor),
    sealScan: { ...(data['sealScan'] as Omit<FileRef, 'name'>), name: text(personal['name']) },
  });

export const submitted = (item: Item, { at, actor, data }: LedgerEvent): Item =>
  standing(withVersion(item, data['no'], { submittedAt: at, ...optional('submittedBy', actor) }), 'submitted', at);

export const returned = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item => {
  const fault = data['fault'] as Version['fault'];
  const decision = { decision: 'returned', decidedAt: at, reason: text(personal['reason']) } as const;
  return standing(
    withVersion(item, data['no'], { ...decision, ...optional('decidedBy', actor), ...optional('fault', fault) }),
    'returned',
    at,
  );
};
