import type { PictureName } from '../../domain/figures/picture-names.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { refreshWorld, type World } from '../world.ts';
import { type FiguresSight, withinSight } from './figures-door.ts';
import { askFigures, type FiguresQuery } from './figures-period.ts';
import type { ReportTaker } from './report-door.ts';

/** Rejects with ZG_BAD_QUERY. */
export type TellPicture = (picture: PictureName, query: FiguresQuery, sight: FiguresSight, taker: ReportTaker) => Promise<void>;

/** A chart is drawn and saved by the browser alone: its row in the ledger is written before that, and is all that tells of it. */
export const createTellPicture =
  (world: World): TellPicture =>
  async (picture, query, sight, { actor, channel }) => {
    await refreshWorld(world);
    const { fromAt, toAt, unitIds } = withinSight(askFigures(world, query), sight);
    const event: LedgerEvent = {
      at: world.clock.now(),
      event: 'FiguresExported',
      channel,
      data: { format: 'png', kind: 'picture', figure: picture, from: fromAt, to: toAt, units: unitIds },
      ...(actor === undefined ? {} : { actor }),
    };
    await world.store.append([event]);
  };
