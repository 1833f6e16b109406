import { foldFigures, type Figures, type FiguresFold } from '../../domain/figures/fold-figures.ts';
import type { Miss } from '../../domain/figures/keep-misses.ts';
import type { FiguresContext } from '../../domain/figures/period.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import { rosterRulesOf } from '../roster/import-roster.ts';
import type { World } from '../world.ts';
import type { FiguresAsk } from './figures-period.ts';

/** Figures, and the last row of the ledger that they rest on: the same rows give the same figures. */
export type FiguresRead = {
  readonly figures: Figures;
  readonly seq: number;
  /** What counts against one body, the newest first. */
  readonly missesOf: (bodyId: string) => readonly Miss[];
};

const told = ({ fold, seq }: Pick<Kept, 'fold' | 'seq'>, now: number): FiguresRead => ({
  figures: fold.figures(now),
  seq,
  missesOf: (bodyId) => fold.misses(bodyId, now),
});

/** `until`: figures as they were said before, from the same rows and up to the same instant. */
export type ReadFigures = (ask: FiguresAsk, until?: { readonly seq: number; readonly now: number }) => Promise<FiguresRead>;

/** Rows in one read: between two of them everything else goes on. */
const pageRows = 5_000;
/** Periods that are kept up with, so that asking again reads only what has come since. */
const mostKept = 6;

type Kept = { readonly fold: FiguresFold; seq: number; reading: Promise<void> };

const contextOf = ({ settings }: Pick<World, 'settings'>, unitIds: readonly string[]): FiguresContext => ({
  timeZone: settings.timeZone,
  table: rosterRulesOf(settings).table,
  campaign: { fromAt: settings.fromAt, toAt: settings.toAt },
  handoverWindowMs: settings.handover.windowMs,
  isWanted: (bodyId) => unitIds.length === 0 || unitIds.includes(bodyId),
});

/** The same period is another one where the campaign says so: whoever asks again would else hear what held before. */
const keyOf = ({ settings }: Pick<World, 'settings'>, { fromAt, toAt, unitIds }: FiguresAsk): string => {
  const { timeZone, fromAt: beginsAt, toAt: endsAt, handover, holidays, makeUpWorkdays } = settings;
  return JSON.stringify([fromAt, toAt, unitIds, timeZone, beginsAt, endsAt, handover.windowMs, holidays, makeUpWorkdays]);
};

/** Reads the ledger from its first row; the same period asked for again goes on where it was. */
export const createReadFigures = (world: Pick<World, 'settings' | 'clock'>, reader: LedgerReader): ReadFigures => {
  const keptFolds = new Map<string, Kept>();

  const begin = (ask: FiguresAsk): Kept => ({ fold: foldFigures(contextOf(world, ask.unitIds), ask), seq: 0, reading: Promise.resolve() });

  const readOn = async (kept: Kept, to: number): Promise<void> => {
    while (kept.seq < to) {
      const page = await reader.rows(kept.seq, Math.min(pageRows, to - kept.seq));
      if (page.length === 0) return;
      for (const row of page) kept.fold.take(row);
      kept.seq = page.at(-1)!.seq;
    }
  };

  const keptFor = (ask: FiguresAsk): Kept => {
    const key = keyOf(world, ask);
    const kept = keptFolds.get(key) ?? begin(ask);
    keptFolds.delete(key);
    keptFolds.set(key, kept);
    if (keptFolds.size > mostKept) keptFolds.delete(keptFolds.keys().next().value!);
    return kept;
  };

  return async (ask, until) => {
    if (until !== undefined) {
      const once = begin(ask);
      await readOn(once, until.seq);
      return told(once, until.now);
    }
    const kept = keptFor(ask);
    // one after the other: whoever comes meanwhile waits, and reads on from there
    const mine = kept.reading.catch(() => {}).then(async () => readOn(kept, await reader.lastSeq()));
    kept.reading = mine;
    await mine;
    return told(kept, world.clock.now());
  };
};
