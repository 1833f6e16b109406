import { type Access, isInSight, sightOf } from '../../domain/access/access.ts';
import type { AppealStatus } from '../../domain/figures/appeal.ts';
import type { CheckCategory } from '../../domain/figures/check-category.ts';
import { settledKeptMs } from '../../domain/figures/fold-checks.ts';
import { mostMisses } from '../../domain/figures/keep-misses.ts';
import { Fault } from '../../ports/fault.ts';
import { nameUnit } from '../items/view-items.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { nameSubject } from '../views/view-obligations.ts';
import { isoIn } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';
import { withinSight } from './figures-door.ts';
import { askFigures } from './figures-period.ts';
import type { ReadFigures } from './read-figures.ts';

/** What a unit's share of answers rests on: each check that counts against it, the newest first. Instants are ISO 8601. */
export type MissesView = {
  readonly unitId: string;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  /** The last row of the ledger that they rest on. */
  readonly seq: number;
  readonly items: readonly {
    readonly obligationId: string;
    readonly subject: string;
    readonly subjectName: string;
    readonly openedAt: string;
    readonly category: CheckCategory;
    /** A channel reported delivery, or a telephone rang. */
    readonly isDelivered: boolean;
    /** Null where nobody has appealed. */
    readonly appeal: AppealStatus | null;
    /** Until then the unit may appeal. */
    readonly appealUntil: string;
  }[];
  /** Older ones stand in the ledger alone. */
  readonly isCut: boolean;
};

export type MissesQuery = { readonly unit: string; readonly from?: string | undefined; readonly to?: string | undefined };

/** Rejects with ZG_BAD_QUERY, and with ZG_NO_SUCH_THING where the unit is out of sight. */
export type MissesDoor = (query: MissesQuery, access: Access) => Promise<MissesView>;

export const createMissesDoor =
  (world: World, read: ReadFigures): MissesDoor =>
  async ({ unit, ...period }, access) => {
    await refreshWorld(world);
    const { directory, settings } = world;
    const { unitIds, ...ask } = askFigures(world, { ...period, unit: [unit] });
    const units = sightOf(access, 'seeAppeals');
    const unitId = unitIds[0]!;
    if (units === undefined || !isInSight(units, unitId)) throw new Fault('ZG_NO_SUCH_THING');
    // the same figures that the page has just shown, so that nothing is read twice
    const { missesOf, seq } = await read(withinSight({ ...ask, unitIds: [] }, { units, answers: 'own' }));
    const appeals = new Map((await scanAll(world.store, 'appeal')).map(({ checkId, status }) => [checkId, status]));
    const iso = isoIn(settings.timeZone);
    const misses = missesOf(unitId);
    const items = misses.map(({ obligationId, subject, openedAt, category, isDelivered }) => ({
      obligationId,
      subject,
      subjectName: nameSubject(directory, subject),
      openedAt: iso(openedAt),
      category,
      isDelivered,
      appeal: appeals.get(obligationId) ?? null,
      appealUntil: iso(openedAt + settledKeptMs),
    }));
    const [from, to] = [iso(ask.fromAt), iso(ask.toAt)];
    return { unitId, unit: nameUnit(directory, unitId), from, to, seq, items, isCut: misses.length >= mostMisses };
  };
