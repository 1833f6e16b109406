import { isInSight, type Sight } from '../../domain/access/access.ts';
import { isoIn } from '../views/view-page.ts';
import { refreshWorld, type World } from '../world.ts';
import { askFigures, type FiguresAsk, type FiguresQuery } from './figures-period.ts';
import type { FiguresRead, ReadFigures } from './read-figures.ts';
import { viewFigures, type FiguresView } from './view-figures.ts';

/** What whoever asks may see: of which units, and of how units answered their rank, each without one, or their own alone. */
export type FiguresSight = { readonly units: Sight; readonly answers: 'ranked' | 'each' | 'own' };

export type Language = 'zh-CN' | 'en';

export type FiguresDoor = {
  /** Rejects with ZG_BAD_QUERY, and with ZG_NOT_ALLOWED by asking for a unit out of sight. */
  readonly view: (query: FiguresQuery, sight: FiguresSight, language: Language) => Promise<FiguresView>;
};

/** Whoever sees some units asks for these, however much they ask for. */
export const withinSight = (ask: FiguresAsk, { units }: FiguresSight): FiguresAsk => {
  if (units === 'all') return ask;
  const asked = ask.unitIds.length === 0 ? [...units].toSorted() : ask.unitIds.filter((id) => isInSight(units, id));
  return { ...ask, unitIds: asked.length === 0 ? ['-'] : asked };
};

/** How units compare is the office's: others see how they themselves stand, or each as the directory lists it, and all together. */
const withoutLeague = (view: FiguresView, { units, answers }: FiguresSight): FiguresView => {
  if (answers === 'ranked') return view;
  const places = new Map(view.units.map(({ unitId }, place) => [unitId, place]));
  const placeOf = ({ unitId }: { readonly unitId: string }): number => places.get(unitId) ?? places.size;
  const rows = view.league.rows
    .filter(({ unitId }) => answers === 'each' || (units !== 'all' && units.has(unitId)))
    .map((row) => ({ ...row, rank: null }))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  return { ...view, league: { ...view.league, rows } };
};

export const toFiguresView = (world: World, { figures, seq }: FiguresRead, sight: FiguresSight, language: Language): FiguresView => {
  const { directory, settings } = world;
  const context = { directory, iso: isoIn(settings.timeZone), kinds: settings.kinds, language, sight: sight.units };
  return withoutLeague(viewFigures(figures, seq, context), sight);
};

export const createFiguresDoor = (world: World, read: ReadFigures): FiguresDoor => ({
  view: async (query, sight, language) => {
    await refreshWorld(world);
    return toFiguresView(world, await read(withinSight(askFigures(world, query), sight)), sight, language);
  },
});
