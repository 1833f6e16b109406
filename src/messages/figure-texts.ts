import type { CheckCategory } from '../domain/figures/check-category.ts';
import type { StretchKind } from '../domain/figures/stretch.ts';
import { figureTextsEn } from './figure-texts-en.ts';
import { figureTextsZh } from './figure-texts-zh.ts';

/** What each figure is, so that it can be explained on the spot. */
type FigureName = 'coverage' | 'heat' | 'response' | 'league' | 'items' | 'loads' | 'matters';

/** `numerator` of `denominator`; in a table both are shown. */
export type Definition = { readonly title: string; readonly meaning: string; readonly numerator: string; readonly denominator: string };

/** The words of figures, on the page, in reports and in the API. `{name}` is filled in. */
export type FigureTexts = {
  readonly definitions: { readonly [figure in FigureName]: Definition };
  readonly categories: { readonly [category in CheckCategory]: string };
  readonly categoryHints: { readonly [category in CheckCategory]: string };
  readonly stretches: { readonly [kind in StretchKind]: string };
  readonly weekdays: readonly string[];
  readonly columns: {
    readonly [
      column in
        | 'rank'
        | 'unit'
        | 'post'
        | 'person'
        | 'kind'
        | 'asked'
        | 'counted'
        | 'share'
        | 'p50'
        | 'p95'
        | 'covered'
        | 'total'
        | 'gaps'
        | 'from'
        | 'to'
        | 'people'
        | 'weekday'
        | 'hour'
        | 'unanswered'
        | 'handedOver'
        | 'inTime'
        | 'late'
        | 'closed'
        | 'open'
        | 'overdue'
        | 'age'
        | 'count'
        | 'shifts'
        | 'nights'
        | 'weekends'
        | 'holidays'
        | 'standing'
    ]: string;
  };
  readonly matters: {
    readonly [matter in 'help' | 'postEmpty' | 'channelFailure' | 'handoversInTime' | 'handoversLate' | 'handoversLapsed']: string;
  };
  readonly ages: { readonly upTo: string; readonly older: string };
  readonly itemKinds: { readonly [kind: string]: string };
  readonly all: string;
  readonly nobody: string;
  readonly none: string;
  /** Of durations: `{hours}`, `{minutes}`, `{seconds}`. */
  readonly hours: string;
  readonly minutesSeconds: string;
  readonly seconds: string;
};

export const figureTexts: { readonly [language in 'zh-CN' | 'en']: FigureTexts } = { 'zh-CN': figureTextsZh, en: figureTextsEn };
