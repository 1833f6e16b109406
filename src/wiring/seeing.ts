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
import { createRowsFor, createRowTest } from '../app/views/views-for.ts';
import type { World } from '../app/world.ts';
import type { Files } from '../ports/files.ts';

type SeeingParts = {
  readonly world: World;
  readonly board: Board;
  readonly feed: ReturnType<typeof createLedgerFeed>;
  readonly files: Pick<Files, 'get'>;
  readonly archiveFolder: string;
  readonly publicKeyPem: string;
  readonly sealNow: () => Promise<unknown>;
};

/** Items and rows of the ledger as each caller may see them. */
export const openSeeing = ({ world, board, feed, files, archiveFolder, publicKeyPem, sealNow }: SeeingParts) => {
  const { clock } = world;
  const iso = isoIn(world.settings.timeZone);
  const seeing = { loadDirectory: async () => world.directory, readItems: board.read, clock };
  const rowsFor = createRowsFor(seeing);
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
  const doors: Pick<ApiDeps, 'items' | 'follow'> = {
    items: (access) => ({ ...readItems(access), post }),
    follow: async (access) => {
      const sees = await createRowTest(() => rowsFor(access));
      return async function* follow(after, signal) {
        for await (const row of feed(after, signal)) if (await sees(row)) yield toLedgerRowView(row, iso);
      };
    },
  };
  return { seeing, rowsFor, doors };
};
