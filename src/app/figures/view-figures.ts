import type { CategoryCounts, HeatCell } from '../../domain/figures/fold-checks.ts';
import type { Figures } from '../../domain/figures/fold-figures.ts';
import type { ItemCounts } from '../../domain/figures/fold-items.ts';
import type { StretchKind } from '../../domain/figures/stretch.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { figureTexts, type FigureTexts } from '../../messages/figure-texts.ts';
import { isInSight, type Sight } from '../../domain/access/access.ts';
import { nameUnit } from '../items/view-items.ts';
import type { Iso } from '../views/view-page.ts';

/** Figures as programs and the page read them: ids and names, instants as ISO 8601, durations in ms. */
export type FiguresView = {
  readonly from: string;
  readonly to: string;
  /** Up to when they speak: the end of the period, or now, which lies before `from` where the period has not begun. */
  readonly asOf: string;
  /** The last row of the ledger that they rest on. */
  readonly seq: number;
  /** Whoever figures can be asked of: each unit in sight, whether it stands a post or only has items, then each working group. */
  readonly units: readonly { readonly unitId: string; readonly unit: string }[];
  readonly coverage: readonly {
    readonly postId: string;
    readonly post: string;
    readonly unitId: string;
    readonly unit: string;
    readonly totalMs: number;
    readonly coveredMs: number;
    readonly stretches: readonly {
      readonly from: string;
      readonly to: string;
      readonly kind: StretchKind;
      readonly people: readonly { readonly personId: string; readonly name: string }[];
    }[];
  }[];
  readonly heat: readonly HeatCell[];
  readonly league: { readonly rows: readonly LeagueRowView[]; readonly all: MeasureView };
  readonly items: {
    readonly byKind: readonly (ItemCounts & { readonly kind: string; readonly label: string })[];
    readonly byUnit: readonly (ItemCounts & { readonly unitId: string; readonly unit: string })[];
    /** `upToDays` null: older than all others. */
    readonly ages: readonly { readonly upToDays: number | null; readonly count: number }[];
  };
  readonly loads: readonly {
    readonly personId: string;
    readonly name: string;
    readonly shifts: number;
    readonly nights: number;
    readonly weekends: number;
    readonly holidays: number;
    readonly standingMs: number;
  }[];
  readonly matters: Figures['matters'];
  readonly definitions: FigureTexts['definitions'];
};

export type MeasureView = {
  readonly asked: number;
  readonly counted: number;
  readonly share: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly counts: CategoryCounts;
};
export type LeagueRowView = MeasureView & { readonly unitId: string; readonly unit: string; readonly rank: number | null };

export type FiguresViewContext = {
  readonly directory: Directory;
  readonly iso: Iso;
  /** Labels of a campaign's own kinds of items. */
  readonly kinds: { readonly [name: string]: { readonly label?: string } };
  readonly language: 'zh-CN' | 'en';
  /** Of whoever asks. */
  readonly sight: Sight;
};

export const viewFigures = (figures: Figures, seq: number, context: FiguresViewContext): FiguresView => {
  const { directory, iso, kinds, language, sight } = context;
  const { units, groups } = directory.organisation;
  const texts = figureTexts[language];
  const nameOfUnit = (id: string): string => nameUnit(directory, id);
  const nameOf = (id: string): string => directory.people.get(id)?.name ?? id;
  const { coverage, league, items, loads } = figures;
  return {
    from: iso(figures.period.fromAt),
    to: iso(figures.period.toAt),
    asOf: iso(figures.asOf),
    seq,
    units: [...units, ...groups].filter(({ id }) => isInSight(sight, id)).map(({ id }) => ({ unitId: id, unit: nameOfUnit(id) })),
    coverage: coverage.map(({ postId, unitId, stretches, totalMs, coveredMs }) => ({
      postId,
      post: directory.posts.get(postId)?.name ?? figures.posts.get(postId)?.name ?? postId,
      unitId,
      unit: nameOfUnit(unitId),
      totalMs,
      coveredMs,
      stretches: stretches.map(({ from, to, kind, people }) => ({
        from: iso(from),
        to: iso(to),
        kind,
        people: people.map((personId) => ({ personId, name: nameOf(personId) })),
      })),
    })),
    heat: figures.heat,
    league: { rows: league.rows.map(({ bodyId, ...row }) => ({ unitId: bodyId, unit: nameOfUnit(bodyId), ...row })), all: league.all },
    items: {
      byKind: [...items.byKind].map(([kind, counts]) => ({ kind, label: kinds[kind]?.label ?? texts.itemKinds[kind] ?? kind, ...counts })),
      byUnit: [...items.byUnit].map(([unitId, counts]) => ({ unitId, unit: nameOfUnit(unitId), ...counts })),
      ages: items.ages.map((count, index) => ({ upToDays: items.ageLimits[index] ?? null, count })),
    },
    loads: loads.map((load) => ({ ...load, name: nameOf(load.personId) })),
    matters: figures.matters,
    definitions: texts.definitions,
  };
};
