import { foldFigures, type Figures } from '../../src/domain/figures/fold-figures.ts';
import type { FiguresContext, Period } from '../../src/domain/figures/period.ts';
import type { Json, LedgerEvent } from '../../src/domain/ledger/event.ts';
import { officialDays } from '../../src/domain/roster/official-days.ts';
import { friday10 } from './samples.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** 2021-08-27 00:00 in Shanghai. */
export const friday = friday10 - 10 * hour;

export const figuresContext = (over: Partial<FiguresContext> = {}): FiguresContext => ({
  timeZone: 'Asia/Shanghai',
  table: officialDays,
  campaign: { fromAt: friday - 30 * day, toAt: friday + 60 * day },
  handoverWindowMs: 10 * minute,
  isWanted: () => true,
  ...over,
});

export const wholeWeek: Period = { fromAt: friday, toAt: friday + 7 * day };

export const figuresOf = (
  rows: Iterable<LedgerEvent>,
  period = wholeWeek,
  now = friday + 30 * day,
  context = figuresContext(),
): Figures => {
  const fold = foldFigures(context, period);
  for (const row of rows) fold.take(row);
  return fold.figures(now);
};

/** Units `u1`… with a post `p1`… each, from `at` on. */
export const unitsTold = (count: number, at = friday - day): readonly LedgerEvent[] => {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  return [
    {
      at,
      event: 'OrganisationChanged',
      data: { version: 1, people: ids.map((id) => `m${id}`), units: ids.map((id) => `u${id}`), groups: [], opened: [], closed: [] },
    },
    rosterTold(
      at,
      ids.map((id) => [`p${id}`, `u${id}`, 1]),
    ),
  ];
};

export const rosterTold = (at: number, posts: Json, shifts: Json = [], replaced: Json = [], version = 1): LedgerEvent => ({
  at,
  event: 'RosterChanged',
  data: { version, part: 1, parts: 1, posts, shifts, replaced },
});

export const checkTold = (postId: string, at: number, windowMs = 10 * minute): LedgerEvent => ({
  at,
  event: 'CheckOpened',
  obligationId: `oc${postId}.${at.toString(36)}`,
  data: { kind: 'check', subject: postId, policy: 'check', cause: 'round', answerBy: at + windowMs, baseAt: at, throughMs: -1 },
});

/** What happens to a check, `afterMs` later. */
export const next = (check: LedgerEvent, event: LedgerEvent['event'], afterMs: number, data: LedgerEvent['data'] = {}): LedgerEvent => ({
  at: check.at + afterMs,
  event,
  obligationId: check.obligationId!,
  data: { subject: check.data['subject']!, ...data },
});

export const answered = (check: LedgerEvent, afterMs: number): LedgerEvent =>
  next(check, 'AnswerRecorded', afterMs, { kind: 'check', isLate: check.at + afterMs > (check.data['answerBy'] as number), afterMs });
