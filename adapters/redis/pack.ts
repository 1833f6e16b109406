import type { Accounts, Identity } from '../../src/domain/binding/identity.ts';
import type { PendingCode } from '../../src/domain/binding/one-time-code.ts';
import type { Reach } from '../../src/domain/contact/reach.ts';
import type { CheckCause, Watch } from '../../src/domain/contact/watch.ts';
import type { FeedLinks } from '../../src/domain/feed/links.ts';
import type { CampaignRecord } from '../../src/domain/campaign-record/campaign-record.ts';
import type { Appeal } from '../../src/domain/figures/appeal.ts';
import type { ReportDraft } from '../../src/domain/figures/report-draft.ts';
import type { CallResult, Obligation, ObligationKind, ObligationStatus } from '../../src/domain/escalation/obligation.ts';
import type { Aggregate, Calendar, Dialogue, ReportCalendar, Requests, Stored } from '../../src/ports/store.ts';
import type { KeptBook } from '../../src/domain/handover/advance.ts';
import type { RosterProposal } from '../../src/domain/roster-change/proposal.ts';
import type { AppliedChange } from '../../src/domain/roster-change/applied-change.ts';
import type { AheadState } from '../../src/domain/ahead/ahead-state.ts';
import type { Handover } from '../../src/domain/handover/handover.ts';
import type { ShiftNotes } from '../../src/domain/handover/shift-notes.ts';
import type { Item } from '../../src/domain/items/item.ts';
import type { DutyRequest } from '../../src/domain/shift-change/duty-request.ts';
import type { Round } from '../../src/domain/contact/round.ts';

/**
 * How state lies in Redis: `version|json`. What there are a hundred thousand of is an array with short codes and with
 * instants as distances, for every byte is paid a hundred thousand times; the rest is plain JSON.
 */

/** By place: new ones go to the end. */
const kinds: readonly ObligationKind[] = [
  'check',
  'postEmpty',
  'restore',
  'help',
  'channelFailure',
  'rosterGap',
  'receipt',
  'deadline',
  'subtask',
  'review',
  'approval',
  'closing',
  'followUp',
  'interim',
  'substitute',
  'consent',
  'handover',
  'reachTest',
  'rosterProposal',
  'appeal',
  'report',
];
const statuses: readonly ObligationStatus[] = ['open', 'withOffice', 'answered', 'takenOver', 'withdrawn'];
const causes: readonly CheckCause[] = ['round', 'random', 'silence', 'manual', 'restart'];

type Cell = string | number | null | readonly number[];

const withoutTail = (cells: Cell[]): Cell[] => {
  while (cells.at(-1) === null) cells.pop();
  return cells;
};

const distance = (at: number | null | undefined, from: number): number | null => (at === null || at === undefined ? null : at - from);
const listOf = (text: Cell | undefined): readonly string[] => (typeof text === 'string' && text !== '' ? text.split(' ') : []);

const packObligation = (o: Obligation): Cell[] =>
  withoutTail([
    kinds.indexOf(o.kind),
    o.subject,
    o.policy === 'check' ? 0 : o.policy,
    o.openedAt,
    o.answerBy - o.openedAt,
    statuses.indexOf(o.status),
    o.baseAt - o.openedAt,
    o.throughMs,
    o.stepNo,
    o.reminders.length === 0 ? null : o.reminders.flatMap((r) => [r.afterMs, r.dueAt - o.openedAt, r.left]),
    o.asked.join(' ') || null,
    o.told.join(' ') || null,
    o.roundId ?? null,
    o.code ?? null,
    o.openedBy ?? null,
    distance(o.missedAt, o.openedAt),
    o.isDelivered ? 1 : null,
    o.callResult ?? null,
    distance(o.endedAt, o.openedAt),
    o.endedBy ?? null,
    o.endReason ?? null,
    o.cause ?? null,
    o.deliveredLateMs ?? null,
    o.itemId ?? null,
    o.key ?? null,
    o.isRead ? 1 : null,
  ]);

const unpackReminders = (flat: readonly number[], openedAt: number) => {
  const reminders = [];
  for (let at = 0; at < flat.length; at += 3) reminders.push({ afterMs: flat[at]!, dueAt: flat[at + 1]! + openedAt, left: flat[at + 2]! });
  return reminders;
};

const given = <K extends string, V>(key: K, value: V | null | undefined): { readonly [key in K]?: V } =>
  value === null || value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: V });

const shift = (value: Cell | undefined, from: number): number | null => (typeof value === 'number' ? value + from : null);

const unpackObligation = (id: string, cells: readonly Cell[]): Obligation => {
  const openedAt = cells[3] as number;
  return {
    id,
    kind: kinds[cells[0] as number]!,
    subject: cells[1] as string,
    policy: cells[2] === 0 ? 'check' : (cells[2] as string),
    openedAt,
    answerBy: (cells[4] as number) + openedAt,
    status: statuses[cells[5] as number]!,
    baseAt: (cells[6] as number) + openedAt,
    throughMs: cells[7] as number,
    stepNo: cells[8] as number,
    reminders: Array.isArray(cells[9]) ? unpackReminders(cells[9] as readonly number[], openedAt) : [],
    asked: listOf(cells[10]),
    told: listOf(cells[11]),
    ...given('roundId', cells[12] as string | null),
    ...given('code', cells[13] as string | null),
    ...given('openedBy', cells[14] as string | null),
    ...given('missedAt', shift(cells[15], openedAt)),
    ...given('isDelivered', cells[16] === 1 ? true : null),
    ...given('callResult', cells[17] as CallResult | null),
    ...given('endedAt', shift(cells[18], openedAt)),
    ...given('endedBy', cells[19] as string | null),
    ...given('endReason', cells[20] as string | null),
    ...given('cause', cells[21] as string | null),
    ...given('deliveredLateMs', cells[22] as number | null),
    ...given('itemId', cells[23] as string | null),
    ...given('key', cells[24] as string | null),
    ...given('isRead', cells[25] === 1 ? true : null),
  };
};

const packWatch = (watch: Watch): Cell[] =>
  withoutTail([
    watch.startedAt,
    causes.indexOf(watch.cause),
    watch.openObligationId,
    distance(watch.nextCheckAt, watch.startedAt),
    distance(watch.lastContactAt, watch.startedAt),
    distance(watch.lastPresenceAt, watch.startedAt),
    watch.lastPresenceBy ?? null,
    // mostly who proved that they are there too
    watch.lastContactBy === undefined ? null : watch.lastContactBy === watch.lastPresenceBy ? 0 : watch.lastContactBy,
  ]);

const unpackWatch = (id: string, cells: readonly Cell[]): Watch => {
  const startedAt = cells[0] as number;
  return {
    subject: id.slice(1),
    startedAt,
    cause: causes[cells[1] as number]!,
    openObligationId: (cells[2] as string | null | undefined) ?? null,
    nextCheckAt: shift(cells[3], startedAt),
    lastContactAt: shift(cells[4], startedAt),
    lastPresenceAt: shift(cells[5], startedAt),
    ...given('lastPresenceBy', cells[6] as string | null | undefined),
    ...given('lastContactBy', (cells[7] === 0 ? cells[6] : cells[7]) as string | null | undefined),
  };
};

export const pack = (version: number, { type, state }: Aggregate): string => {
  if (type === 'obligation') return `${version}|${JSON.stringify(packObligation(state))}`;
  if (type === 'watch') return `${version}|${JSON.stringify(packWatch(state))}`;
  return `${version}|${JSON.stringify(state)}`;
};

const aggregateOf = (id: string, value: unknown): Aggregate => {
  switch (id[0]) {
    case 'o':
      return { type: 'obligation', state: unpackObligation(id, value as readonly Cell[]) };
    case 'w':
      return { type: 'watch', state: unpackWatch(id, value as readonly Cell[]) };
    case 'r':
      return { type: 'round', state: value as Round };
    case 'i':
      return { type: 'item', state: value as Item };
    case 'h':
      return id === 'h' ? { type: 'handovers', state: value as KeptBook } : { type: 'handover', state: value as Handover };
    case 'j':
      return { type: 'shiftNotes', state: value as ShiftNotes };
    case 'q':
      return id === 'q' ? { type: 'requests', state: value as Requests } : { type: 'request', state: value as DutyRequest };
    case 'p':
      return { type: 'proposal', state: value as RosterProposal };
    case 'e':
      return { type: 'appeal', state: value as Appeal };
    case 't':
      return id === 't' ? { type: 'reportCalendar', state: value as ReportCalendar } : { type: 'report', state: value as ReportDraft };
    case 'u':
      return { type: 'applied', state: value as AppliedChange };
    case 's':
      return { type: 'ahead', state: value as AheadState };
    case 'l':
      return { type: 'links', state: value as FeedLinks };
    case 'f':
      return { type: 'campaign', state: value as CampaignRecord };
    case 'n':
      return { type: 'reach', state: value as Reach };
    case 'd':
      return { type: 'dialogue', state: value as Dialogue };
    case 'c':
      return { type: 'identity', state: value as Identity };
    case 'a':
      return { type: 'accounts', state: value as Accounts };
    case 'y':
      return { type: 'code', state: value as PendingCode };
    default:
      return { type: 'calendar', state: value as Calendar };
  }
};

export const unpack = (id: string, packed: string): Stored => {
  const bar = packed.indexOf('|');
  return { id, version: Number(packed.slice(0, bar)), aggregate: aggregateOf(id, JSON.parse(packed.slice(bar + 1))) };
};
