import type { Accounts, Identity } from '../domain/binding/identity.ts';
import type { PendingCode } from '../domain/binding/one-time-code.ts';
import type { Reach } from '../domain/contact/reach.ts';
import type { Round } from '../domain/contact/round.ts';
import type { Watch } from '../domain/contact/watch.ts';
import type { Obligation } from '../domain/escalation/obligation.ts';
import type { Policy } from '../domain/escalation/policy.ts';
import type { FileRef, Item } from '../domain/items/item.ts';
import type { CampaignPhase, PhaseSpan } from '../domain/items/phase.ts';
import type { Appeal } from '../domain/figures/appeal.ts';
import type { ReportDraft } from '../domain/figures/report-draft.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { KeptBook } from '../domain/handover/advance.ts';
import type { Handover } from '../domain/handover/handover.ts';
import type { ShiftNotes } from '../domain/handover/shift-notes.ts';
import type { DutyRequest, RequestKind, ShiftPart, Span } from '../domain/shift-change/duty-request.ts';
import type { Organisation } from '../domain/organisation/organisation.ts';
import type { DutyList } from '../domain/roster/duty-list.ts';
import type { Roster } from '../domain/roster/roster.ts';
import type { AheadState } from '../domain/ahead/ahead-state.ts';
import type { AppliedChange } from '../domain/roster-change/applied-change.ts';
import type { RosterProposal } from '../domain/roster-change/proposal.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import type { DraftAsk } from '../domain/draft/said-rules.ts';
import type { FeedLinks } from '../domain/feed/links.ts';
import type { CampaignRecord } from '../domain/campaign-record/campaign-record.ts';

/** Where the calendar has got to, the seeds of its days, and what else is decided once. */
export type Calendar = {
  /** Every slot up to and including this instant has been decided. */
  readonly throughAt: number;
  /** Local date to its seed; the hash is in the ledger before the day begins. */
  readonly seeds: { readonly [date: string]: string };
  /** Phases that the office has announced, in the order they were said. */
  readonly phases?: readonly PhaseSpan[];
  /** The campaign version whose roster was audited last. */
  readonly auditedVersion?: number;
  /** Who stood where when the group was last told of it. */
  readonly announced?: DutyList;
  /** The ladders that open obligations were planned by, by name: a campaign file may have changed since. */
  readonly policies?: { readonly [name: string]: Policy };
};

/** Said by the office, and not confirmed yet; see `PhaseSpan`. */
export type ProposedPhase = {
  readonly phase: CampaignPhase;
  readonly fromAt: number;
  readonly toAt?: number;
  /** Empty: everybody. Absent: it is still asked which. */
  readonly unitIds?: readonly string[];
  /** On a journey: the units that are left, and from when. */
  readonly left?: { readonly unitIds: readonly string[]; readonly fromAt: number };
};

/** Every report whose time has come up to and including this instant has been drafted. */
export type ReportCalendar = { readonly throughAt: number };

/** Which requests for leave, swaps and covers are open, and which ended last; the newest last. */
export type Requests = { readonly open: readonly string[]; readonly ended: readonly string[] };

/** A leave, a swap or a cover in the making: what has been said of it so far. Spans and parts in epoch ms. */
export type DutyDraft = {
  readonly kind: RequestKind;
  /** Whoever speaks would stand in for the other. */
  readonly isOffer?: boolean;
  readonly otherId?: string;
  /** As it was written, where it means nobody or several. */
  readonly otherName?: string;
  /** What was said of the speaker's own shift, and of the other's. */
  readonly own?: Span;
  /** Other days that are meant like `own`. */
  readonly more?: readonly Span[];
  /** Said by the clock: not rounded to the shift; and, of an instant, until the shift ends. */
  readonly isExact?: boolean;
  readonly isToEnd?: boolean;
  /** Part of a day is meant, and not said which. */
  readonly wantsHours?: boolean;
  readonly theirs?: Span;
  readonly gives?: readonly ShiftPart[];
  readonly takes?: readonly ShiftPart[];
  readonly standing?: Span;
  /** Nothing is stood in return. */
  readonly isOneSided?: boolean;
  /** Somebody is to be found after it has been asked for. */
  readonly isOpenEnded?: boolean;
  readonly reason?: string;
  /** A request that it names another substitute for. */
  readonly requestId?: string;
};

/** Small state of one person that is not about duty: a question we asked back, the last thing they did. */
export type Dialogue = {
  readonly personId: string;
  readonly question?:
    | { readonly kind: 'help' | 'withdraw'; readonly askedAt: number }
    /** What units are to have ready by then; no unit is every unit. */
    | { readonly kind: 'readiness'; readonly askedAt: number; readonly dueAt: number; readonly unitIds: readonly string[] }
    /** A change of phase that waits for its unit, and then for consent. */
    | { readonly kind: 'phase'; readonly askedAt: number; readonly proposed: ProposedPhase }
    /** A change of the roster that waits for consent: as its button carries it. */
    | { readonly kind: 'roster'; readonly askedAt: number; readonly pressed: { readonly [key: string]: string } }
    /** Whose account is to be bound or taken away: as its button carries it. */
    | { readonly kind: 'account'; readonly askedAt: number; readonly pressed: { readonly [key: string]: string } }
    /** Why they refuse a leave, a swap or a cover. */
    | { readonly kind: 'refusal'; readonly askedAt: number; readonly requestId: string }
    /** Why they appeal against a check, or reject an appeal. */
    | { readonly kind: 'appeal' | 'appealRejected'; readonly askedAt: number; readonly checkId: string }
    /** The draft of a roster that they were shown last, to be drafted again with what they say of it. */
    | { readonly kind: 'draft'; readonly askedAt: number; readonly ask: DraftAsk }
    /** A leave, a swap or a cover that lacks something still, or waits to be confirmed. */
    | { readonly kind: 'duty'; readonly askedAt: number; readonly draft: DutyDraft };
  /** An act on an item that they have begun, and what they have given for it so far. */
  readonly item?: {
    /** Unknown while files wait to be told which item they belong to. */
    readonly itemId?: string;
    readonly action: string;
    readonly inputs: { readonly [id: string]: string };
    readonly files: readonly FileRef[];
    readonly askedAt: number;
  };
  /** The list that they were shown last, where more of it is left: as its message carries it. */
  readonly list?: {
    readonly shownAt: number;
    readonly params: { readonly [name: string]: unknown };
  };
  /** Their call for help, as long as it may be open. */
  readonly openHelpId?: string;
  readonly lastAct?: { readonly kind: string; readonly obligationIds: readonly string[]; readonly at: number };
};

/**
 * What is kept under one id, decided by compare-and-set. Ids: `o…` obligation, `w…` watch, `r…` round,
 * `k` calendar, `d…` dialogue, `n` who has stopped a channel, `l` links of calendars that were taken back, `f` the campaign as the page has it in place of its file, `i…` item, `q…` request for leave, swap or cover, `q` alone which of these are open, `h` who stands what and what waits to be handed over, `h…` a handover, `j…` what was noted at a post for its next one, `u…` a change of the roster that can be undone, `p…` one that a unit has proposed, `e…` an appeal against a check, `t…` a report of one period, `t` how far the calendar of reports has got, `s` what was said ahead of shifts, `c…` a platform's account,
 * `a…` the accounts of a person, `y…` a code that waits to be told.
 */
export type Aggregate =
  | { readonly type: 'obligation'; readonly state: Obligation }
  | { readonly type: 'watch'; readonly state: Watch }
  | { readonly type: 'round'; readonly state: Round }
  | { readonly type: 'calendar'; readonly state: Calendar }
  | { readonly type: 'reach'; readonly state: Reach }
  | { readonly type: 'dialogue'; readonly state: Dialogue }
  | { readonly type: 'item'; readonly state: Item }
  | { readonly type: 'links'; readonly state: FeedLinks }
  | { readonly type: 'campaign'; readonly state: CampaignRecord }
  | { readonly type: 'request'; readonly state: DutyRequest }
  | { readonly type: 'requests'; readonly state: Requests }
  | { readonly type: 'handovers'; readonly state: KeptBook }
  | { readonly type: 'handover'; readonly state: Handover }
  | { readonly type: 'shiftNotes'; readonly state: ShiftNotes }
  | { readonly type: 'ahead'; readonly state: AheadState }
  | { readonly type: 'applied'; readonly state: AppliedChange }
  | { readonly type: 'proposal'; readonly state: RosterProposal }
  | { readonly type: 'appeal'; readonly state: Appeal }
  | { readonly type: 'report'; readonly state: ReportDraft }
  | { readonly type: 'reportCalendar'; readonly state: ReportCalendar }
  | { readonly type: 'identity'; readonly state: Identity }
  | { readonly type: 'accounts'; readonly state: Accounts }
  | { readonly type: 'code'; readonly state: PendingCode };

/** What can be read whole, by what its ids begin with. */
export const scanLetters = {
  obligation: 'o',
  watch: 'w',
  round: 'r',
  item: 'i',
  handover: 'hp',
  request: 'q',
  proposal: 'pm',
  applied: 'u',
  appeal: 'eo',
  report: 't',
} as const;

export type Stored<A extends Aggregate = Aggregate> = { readonly id: string; readonly version: number; readonly aggregate: A };

export type Due = Stored & { readonly dueAt: number };

export type Write = {
  readonly id: string;
  /** The version that was read; 0 where there was nothing. */
  readonly expected: number;
  /** Null removes it. */
  readonly aggregate: Aggregate | null;
  /** When it must be looked at again; null: never by itself. */
  readonly dueAt: number | null;
};

export type Taken = {
  readonly due: readonly Due[];
  /** The next due time after these, where there is one. */
  readonly nextAt: number | null;
  /** Ids of what was due and cannot be read: put off by `putOffMs`, so that it stands in nobody's way. */
  readonly unreadable?: readonly string[];
};

/** What cannot be decided is looked at again after this, campaign ms: another version of the program may be able to. */
export const putOffMs = 5 * 60_000;

/** Decided together or not at all. */
export type Transition = {
  readonly writes: readonly Write[];
  /** What else it was decided on, with the versions that were read: `stale` where one has moved on. */
  readonly reads?: readonly { readonly id: string; readonly version: number }[];
  readonly events: readonly LedgerEvent[];
  readonly notices: readonly Notice[];
  /** The inbox entry that this settles: it is gone with the commit, and a second settling changes nothing. */
  readonly settles?: string;
  /** The campaign version that it was decided on, where the decision began before the call to `commit`. */
  readonly basedOn?: number;
  /** Organisation and roster as they are from now on; `basedOn` says what they were decided on. */
  readonly campaign?: Omit<Campaign, 'version'>;
};

/** `stale`: the organisation, the roster or something it was decided on has moved on; load it again and decide again. */
export type CommitResult = 'committed' | 'conflict' | 'settled' | 'stale';

export type Campaign = { readonly organisation: Organisation; readonly roster: Roster; readonly version: number };

export type Store = {
  /** In the order asked; undefined where there is nothing. */
  load(ids: readonly string[]): Promise<readonly (Stored | undefined)[]>;
  /**
   * What is due at `now`, earliest first, and lent to the caller for `leaseMs`: nobody else gets it meanwhile, and
   * it comes back by itself if the caller dies.
   */
  takeDue(now: number, limit: number, leaseMs: number): Promise<Taken>;
  /** Each transition by itself; durable when it resolves. `campaignVersion`: what the decisions were based on that don't say so themselves. */
  commit(transitions: readonly Transition[], campaignVersion: number): Promise<readonly CommitResult[]>;
  loadCampaign(): Promise<Campaign>;
  /** Version 0 while nothing has been imported. Cheap. */
  campaignVersion(): Promise<number>;
  /** Replaces organisation and roster together with what must change with them, or answers `conflict`. */
  commitCampaign(
    campaign: Omit<Campaign, 'version'>,
    expectedVersion: number,
    events: readonly LedgerEvent[],
    notices?: readonly Notice[],
  ): Promise<CommitResult>;
  /** Everything of a type that there is, in pages; for the wall, the audits and what reads all items. */
  scan(type: keyof typeof scanLetters, cursor: string): Promise<{ readonly items: readonly Stored[]; readonly cursor: string | null }>;
  /**
   * Ids of handovers, and of their book, that were written after a mark of an earlier answer; undefined where that is
   * not known: read them all. Ask before reading. What an older version of the program writes is not among them.
   */
  movedHandovers(since: string | undefined): Promise<{ readonly ids: readonly string[] | undefined; readonly mark: string | undefined }>;
  /** Events that need no decision, such as receipts. */
  append(events: readonly LedgerEvent[]): Promise<void>;
  /** Resolves when it is durable and reachable, rejects with the reason when it is not. */
  ping(): Promise<void>;
};
