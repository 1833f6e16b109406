import type { HandoversDoor } from '../../adapters/http/handovers.ts';
import { handoverSheet, pageOfHandovers, viewHandovers } from '../app/handover/view-handovers.ts';
import { isoIn } from '../app/views/view-page.ts';
import { lookingFor, seesSubject } from '../domain/access/in-sight.ts';
import type { World } from '../app/world.ts';
import type { WriteWorkbook } from '../ports/write-workbook.ts';

/** The log of handovers over HTTP. */
export const handoversDoor = (world: World, writeWorkbook: WriteWorkbook): HandoversDoor => {
  const { store, settings, clock } = world;
  const deps = { store, settings, now: clock.now, loadDirectory: async () => world.directory, iso: isoIn(settings.timeZone) };
  return {
    read: async (asked, access, act) => {
      const answer = await viewHandovers(deps, asked);
      if (!answer.ok) return answer;
      const looking = lookingFor(access, act, world.directory, clock.now());
      return { ...answer, items: answer.items.filter(({ postId }) => seesSubject(looking, postId)) };
    },
    page: pageOfHandovers,
    workbook: (items) => writeWorkbook([handoverSheet(items, settings.name)]),
  };
};
