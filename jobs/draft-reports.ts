import { createReportDrafting } from '../src/app/figures/draft-reports.ts';
import type { ReportMaker } from '../src/app/figures/report-in-chat.ts';
import type { World } from '../src/app/world.ts';

/** Each second on every instance, only as a poke: which report's time has come, the campaign's calendar says. */
export const draftReportsJob = (world: World, maker: ReportMaker) => ({
  name: 'draft-reports',
  cron: '* * * * * *',
  run: createReportDrafting(world, maker),
});
