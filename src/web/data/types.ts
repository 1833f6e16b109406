import type { PageTexts } from '../../messages/page-texts.ts';

/** What `/api` gives, as far as the page uses it. Instants are ISO 8601 with the campaign's offset. */

export const colors = ['missed', 'empty', 'escalated', 'waiting', 'green'] as const;
export type Color = (typeof colors)[number];

export type Open = {
  readonly id: string;
  readonly kind: keyof PageTexts['kinds'];
  readonly stepNo: number;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly nextAt: string | null;
  readonly status: string;
};

export type Subject = {
  readonly subject: string;
  readonly color: Color;
  readonly lastContactAt: string | null;
  /** Where it is nobody who stands the post now. */
  readonly lastContactBy?: string;
  readonly nextCheckAt?: string;
  readonly obligation?: Open;
};

export type Post = Subject & {
  readonly unit: string;
  readonly post: string;
  readonly onDuty: readonly string[];
  readonly coDuty: readonly string[];
  readonly shiftLeader: readonly string[];
  readonly notHandedOverTo?: readonly string[];
};

export type Standing = Subject & { readonly name: string; readonly roles: readonly string[] };

export type OfficeMatter = Open & { readonly subject: string; readonly subjectName: string };

export type Wall = {
  readonly at: string;
  /** Campaign seconds to a real second. */
  readonly clockScale: number;
  readonly nextRoundAt?: string;
  readonly mode: 'demo' | 'production';
  readonly campaign: string;
  readonly posts: readonly Post[];
  readonly standing: readonly Standing[];
  readonly office: readonly OfficeMatter[];
  /** Over all there are, also where the lists are cut; of somebody who sees a part, of nothing. */
  readonly counts: { readonly [color in Color]: number } & { readonly posts: number; readonly standing: number; readonly open: number };
  /** Another where other people may stand elsewhere. */
  readonly holdersVersion?: number;
  /** Of the last day; in news what is another than before. */
  readonly timeline?: Timeline;
};

type TimelineCount =
  | 'rounds'
  | 'asked'
  | 'answered'
  | 'late'
  | 'noAnswer'
  | 'undelivered'
  | 'others'
  | 'open'
  | 'empty'
  | 'help'
  | 'handovers'
  | 'handoversLate'
  | 'itemsIn'
  | 'itemsOverdue'
  | 'alarms';

/** `steps`: how often each step after the first question was taken, by its number from 1. */
export type TimelineCounts = { readonly [count in TimelineCount]?: number } & { readonly steps?: { readonly [stepNo: string]: number } };

/** Ten minutes, from `at`. */
export type TimelineStretch = TimelineCounts & { readonly at: string };

export type TimelineMoment = {
  readonly seq: number;
  readonly at: string;
  readonly what: TimelineCount;
  readonly subject?: string;
  readonly obligationId?: string;
  readonly itemId?: string;
};

export type Timeline = { readonly stretches: readonly TimelineStretch[]; readonly moments: readonly TimelineMoment[] };

/** What is new since the wall, or the news before. */
export type WallNews = Pick<Wall, 'at' | 'nextRoundAt' | 'posts' | 'standing' | 'office' | 'counts' | 'holdersVersion' | 'timeline'> & {
  /** Which the office may have changed in the page. */
  readonly campaign?: string;
  readonly gone: readonly string[];
  readonly rows: readonly Row[];
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly title?: string;
  readonly isOffice: boolean;
  readonly isDisabled: boolean;
  readonly roles: readonly { readonly role: string; readonly of: string; readonly name: string }[];
  readonly posts: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
};

export type RosterRow = {
  readonly postId: string;
  readonly holders: readonly { readonly role: string; readonly personId: string; readonly name: string }[];
};

export type Row = {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly obligationId?: string;
  readonly itemId?: string;
  readonly actor?: string;
  readonly channel?: string;
  readonly data: { readonly [key: string]: unknown };
};

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

/** An obligation as the API lists it. */
export type Obligation = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly subjectName: string;
  readonly itemId?: string;
  readonly status: string;
  readonly stepNo: number;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly nextAt: string | null;
  readonly missedAt?: string;
  readonly endedAt?: string;
  readonly asked: readonly string[];
  readonly told: readonly string[];
  readonly callResult?: string;
};

export type ObligationDetail = Obligation & {
  /** The shift in which it was opened, where it is about a post. */
  readonly shiftId?: string;
  /** Of the post, for whoever may ring it. */
  readonly landline?: string;
};

/** An appeal against a check, as the API lists it. */
export type Appeal = {
  readonly id: string | null;
  readonly obligationId: string;
  readonly unit: string;
  readonly openedAt: string;
  readonly category: string;
  readonly status: string;
  readonly askedAt: string | null;
  readonly askedBy: { readonly name: string } | null;
  readonly reason: string | null;
  readonly dueAt: string | null;
  /** By what the office decides it; null while nobody waits for its word. */
  readonly wordId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: { readonly name: string } | null;
  readonly verdict: string | null;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: { readonly name: string } | null;
};

export type OfferInput = {
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'date' | 'time' | 'choice';
  readonly isRequired: boolean;
  readonly isMultiline?: boolean;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  readonly value?: string;
};

/** What whoever looks may do about it, as the bot takes it. */
export type Offer = {
  readonly title: string;
  readonly value: { readonly action: string; readonly [key: string]: string };
  readonly style?: 'positive' | 'destructive';
  readonly inputs?: readonly OfferInput[];
  readonly takesFiles?: boolean;
  readonly needsFiles?: boolean;
  readonly hint?: string;
};

export type NamedHolder = { readonly role: string; readonly personId: string; readonly name: string };

export type SubjectDetail = {
  readonly subject: string;
  readonly kind: 'post' | 'unit' | 'person';
  readonly name: string;
  readonly places: readonly { readonly id: string; readonly name: string; readonly role?: string }[];
  readonly landline?: string;
  readonly lastContactAt?: string | null;
  readonly lastContactBy?: string;
  readonly nextCheckAt: string | null;
  readonly people: readonly NamedHolder[];
  readonly shifts: readonly {
    readonly id: string;
    readonly postId: string;
    readonly post: string;
    readonly from: string;
    readonly to: string;
    readonly isNow: boolean;
    readonly holders: readonly NamedHolder[];
    readonly notHandedOverTo?: readonly NamedHolder[];
  }[];
  readonly open: readonly Obligation[];
  readonly subjects: readonly string[];
};

type HandoverRef = {
  readonly id: string;
  readonly at: string;
  readonly status: string;
  readonly acceptedAt: string | null;
  readonly acceptedBy: string | null;
};

type Named = { readonly personId: string; readonly name: string };
type Part = { readonly postId: string; readonly post: string; readonly role: string; readonly from: string; readonly to: string };

/** A leave, a swap or a cover. */
export type DutyRequest = {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly askedAt: string;
  readonly holder: Named;
  readonly substitute: Named | null;
  readonly gives: readonly Part[];
  readonly takes: readonly Part[];
  readonly consent: { readonly rule: string; readonly people: readonly Named[] };
};

export type ShiftDetail = SubjectDetail['shifts'][number] & {
  readonly at: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly isOver: boolean;
  readonly landline?: string;
  readonly people: readonly NamedHolder[];
  readonly takenOver: HandoverRef | null;
  readonly givenOn: HandoverRef | null;
  readonly requests: readonly DutyRequest[];
  readonly before: string | null;
  readonly after: string | null;
};

export type HandoverDetail = {
  readonly id: string;
  readonly postId: string;
  readonly post: string;
  readonly at: string;
  readonly status: string;
  readonly outgoing: readonly NamedHolder[];
  readonly incoming: readonly NamedHolder[];
  readonly obligationId: string;
  readonly shiftBefore: string | null;
  readonly shiftAfter: string | null;
  readonly open: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly since: string;
    readonly obligationId: string | null;
  }[];
  readonly due: readonly { readonly itemId: string; readonly kind: string; readonly dueAt: string }[];
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[];
  readonly delays: readonly { readonly at: string; readonly by: string }[];
  readonly acceptances: readonly { readonly at: string; readonly by: string }[];
};

export type Item = {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly status: string;
  readonly heat: string;
  readonly text: string;
  readonly units: readonly { readonly id: string; readonly name: string; readonly isLead: boolean; readonly receivedAt?: string }[];
  readonly handedOverAt: string;
  readonly dueAt: string | null;
  readonly versions: number;
};

export type PaperFile = { readonly sha256: string; readonly name: string; readonly bytes: number };

/** `at` null where it is still awaited; of a signature a date alone. */
export type PaperStep = {
  readonly step: string;
  readonly at: string | null;
  readonly by: string;
  readonly registeredBy?: string;
  readonly reason?: string;
};

export type HandIn = {
  readonly no: number;
  readonly outcome: string;
  readonly text: string;
  readonly finding?: string;
  readonly handling?: string;
  readonly accountability?: string;
  readonly files: readonly PaperFile[];
  readonly steps: readonly PaperStep[];
};

export type Papers = {
  readonly handIns: readonly HandIn[];
  readonly rechecks: readonly { readonly at: string; readonly by: string; readonly passed: boolean; readonly text: string }[];
  readonly progress: readonly { readonly at: string; readonly by: string; readonly text: string; readonly files: readonly PaperFile[] }[];
  readonly extensions: readonly {
    readonly no: number;
    readonly toAt: string;
    readonly reason: string;
    readonly steps: readonly PaperStep[];
  }[];
};

export type ItemDetail = Item & {
  readonly clocks: readonly { readonly kind: string; readonly subject: string; readonly dueAt: string }[];
  readonly papers: Papers;
};

/** How one channel does, as all instances see it together; instants ISO. */
export type ChannelHealth = {
  readonly channel: string;
  readonly state: 'failing' | 'troubled' | 'working' | 'idle';
  readonly failingSince?: string;
  readonly sent: number;
  readonly perMinute: number;
  readonly failed: number;
  readonly errors: readonly { readonly kind: string; readonly code: string; readonly count: number }[];
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
  readonly breaker: 'closed' | 'open' | 'halfOpen' | null;
  readonly quotas: readonly { readonly left: number; readonly of: number; readonly perMs: number }[];
  readonly lastSentAt: string | null;
  readonly lastFailedAt: string | null;
  readonly lastCode: string | null;
  readonly received: { readonly [what: string]: number };
};

export type Channels = { readonly at: string; readonly windowMinutes: number; readonly items: readonly ChannelHealth[] };
