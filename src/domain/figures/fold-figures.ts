import type { LedgerEvent } from '../ledger/event.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { Post, PostId } from '../roster/roster.ts';
import { foldOrganisation } from './body-of.ts';
import { foldChecks, type Appealable, type HeatCell } from './fold-checks.ts';
import { foldCoverage, type HandoverCounts, type PersonLoad, type PostCoverage } from './fold-coverage.ts';
import { foldItems, type ItemFigures } from './fold-items.ts';
import { leagueOf, type League } from './league.ts';
import type { Miss } from './keep-misses.ts';
import type { FiguresContext, Period } from './period.ts';

/** What happened besides checks and items, in the period. */
export type MatterCounts = {
  /** Calls for help. */
  readonly help: number;
  /** Posts that were said to be empty. */
  readonly postEmpty: number;
  /** Alarms about a channel instead of about people. */
  readonly channelFailure: number;
  readonly handovers: HandoverCounts;
};

export type Figures = {
  readonly period: Period;
  /** Up to when they speak: the end of the period, or now. */
  readonly asOf: number;
  readonly coverage: readonly PostCoverage[];
  readonly heat: readonly HeatCell[];
  readonly league: League;
  readonly items: ItemFigures;
  readonly loads: readonly PersonLoad[];
  readonly matters: MatterCounts;
  readonly appealable: readonly Appealable[];
  /** As the ledger tells them: for names. */
  readonly organisation: Organisation;
  readonly posts: ReadonlyMap<PostId, Post>;
};

export type FiguresFold = {
  /** Rows in their order, from the first row of the ledger on. */
  readonly take: (event: LedgerEvent) => void;
  /** `now`: the newest instant that is known of. Changes nothing: more may be taken in after it. */
  readonly figures: (now: number) => Figures;
  /** What counts against one body. */
  readonly misses: (bodyId: string, now: number) => readonly Miss[];
};

const counted = ['help', 'postEmpty', 'channelFailure'] as const;

/**
 * All figures of a period in one pass over the ledger. What begins in the period belongs to it, whatever became of it
 * later: so two periods that meet add up to the whole.
 */
export const foldFigures = (context: FiguresContext, period: Period): FiguresFold => {
  const coverage = foldCoverage(context, period);
  const organisation = foldOrganisation(coverage.posts);
  const checks = foldChecks(context, period, organisation.bodyOf);
  const items = foldItems(context, period);
  const matters = { help: 0, postEmpty: 0, channelFailure: 0 };

  const countMatter = ({ at, data }: LedgerEvent): void => {
    const kind = counted.find((one) => one === data['kind']);
    if (kind === undefined || at < period.fromAt || at >= period.toAt) return;
    const bodyId = organisation.bodyOf(data['subject'] as string, at);
    if (kind === 'channelFailure' || (bodyId !== undefined && context.isWanted(bodyId))) matters[kind] += 1;
  };

  return {
    take: (event) => {
      if (event.event === 'ObligationOpened') countMatter(event);
      organisation.take(event);
      coverage.take(event);
      checks.take(event);
      items.take(event);
    },
    misses: checks.misses,
    figures: (now) => {
      const asOf = Math.min(now, period.toAt);
      return {
        period,
        asOf,
        coverage: coverage.coverage(asOf),
        heat: checks.heat(now),
        league: leagueOf(checks.totals(now)),
        items: items.items(asOf),
        appealable: checks.appealable(now),
        loads: coverage.loads(asOf),
        matters: { ...matters, handovers: coverage.handovers() },
        organisation: organisation.organisation(),
        posts: coverage.posts(),
      };
    },
  };
};
