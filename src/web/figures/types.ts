import type { FigureTexts } from '../../messages/figure-texts.ts';

/** What `/api/figures` gives, as far as the page uses it. Instants are ISO 8601, durations ms. */
export type Category = keyof FigureTexts['categories'];
export type StretchKind = keyof FigureTexts['stretches'];

export type Stretch = {
  readonly from: string;
  readonly to: string;
  readonly kind: StretchKind;
  readonly people: readonly { readonly name: string }[];
};

export type PostCoverage = {
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  readonly totalMs: number;
  readonly coveredMs: number;
  readonly stretches: readonly Stretch[];
};

export type HeatCell = { readonly weekday: number; readonly hour: number; readonly counted: number; readonly unanswered: number };

export type Measure = {
  readonly asked: number;
  readonly counted: number;
  readonly share: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly counts: { readonly [category in Category]: number };
};
export type LeagueRow = Measure & { readonly unitId: string; readonly unit: string; readonly rank: number | null };

export type ItemCounts = {
  readonly handedOver: number;
  readonly inTime: number;
  readonly late: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
};

export type PersonLoad = {
  readonly personId: string;
  readonly name: string;
  readonly shifts: number;
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
  readonly standingMs: number;
};

export type Miss = {
  readonly obligationId: string;
  readonly subjectName: string;
  readonly openedAt: string;
  readonly category: Category;
  readonly isDelivered: boolean;
  readonly appeal: string | null;
  readonly appealUntil: string;
};

/** What `/api/figures/misses` gives. */
export type Misses = { readonly unitId: string; readonly unit: string; readonly items: readonly Miss[]; readonly isCut: boolean };

export type Figures = {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly seq: number;
  readonly units: readonly { readonly unitId: string; readonly unit: string }[];
  readonly coverage: readonly PostCoverage[];
  readonly heat: readonly HeatCell[];
  readonly league: { readonly rows: readonly LeagueRow[]; readonly all: Measure };
  readonly items: {
    readonly byKind: readonly (ItemCounts & { readonly label: string })[];
    readonly byUnit: readonly (ItemCounts & { readonly unit: string })[];
    readonly ages: readonly { readonly upToDays: number | null; readonly count: number }[];
  };
  readonly loads: readonly PersonLoad[];
  readonly matters: {
    readonly help: number;
    readonly postEmpty: number;
    readonly channelFailure: number;
    readonly handovers: { readonly inTime: number; readonly late: number; readonly lapsed: number };
  };
};
