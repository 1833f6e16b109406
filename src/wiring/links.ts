import type { FastifyInstance } from 'fastify';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { writeFeed } from '../../adapters/calendar-feed/write-feed.ts';
import { writeDutySheetPdf } from '../../adapters/paper/write-pdf.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { registerLinks } from '../../adapters/http/links.ts';
import { createFeedDoor } from '../app/calendar/read-feed.ts';
import type { LinkMaker } from '../app/calendar/say-links.ts';
import { createSheetDoor, type SheetDoor } from '../app/roster/export-sheet.ts';
import { createRosterHistory } from '../app/roster/roster-history.ts';
import type { World } from '../app/world.ts';
import type { LedgerReader } from '../ports/ledger.ts';

export type Links = {
  readonly maker: LinkMaker;
  readonly sheets: SheetDoor;
  readonly door: (server: FastifyInstance) => void;
};

/** What opens by a link alone. `secret`: of every instance of the service; `baseUrl`: where people reach it, with `/`. */
export const openLinks = (world: World, ledger: LedgerReader, secret: Uint8Array, baseUrl: () => string): Links => {
  const signer = createLinkSigner(secret);
  const sheets = createSheetDoor(world, { writeWorkbook, writePdf: writeDutySheetPdf, signer });
  const feeds = createFeedDoor(world, { signer, write: writeFeed, history: createRosterHistory(ledger) });
  return { maker: { signer, baseUrl }, sheets, door: registerLinks({ feeds, sheets, realNow: () => performance.now() }) };
};
