import { hash, randomUUID } from 'node:crypto';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import type { ApiDeps } from '../../adapters/http/api.ts';
import { makeZip } from '../../adapters/zip/make-zip.ts';
import type { Board } from '../app/items/board.ts';
import { createPostItem } from '../app/items/intake/post-item.ts';
import { createReadItems } from '../app/items/records/read-items.ts';
import type { createLedgerFeed } from '../app/ledger/follow-ledger.ts';
import { toLedgerRowView } from '../app/ledger/view-ledger.ts';
import { isoIn } from '../app/views/view-page.ts';
import { createLiveTimeline } from '../app/views/live-timeline.ts';
import { createLiveWall } from '../app/views/live-wall.ts';
import { createWallFor } from '../app/views/live-wall-for.ts';
import { createSubjectBoard } from '../app/views/subject-board.ts';
import { createRowsFor, createRowTest, createViewsFor } from '../app/views/views-for.ts';
import { createViews } from '../app/views/views.ts';
import type { World } from '../app/world.ts';
import { nextRoundAt } from '../domain/contact/calendar.ts';
import { checkPolicy } from '../domain/escalation/policy.ts';
import type { Directory } from '../domain/organisation/directory.ts';
import type { Files } from '../ports/files.ts';
import type { LedgerReader } from '../ports/ledger.ts';

type SeeingParts = {
  readonly world: World;
  readonly ledger: LedgerReader;
  readonly loadDirectory: () => Promise<Directory>;
  readonly mode: 'demo' | 'production';
  /** Campaign seconds to a real second. */
  readonly scale: number;
  readonly pause: (ms: number) => Promise<void>;
  readonly board: Board;
  readonly feed: ReturnType<typeof createLedgerFeed>;
  readonly files: Pick<Files, 'get'>;
  readonly archiveFolder: string;
  readonly publicKeyPem: string;
  readonly sealNow: () => Promise<unknown>;
};

const realNow = (): number => performance.now();

/** The wall, items and rows of the ledger, as each caller may see them. */
export const openSeeing = (parts: SeeingParts): Pick<ApiDeps, 'views' | 'wallFor' | 'items' | 'follow'> => {
  const { world, ledger, loadDirectory, mode, scale, pause, board, feed, files, archiveFolder, publicKeyPem, sealNow } = parts;
  const { clock, log, settings, store } = world;
  const { timeZone } = settings;
  const iso = isoIn(timeZone);
  const policyOf = (name: string) => settings.policies[name] ?? checkPolicy;
  const upcoming = { policyOf, nextRoundAt: (now: number) => nextRoundAt(settings, now) };
  const shown = { campaignName: () => settings.name, mode, clockScale: scale, timeZone };
  const views = createViews({ store, ledger, loadDirectory, clock, realNow, ...upcoming, ...shown });
  const seeing = { loadDirectory, readItems: board.read, clock };
  const viewsFor = createViewsFor({ views, ...seeing });
  const timeline = createLiveTimeline({ ledger, loadDirectory, clock, realNow, log });
  const tiles = createSubjectBoard(store, ledger, timeline.hear);
  const followWall = createLiveWall({
    board: tiles,
    loadDirectory,
    clock,
    realNow,
    pause,
    iso,
    ...upcoming,
    rules: () => settings.policies,
    timeline,
    log,
  });
  const rowsFor = createRowsFor(seeing);
  const aboutCampaign = () => ({ campaign: settings.name, mode, clockScale: scale });
  const readItems = createReadItems({
    world,
    board,
    clock,
    files,
    makeZip,
    writeWorkbook,
    sealedArchive: async () => {
      await sealNow();
      return { archive: await openArchiveFiles(archiveFolder), publicKeyPem };
    },
    sha256: (bytes) => hash('sha256', bytes),
  });
  const post = createPostItem(world, () => randomUUID().slice(0, 8));
  return {
    views: viewsFor,
    wallFor: createWallFor({ aboutCampaign, followWall, timeline, rowsFor, loadDirectory, clock, realNow, iso }),
    items: (access) => ({ ...readItems(access), post }),
    follow: async (access) => {
      const sees = await createRowTest(() => rowsFor(access));
      return async function* follow(after, signal) {
        for await (const row of feed(after, signal)) if (await sees(row)) yield toLedgerRowView(row, iso);
      };
    },
  };
};
