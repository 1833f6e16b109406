import type { FastifyInstance } from 'fastify';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { registerReportLinks, type FiguresRoutes } from '../../adapters/http/figures.ts';
import { writeReportPdf } from '../../adapters/paper/write-report-pdf.ts';
import { writeReportPicture } from '../../adapters/paper/write-report-picture.ts';
import { createAppealsDoor } from '../app/figures/appeals-door.ts';
import { createFiguresDoor } from '../app/figures/figures-door.ts';
import { createMissesDoor } from '../app/figures/misses-door.ts';
import { createTellPicture } from '../app/figures/picture-door.ts';
import { createReadFigures, type ReadFigures } from '../app/figures/read-figures.ts';
import { createReportDoor, type ReportDoor } from '../app/figures/report-door.ts';
import type { World } from '../app/world.ts';
import type { LedgerReader } from '../ports/ledger.ts';

export type OpenFigures = {
  readonly routes: FiguresRoutes;
  readonly reports: ReportDoor;
  readonly readFigures: ReadFigures;
  readonly door: (server: FastifyInstance) => void;
};

/** Figures and reports, over HTTP and in the chat. `secret`: of every instance of the service. */
export const openFigures = (world: World, ledger: LedgerReader, secret: Uint8Array): OpenFigures => {
  const readFigures = createReadFigures(world, ledger);
  const writers = { writePdf: writeReportPdf, writePicture: writeReportPicture, writeWorkbook };
  const reports = createReportDoor(world, { readFigures, ...writers, signer: createLinkSigner(secret) });
  return {
    routes: {
      ...createFiguresDoor(world, readFigures),
      report: reports.write,
      misses: createMissesDoor(world, readFigures),
      tellPicture: createTellPicture(world),
      appeals: createAppealsDoor(world, readFigures),
    },
    reports,
    readFigures,
    door: registerReportLinks(reports, () => performance.now()),
  };
};
