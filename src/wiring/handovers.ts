import type { HandoversDoor } from '../../adapters/http/handovers.ts';
import { handoverSheet, pageOfHandovers, viewHandovers } from '../app/handover/view-handovers.ts';
import { isoIn } from '../app/views/view-page.ts';
import type { World } from '../app/world.ts';
import type { WriteWorkbook } from '../ports/write-workbook.ts';

/** The log of handovers over HTTP. */
export const handoversDoor = (world: World, writeWorkbook: WriteWorkbook): HandoversDoor => {
  const { store, settings, clock } = world;
  const deps = { store, settings, now: clock.now, loadDirectory: async () => world.directory, iso: isoIn(settings.timeZone) };
  return {
    read: (asked) => viewHandovers(deps, asked),
    page: pageOfHandovers,
    workbook: (items) => writeWorkbook([handoverSheet(items, settings.name)]),
  };
};
