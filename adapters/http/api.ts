import type { FastifyInstance } from 'fastify';
import type { SheetDoor } from '../../src/app/roster/export-sheet.ts';
import type { Files } from '../../src/ports/files.ts';
import type { Log } from '../../src/ports/log.ts';
import { registerDetails } from './details.ts';
import { registerFiles } from './files.ts';
import { type ItemsDoor, registerItems, saved, xlsx } from './items.ts';
import { type HandoversDoor, registerHandovers } from './handovers.ts';
import { createLive, type FollowRows } from './live.ts';
import { LedgerQuery, ObligationsQuery, PageQuery, parseQuery, RosterQuery, SheetQuery } from './query.ts';
import { type ApiGuardDeps, createApiGuard, refuseUnruledRoutes } from './security.ts';
import type { Views } from './views.ts';

export type ApiDeps = ApiGuardDeps & {
  readonly views: Views;
  readonly follow: FollowRows;
  readonly files: Pick<Files, 'get'>;
  readonly items: ItemsDoor;
  readonly handovers: HandoversDoor;
  readonly sheets: Pick<SheetDoor, 'write'>;
  readonly log: Log;
};

/** Everything below `/api`; `openapi.ts` describes it, and a test compares the two. */
export const registerApi = (server: FastifyInstance, deps: ApiDeps): void => {
  const { views } = deps;
  const live = createLive(deps.follow, deps.log);
  server.register(
    async (api) => {
      refuseUnruledRoutes(api);
      api.addHook('onRequest', createApiGuard(deps));
      api.get('/people', { config: { may: 'seePeople' } }, async (request) => {
        const { after, limit } = parseQuery(PageQuery, request.query);
        return views.people({ after, limit });
      });
      api.get('/obligations', { config: { may: 'seeObligations' } }, async (request) => {
        const { after, limit, open } = parseQuery(ObligationsQuery, request.query);
        return views.obligations({ after, limit, isOpen: open === 'true' });
      });
      api.get('/requests', { config: { may: 'seeRequests' } }, async (request) => {
        const { after, limit, open } = parseQuery(ObligationsQuery, request.query);
        return views.requests({ after, limit, isOpen: open === 'true' });
      });
      api.get('/ledger', { config: { may: 'seeLedger' } }, async (request) => {
        const { after, limit, itemId, obligationId, subject, order } = parseQuery(LedgerQuery, request.query);
        const subjects = subject === undefined ? undefined : await views.subjectsOf(subject);
        return views.ledger({ after, limit, itemId, obligationId, subjects, isNewestFirst: order === 'newest' });
      });
      api.get('/roster', { config: { may: 'seeRoster' } }, async (request) => {
        const { after, limit, at } = parseQuery(RosterQuery, request.query);
        return views.roster({ after, limit, at });
      });
      for (const format of ['xlsx', 'pdf'] as const)
        api.get(`/roster/sheet.${format}`, { config: { may: 'exportRoster' } }, async (request, reply) => {
          const { personId } = request.access;
          const actor = personId === undefined ? {} : { actor: personId };
          const bytes = await deps.sheets.write(format, parseQuery(SheetQuery, request.query), { ...actor, channel: 'api' });
          return saved(reply, `duty.${format}`, format === 'pdf' ? 'application/pdf' : xlsx, bytes);
        });
      registerHandovers(api, deps.handovers);
      registerItems(api, deps.items);
      registerFiles(api, deps.files);
      registerDetails(api, views);
      api.get('/wall', { config: { may: 'seeWall' } }, () => views.wall());
      api.get('/live', { config: { may: 'seeLedger' } }, live.handle);
    },
    { prefix: '/api' },
  );
  server.addHook('preClose', async () => live.close());
};
