import type { DateToken } from '../command/period.ts';
import type { TokenReader } from '../command/read-dates.ts';

/** What the words of a limit say, free of any language. */
export type LimitToken =
  | DateToken
  | { readonly type: 'within'; readonly count: number; readonly unit: 'day' | 'workday' | 'hour' | 'month' }
  /** At once; counts only where nothing more telling stands beside it. */
  | { readonly type: 'atOnce'; readonly hours: number }
  /** The last day of a month: of a named one, or so many months from now. */
  | { readonly type: 'monthEnd'; readonly month?: number; readonly year?: number; readonly offset: number }
  /** A word that changes nothing. */
  | { readonly type: 'filler' };

/** The words of limits as data. They are read after width, case and needless spaces have been folded. */
export type LimitVocabulary = {
  /** Single characters that are read as another: traditional to simplified. */
  readonly folds: { readonly [character: string]: string };
  /** Longer readings first, then the readers of dates. */
  readonly readers: readonly TokenReader<LimitToken>[];
  /** Makes it something else than one limit: every week, after a date, to be told later. */
  readonly unless: RegExp;
  /** Says that days count from the date beside it. */
  readonly fromThen: RegExp;
  /** Numbers that are about something else: copies, chapters; global. */
  readonly noise: RegExp;
};
