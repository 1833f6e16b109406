import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppealsDoor } from '../../src/app/figures/appeals-door.ts';
import type { FiguresDoor, FiguresSight } from '../../src/app/figures/figures-door.ts';
import type { FiguresQuery as Asked } from '../../src/app/figures/figures-period.ts';
import type { MissesDoor } from '../../src/app/figures/misses-door.ts';
import type { TellPicture } from '../../src/app/figures/picture-door.ts';
import { pictureNames } from '../../src/domain/figures/picture-names.ts';
import type { ReportDoor } from '../../src/app/figures/report-door.ts';
import { may, sightOf } from '../../src/domain/access/access.ts';
import type { AccessAct } from '../../src/domain/access/rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { ReportFormat } from '../../src/ports/report.ts';
import { registerAppeals } from './appeals.ts';
import { saved, xlsx } from './items.ts';
import { limits } from './limits.ts';
import { FiguresQuery, MissesQuery, parseQuery } from './query.ts';
import { createLinkWindow } from '../bot/link-window.ts';

/** What the caller may see of the figures. Throws ZG_NOT_ALLOWED where that is nothing. */
const figuresSight = ({ access }: FastifyRequest, act: AccessAct): FiguresSight => {
  const units = sightOf(access, act);
  if (units === undefined) throw new Fault('ZG_NOT_ALLOWED');
  return { units, answers: may(access, 'seeLeague') ? 'ranked' : may(access, 'seeUnitAnswers') ? 'each' : 'own' };
};

const askedIn = (query: unknown) => {
  const { from, to, unit, lang, kind } = parseQuery(FiguresQuery, query);
  const asked: Asked = { from, to, unit: typeof unit === 'string' ? [unit] : unit };
  return { asked, language: lang, kind };
};

export const reportTypes: { readonly [format in ReportFormat]: string } = {
  xlsx,
  pdf: 'application/pdf',
  png: 'image/png',
  json: 'application/json; charset=utf-8',
};

export type FiguresRoutes = FiguresDoor & {
  readonly report: Pick<ReportDoor, 'write'>['write'];
  readonly tellPicture: TellPicture;
  readonly appeals: AppealsDoor;
  readonly misses: MissesDoor;
};

const Picture = z.strictObject({
  figure: z.enum(pictureNames),
  from: z.string().max(40),
  to: z.string().max(40),
  unit: z.string().min(1).max(200).optional(),
});

const takerOf = ({ access: { personId } }: FastifyRequest) => ({ channel: 'api', ...(personId === undefined ? {} : { actor: personId }) });

export const registerFigures = (api: FastifyInstance, figures: FiguresRoutes): void => {
  registerAppeals(api, figures.appeals);
  api.get('/figures', { config: { may: 'seeFigures' } }, async (request, reply) => {
    const { asked, language } = askedIn(request.query);
    const view = await figures.view(asked, figuresSight(request, 'seeFigures'), language);
    return reply.header('cache-control', 'no-store').send(view);
  });
  api.get('/figures/misses', { config: { may: 'seeAppeals' } }, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(await figures.misses(parseQuery(MissesQuery, request.query), request.access)),
  );
  for (const format of ['xlsx', 'pdf', 'png', 'json'] as const)
    api.get(`/reports/figures.${format}`, { config: { may: 'exportFigures' } }, async (request, reply) => {
      const { asked, kind } = askedIn(request.query);
      const bytes = await figures.report(format, kind, asked, figuresSight(request, 'exportFigures'), takerOf(request));
      return saved(reply, `report.${format}`, reportTypes[format], bytes);
    });
  api.post('/figures/pictures', { config: { may: 'exportFigures', tellsItself: true } }, async (request) => {
    const { figure, from, to, unit } = parseQuery(Picture, request.body);
    const asked: Asked = { from, to, unit: unit === undefined ? [] : [unit] };
    await figures.tellPicture(figure, asked, figuresSight(request, 'exportFigures'), takerOf(request));
    return { figure };
  });
};

/** Reports behind links that the chat gave, without signing in. A wrong link and one that has expired are told alike. */
export const registerReportLinks =
  (reports: Pick<ReportDoor, 'open'>, realNow: () => number) =>
  (server: FastifyInstance): void => {
    const window = createLinkWindow(
      { of: 'reports', most: limits.linksPerWindow, windowMs: limits.linksWindowMs, realNow },
      server.sharedLimits,
    );
    server.get<{ Params: { file: string } }>('/report/:file', async (request, reply) => {
      await window.opens(request.params.file);
      const found = await reports.open(request.params.file);
      if (!found) {
        await window.misses(request.ip);
        throw new Fault('ZG_NO_SUCH_LINK');
      }
      return saved(reply, `report.${found.format}`, reportTypes[found.format], found.bytes);
    });
  };
