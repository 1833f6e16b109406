import { createFiguresDoor, type FiguresDoor } from '../app/figures/figures-door.ts';
import { createReadFigures } from '../app/figures/read-figures.ts';
import type { World } from '../app/world.ts';
import type { LedgerReader } from '../ports/ledger.ts';

/** Figures and reports, over HTTP and in the chat. */
export const openFigures = (world: World, ledger: LedgerReader): { readonly door: FiguresDoor } => {
  const read = createReadFigures(world, ledger);
  return { door: createFiguresDoor(world, read) };
};
