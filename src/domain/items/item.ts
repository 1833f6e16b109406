import type { ListedAnswer } from './batch-list.ts';
import type { PersonId, UnitId } from '../organisation/organisation.ts';

/**
 * One thing handed over, from then until it is closed and checked again. Its clocks are obligations; what runs follows
 * from the state alone (`clocksOf`).
 */

/** `i` and what makes it unique: a case number, or the list and line it came from. */
export type ItemId = string;

export type ItemStatus =
  | 'handedOver'
  | 'received'
  | 'planned'
  | 'inProgress'
  /** Handed in with everything that counts; the office has it. */
  | 'submitted'
  | 'returned'
  | 'accepted'
  /** Done for now (阶段性办结): a state of its own, with a date for the rest. */
  | 'interim'
  | 'closed'
  | 'confirmed'
  | 'withdrawn';

/** Levels of the chain of limits, from the inside out. */
export const limitLevels = ['unit', 'bureau', 'city', 'province', 'team'] as const;
export type LimitLevel = (typeof limitLevels)[number];

/** Why a limit is where it is, for those who ask. */
export type LimitRule =
  | { readonly type: 'days'; readonly count: number; readonly day: 'natural' | 'working' }
  | { readonly type: 'hours'; readonly count: number }
  /** A date, or a date with its hour, as it was written. */
  | { readonly type: 'instant' }
  | { readonly type: 'daily'; readonly minute: number };

export type Limit = {
  readonly level: LimitLevel;
  /** Epoch ms; the answer is owed before it. */
  readonly at: number;
  /** What it counts from: the instant of handing over, or of whatever moved it. */
  readonly countedFromAt: number;
  readonly rule: LimitRule;
  /** What the list said, where the limit was moved since: the same list read again moves nothing back. */
  readonly listedAt?: number;
  /** Answered and past when the item was opened again: it binds no longer. */
  readonly metAt?: number;
};

/** Who must move, in the order it happens: 主办 leads, 协办 help. */
export type UnitPart = {
  readonly unitId: UnitId;
  readonly isLead: boolean;
  readonly receivedAt?: number;
  readonly receivedBy?: PersonId;
  /** Its own window, where it came in by a correction; else the item's. */
  readonly receiptDueAt?: number;
};

/** 定人定责: one named person each. */
export type Subtask = {
  readonly no: number;
  readonly title: string;
  readonly unitId: UnitId;
  readonly ownerId: PersonId;
  readonly dueAt: number;
  readonly doneAt?: number;
};

export type FileRef = {
  /** Lower-case hex; the content is kept under it for good. */
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly mime: string;
};

/** How it is said to have ended. */
export type Outcome = 'done' | 'interim';
/** 属实, 基本属实, 部分属实, 不属实. */
export type Finding = 'true' | 'mostlyTrue' | 'partlyTrue' | 'untrue';

/** One hand-in, never changed afterwards but by what is decided about it. */
export type Version = {
  readonly no: number;
  /** Who led when it was drafted: a hand-in of a unit that leads no longer is nobody's to sign. */
  readonly unitId?: UnitId;
  readonly outcome: Outcome;
  readonly text: string;
  readonly finding?: Finding;
  readonly handling?: string;
  readonly accountability?: string;
  readonly files: readonly FileRef[];
  readonly draftedAt: number;
  readonly draftedBy: PersonId;
  /** 数据审核, by a second person. */
  readonly checkedAt?: number;
  readonly checkedBy?: PersonId;
  /** The principal, and the local date `YYYY-MM-DD` beside the signature. */
  readonly signedBy?: PersonId;
  readonly signedOn?: string;
  readonly registeredBy?: PersonId;
  readonly sealScan?: FileRef;
  readonly submittedAt?: number;
  readonly submittedBy?: PersonId;
  readonly decision?: 'accepted' | 'returned';
  readonly decidedAt?: number;
  readonly decidedBy?: PersonId;
  readonly reason?: string;
  /** A return may say that what was handed in was not true (虚假), or not whole. */
  readonly fault?: 'false' | 'incomplete' | 'other';
  /** Where the rest of an interim end is due. */
  readonly nextReportAt?: number;
};

/** A date that was asked for: kept, whatever became of it. */
export type Extension = {
  readonly no: number;
  /** A subtask's own date, or the unit's. */
  readonly subtaskNo?: number;
  readonly toAt: number;
  readonly fromAt: number;
  readonly reason: string;
  readonly askedAt: number;
  readonly askedBy: PersonId;
  readonly principalAt?: number;
  readonly principalBy?: PersonId;
  readonly officeAt?: number;
  readonly officeBy?: PersonId;
  readonly refusedAt?: number;
  readonly refusedBy?: PersonId;
  readonly refusal?: string;
};

export type OuterMove = {
  readonly level: LimitLevel;
  readonly fromAt: number;
  readonly toAt: number;
  readonly at: number;
  readonly by: PersonId;
  /** Who set the limit and agreed, and where that stands (number of the letter, minute of the call). */
  readonly consentOf: string;
  readonly consentRef: string;
  readonly reason: string;
};

/** What cannot be solved soon: all three, or it is refused. */
export type LongTerm = {
  readonly responsibleId: PersonId;
  readonly deadlineAt: number;
  readonly measures: string;
  readonly at: number;
  readonly by: PersonId;
};

export type Report = { readonly at: number; readonly by: PersonId; readonly text: string; readonly files: readonly FileRef[] };

export type Recheck = {
  readonly at: number;
  readonly by: PersonId;
  readonly passed: boolean;
  readonly text: string;
};

export type Item = {
  readonly id: ItemId;
  readonly kind: string;
  /** As people name it: a case number, `调阅3-4`. */
  readonly number: string;
  readonly text: string;
  readonly source?: string;
  /** Which batch or list it came with. */
  readonly batch?: string;
  readonly district?: string;
  readonly pollution: readonly string[];
  readonly isSpecial: boolean;
  readonly isUrgent: boolean;
  readonly remark?: string;
  readonly handedOverAt: number;
  readonly handedOverBy?: PersonId;
  readonly parts: readonly UnitPart[];
  readonly limits: readonly Limit[];
  readonly status: ItemStatus;
  /** When it came to stand as it does. */
  readonly statusAt: number;
  readonly receiptDueAt: number;
  readonly subtasks: readonly Subtask[];
  readonly reports: readonly Report[];
  readonly versions: readonly Version[];
  readonly extensions: readonly Extension[];
  readonly outerMoves: readonly OuterMove[];
  readonly longTerm?: LongTerm;
  readonly rechecks: readonly Recheck[];
  readonly closedAt?: number;
  readonly closedBy?: PersonId;
  readonly followUpDueAt?: number;
  readonly reopened: number;
  readonly endReason?: string;
  /** What lists said was done about it, the newest last: told by others, and never a hand-in of ours. */
  readonly listed?: readonly { readonly at: number; readonly answers: readonly ListedAnswer[] }[];
  /** Fields as they were before each correction by a later batch. */
  readonly corrections: number;
};

const endedStatuses: readonly ItemStatus[] = ['confirmed', 'withdrawn'];

/** Closed without a follow-up is the end as well. */
export const isItemEnded = (item: Item): boolean =>
  endedStatuses.includes(item.status) || (item.status === 'closed' && item.followUpDueAt === undefined);

export const leadOf = (item: Item): UnitPart => item.parts.find((part) => part.isLead) ?? item.parts[0]!;

export const limitAt = (item: Item, level: LimitLevel): Limit | undefined => item.limits.find((limit) => limit.level === level);

/** When a unit must have said that it has the item. */
export const receiptDueOf = (item: Item, part: UnitPart): number => part.receiptDueAt ?? item.receiptDueAt;

/** The tightest limit outside the unit's own that still binds. */
export const outerLimitOf = (item: Item): Limit | undefined =>
  item.limits
    .filter((limit) => limit.level !== 'unit' && limit.metAt === undefined)
    .reduce<Limit | undefined>((least, one) => (least && least.at <= one.at ? least : one), undefined);

/** When the unit owes its answer: the earliest of its own limit, a long-term date it gave, and any limit further out. */
export const deadlineOf = (item: Item): number =>
  Math.min(
    limitAt(item, 'unit')?.at ?? Number.POSITIVE_INFINITY,
    item.longTerm?.deadlineAt ?? Number.POSITIVE_INFINITY,
    outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY,
  );

export const currentVersion = (item: Item): Version | undefined => item.versions.at(-1);

/** An extension that nobody has decided to its end. */
export const openExtension = (item: Item): Extension | undefined =>
  item.extensions.findLast((one) => one.refusedAt === undefined && one.officeAt === undefined);
