import type { FastifyInstance } from 'fastify';
import type { HandoversAnswer, HandoversAsked, HandoverView } from '../../src/app/handover/view-handovers.ts';
import type { Page, PageQuery } from '../../src/app/views/view-page.ts';
import type { Access } from '../../src/domain/access/access.ts';
import { Fault } from '../../src/ports/fault.ts';
import { saved, xlsx } from './items.ts';
import { HandoversQuery, parseQuery } from './query.ts';

export type HandoversAct = 'seeHandovers' | 'exportHandovers';

/** The log of handovers, as the app gives it. */
export type HandoversDoor = {
  /** Those of posts that the caller may see, or take away, as `act` says. */
  read(asked: HandoversAsked, access: Access, act: HandoversAct): Promise<HandoversAnswer>;
  page(items: readonly HandoverView[], query: PageQuery): Page<HandoverView>;
  /** An .xlsx file. */
  workbook(items: readonly HandoverView[]): Promise<Uint8Array>;
};

const askedIn = (query: unknown): { readonly asked: HandoversAsked; readonly page: PageQuery } => {
  const { after, limit, post, from, to } = parseQuery(HandoversQuery, query);
  const asked = {
    ...(post === undefined ? {} : { post }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return { asked, page: { after, limit } };
};

export const registerHandovers = (api: FastifyInstance, handovers: HandoversDoor): void => {
  const read = async (asked: HandoversAsked, access: Access, act: HandoversAct): Promise<readonly HandoverView[]> => {
    const answer = await handovers.read(asked, access, act);
    if (!answer.ok) throw new Fault('ZG_BAD_QUERY', `post: no post and no unit is called ${answer.post}`);
    return answer.items;
  };
  api.get('/handovers', { config: { may: 'seeHandovers' } }, async (request) => {
    const { asked, page } = askedIn(request.query);
    return handovers.page(await read(asked, request.access, 'seeHandovers'), page);
  });
  api.get('/reports/handovers', { config: { may: 'exportHandovers' } }, async (request, reply) =>
    saved(
      reply,
      'handovers.xlsx',
      xlsx,
      await handovers.workbook(await read(askedIn(request.query).asked, request.access, 'exportHandovers')),
    ),
  );
};
