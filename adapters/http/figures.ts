import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FiguresDoor, FiguresSight } from '../../src/app/figures/figures-door.ts';
import type { FiguresQuery as Asked } from '../../src/app/figures/figures-period.ts';
import { may, sightOf } from '../../src/domain/access/access.ts';
import type { AccessAct } from '../../src/domain/access/rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import { FiguresQuery, parseQuery } from './query.ts';

/** What the caller may see of the figures. Throws ZG_NOT_ALLOWED where that is nothing. */
const figuresSight = ({ access }: FastifyRequest, act: AccessAct): FiguresSight => {
  const units = sightOf(access, act);
  if (units === undefined) throw new Fault('ZG_NOT_ALLOWED');
  return { units, seesLeague: may(access, 'seeLeague') };
};

const askedIn = (query: unknown): { readonly asked: Asked; readonly language: 'zh-CN' | 'en' } => {
  const { from, to, unit, lang } = parseQuery(FiguresQuery, query);
  return { asked: { from, to, unit: typeof unit === 'string' ? [unit] : unit }, language: lang };
};

export const registerFigures = (api: FastifyInstance, figures: FiguresDoor): void => {
  api.get('/figures', { config: { may: 'seeFigures' } }, async (request, reply) => {
    const { asked, language } = askedIn(request.query);
    const view = await figures.view(asked, figuresSight(request, 'seeFigures'), language);
    return reply.header('cache-control', 'no-store').send(view);
  });
};
