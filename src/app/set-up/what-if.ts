import type { Policy } from '../../domain/escalation/policy.ts';
import { checkPolicy } from '../../domain/escalation/policy.ts';
import { gatherStories, type Period } from '../../domain/what-if/gather-stories.ts';
import { prepareComparison, type Compared, type Hop, type Totals, type Way } from '../../domain/what-if/compare-ladders.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import { nameOf } from '../acts/speaker.ts';
import { isoIn, type Iso } from '../views/view-page.ts';
import { contextOf, type World } from '../world.ts';
import { nightOf } from './last-night.ts';

type Named = { readonly id: string; readonly name: string };

export type HopView = Omit<Hop, 'at' | 'notified' | 'callers'> & {
  readonly at: string;
  readonly notified: readonly Named[];
  readonly callers: readonly Named[];
};

export type WayView = {
  readonly hops: readonly HopView[];
  readonly verdict: Way['verdict'];
  readonly endedAt?: string;
  readonly endedBy?: Named;
};

export type ComparedView = Omit<Compared, 'openedAt' | 'before' | 'after' | 'subject'> & {
  readonly subject: Named;
  readonly openedAt: string;
  readonly before: WayView;
  readonly after: WayView;
};

/** What other ladders would have made of what really was asked. Nothing was sent, nothing changed. */
export type WhatIf = {
  readonly from: string;
  readonly to: string;
  /** The last row of the ledger that it rests on. */
  readonly seq: number;
  readonly questions: number;
  readonly changed: number;
  readonly doubtful: number;
  readonly before: Totals;
  readonly after: Totals;
  /** What is otherwise first, each by its opening. */
  readonly items: readonly ComparedView[];
  /** Beyond the most that are listed. */
  readonly omitted: number;
};

export type WhatIfRefused = { readonly code: 'period' | 'tooMany' };

const pageRows = 5_000;
const mostListed = 200;
/** Questions between which others get their turn. */
const atATime = 50;
export const longestPeriodMs = 31 * 86_400_000;

type Gathering = { readonly key: string; readonly fold: ReturnType<typeof gatherStories>; seq: number };

const hopView = (world: World, iso: Iso, { at, notified, callers, ...hop }: Hop): HopView => {
  const named = (id: string): Named => ({ id, name: id.startsWith('l:') ? nameOf(world, id.slice(2)) : nameOf(world, id) });
  return { ...hop, at: iso(at), notified: notified.map(named), callers: callers.map(named) };
};

const wayView = (world: World, iso: Iso, { hops, verdict, endedAt, endedBy }: Way): WayView => ({
  hops: hops.map((hop) => hopView(world, iso, hop)),
  verdict,
  ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
  ...(endedBy === undefined ? {} : { endedBy: { id: endedBy, name: nameOf(world, endedBy) } }),
});

/**
 * Looks at the questions of a period by other ladders. What was read is kept for the next look at the same period, so that
 * trying one change after the other costs one reading; those who come together wait for each other.
 */
export const createWhatIf = (world: World, reader: LedgerReader, pause: () => Promise<void>) => {
  let kept: Gathering | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const readOn = async ({ fromAt, toAt }: Period): Promise<Gathering> => {
    const key = `${fromAt} ${toAt}`;
    const gathering = kept?.key === key ? kept : { key, fold: gatherStories({ fromAt, toAt }), seq: 0 };
    kept = gathering;
    const to = await reader.lastSeq();
    while (gathering.seq < to) {
      const page = await reader.rows(gathering.seq, Math.min(pageRows, to - gathering.seq));
      if (page.length === 0) break;
      for (const row of page) gathering.fold.take(row);
      gathering.seq = page.at(-1)!.seq;
    }
    return gathering;
  };

  const compare = async (policies: World['settings']['policies'], period: Period): Promise<WhatIf | WhatIfRefused> => {
    const { settings } = world;
    if (period.toAt <= period.fromAt || period.toAt - period.fromAt > longestPeriodMs) return { code: 'period' };
    const { fold, seq } = await readOn(period);
    const gathered = fold.gathered();
    if (gathered.isTooMany) return { code: 'tooMany' };
    const { directory: _d, policyOf: _p, isMassFailure: _m, isUnreached: _u, ...always } = contextOf(world);
    const otherwise: Policy = checkPolicy;
    const comparison = prepareComparison({
      period,
      gathered,
      before: settings.policies,
      after: policies,
      always,
      otherwise,
      nightOf: nightOf(settings),
      bundleWindowMs: settings.bundleWindowMs,
    });
    for (const [index, story] of comparison.stories.entries()) {
      comparison.take(story);
      if (index % atATime === atATime - 1) await pause();
    }
    const { compared, before, after, changed, doubtful } = comparison.result();
    const iso = isoIn(settings.timeZone);
    const listed = [...compared.filter(({ isChanged }) => isChanged), ...compared.filter(({ isChanged }) => !isChanged)].slice(
      0,
      mostListed,
    );
    return {
      from: iso(period.fromAt),
      to: iso(period.toAt),
      seq,
      questions: compared.length,
      changed,
      doubtful,
      before,
      after,
      items: listed.map((one): ComparedView => ({
        ...one,
        subject: { id: one.subject, name: nameOf(world, one.subject) },
        openedAt: iso(one.openedAt),
        before: wayView(world, iso, one.before),
        after: wayView(world, iso, one.after),
      })),
      omitted: compared.length - listed.length,
    };
  };

  return (policies: World['settings']['policies'], period: Period): Promise<WhatIf | WhatIfRefused> => {
    const mine = last.catch(() => {}).then(() => compare(policies, period));
    last = mine;
    return mine;
  };
};
