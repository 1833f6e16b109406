import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';

/** A report of one period: drafted by us, sent by a person, and sent again only as a correction. Pure. */

export const reportKinds = ['daily', 'zero', 'weekly', 'campaign', 'period'] as const;

/** Kinds of report: of a day, of a day or more on which there is nothing to tell, of a week, of the whole campaign, of any other period. */
export type ReportKind = (typeof reportKinds)[number];

export type SentReport = { readonly at: number; readonly by: PersonId };

export type ReportDraft = {
  /** `t`, the kind and the period: everybody who drafts it means the same report. */
  readonly id: string;
  readonly kind: ReportKind;
  /** Epoch ms; `toAt` is not included. */
  readonly fromAt: number;
  readonly toAt: number;
  /** The rows of the ledger and the instant that the newest draft rests on. */
  readonly seq: number;
  readonly draftedAt: number;
  /** Every draft of it that was shown, the newest last; what an older version kept has the newest alone. */
  readonly drafts?: readonly { readonly seq: number; readonly at: number }[];
  /** Drafted by itself, it waits for the office until then, epoch ms. */
  readonly dueAt?: number;
  /** The newest last. */
  readonly sent: readonly SentReport[];
  /** The office does not want it sent. */
  readonly dropped?: SentReport;
};

export type ReportPeriod = Pick<ReportDraft, 'kind' | 'fromAt' | 'toAt'>;

export const reportIdOf = ({ kind, fromAt, toAt }: ReportPeriod): string => `t${kind}.${fromAt.toString(36)}.${toAt.toString(36)}`;

/** `t` alone is how far the calendar of reports has got. */
export const isReportId = (id: string): boolean => id.length > 1 && id.startsWith('t');

/** What the office owes while a draft waits: to look, and to send it. `of`: the office. */
export const clockOfReport = (dueAt: number, of: string) => ({
  kind: 'report' as const,
  key: 'office',
  subject: of,
  policy: 'report',
  deadlineAt: dueAt,
});

/** Whether whoever presses has seen every report of this period that went out: else they hear of it first. */
export const mayBeSent = ({ sent }: Pick<ReportDraft, 'sent'>, known: number): boolean => known >= sent.length;

const mostApartMs = 60_000;

/** Whether exactly this was shown to somebody: nobody sends the figures of an earlier row or instant under today's name. */
export const wasShown = ({ drafts, seq, draftedAt }: ReportDraft, shown: { readonly seq: number; readonly now: number }): boolean =>
  (drafts ?? [{ seq, at: draftedAt }]).some((draft) => draft.seq === shown.seq && Math.abs(draft.at - shown.now) < mostApartMs);

/** What an event makes of a report; the same for replay. */
export const evolveReport = (report: ReportDraft | undefined, event: LedgerEvent): ReportDraft | undefined => {
  const { at, actor, data } = event;
  switch (event.event) {
    case 'ReportDrafted': {
      const dueAt = data['dueAt'] as number | undefined;
      const seq = data['seq'] as number;
      const drafts = [...(report?.drafts ?? []), { seq, at }];
      const drafted = { seq, draftedAt: at, drafts, ...(dueAt === undefined ? {} : { dueAt }) };
      if (report) return { ...report, ...drafted };
      const period = { kind: data['kind'] as ReportKind, fromAt: data['from'] as number, toAt: data['to'] as number };
      return { id: event.itemId!, ...period, ...drafted, sent: [] };
    }
    case 'ReportSent':
      return report && { ...report, sent: [...report.sent, { at, by: actor! }] };
    case 'ReportDropped':
      return report && { ...report, dropped: { at, by: actor! } };
    default:
      return report;
  }
};
