import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, sightOf } from '../../src/domain/access/access.ts';
import type { ChannelsView } from '../../src/app/views/view-channels.ts';
import type { CloserLook } from '../../src/app/desk/closer-look.ts';
import type { SheetDoor } from '../../src/app/roster/export-sheet.ts';
import type { Files } from '../../src/ports/files.ts';
import type { Log } from '../../src/ports/log.ts';
import { type ApiGuardDeps, createApiGuard, refuseUnruledRoutes } from './api-guard.ts';
import { registerCloserLook } from './closer-look.ts';
import { registerDetails } from './details.ts';
import { type FiguresRoutes, registerFigures } from './figures.ts';
import { registerFiles } from './files.ts';
import { type ItemsFor, registerItems, saved, xlsx } from './items.ts';
import { type HandoversDoor, registerHandovers } from './handovers.ts';
import { createLive, type LiveDeps } from './live.ts';
import { LedgerQuery, ObligationsQuery, PageQuery, parseQuery, RosterQuery, SheetQuery } from './query.ts';
import { registerSetUp, type SetUpSection } from './set-up.ts';
import { registerSession, type SessionDeps } from './session.ts';
import { registerSignIn } from './sign-in.ts';
import type { Views } from './views.ts';
import { registerWebhooks, type WebhooksDoor } from './webhooks.ts';

export type ApiDeps = Omit<ApiGuardDeps, 'session'> & {
  /** Without it nobody signs in on the page; tokens hold all the same. */
  readonly session?: SessionDeps;
  /** Views, rows and items hold what they tell to what the caller's roles see. */
  readonly views: (access: Access) => Views;
  readonly follow: LiveDeps['followFor'];
  readonly wallFor: LiveDeps['wallFor'];
  readonly files: Pick<Files, 'get'>;
  readonly items: ItemsFor;
  readonly handovers: HandoversDoor;
  readonly closerLook: CloserLook;
  readonly channels: () => Promise<ChannelsView>;
  /** Without it, nobody outside hears of events. */
  readonly webhooks?: WebhooksDoor;
  readonly figures: FiguresRoutes;
  readonly sheets: Pick<SheetDoor, 'write'>;
  /** Sections of setting up, each with its own routes. */
  readonly setUp?: readonly SetUpSection[];
  readonly log: Log;
};

/** Everything below `/api`; `openapi.ts` describes it, and a test compares the two. */
export const registerApi = (server: FastifyInstance, deps: ApiDeps): void => {
  const { guard, stillMay, recordExport } = createApiGuard(deps);
  const live = createLive({ followFor: deps.follow, wallFor: deps.wallFor, log: deps.log, stillMay });
  const viewsOf = ({ access }: FastifyRequest): Views => deps.views(access);
  if (deps.session) registerSignIn(server, deps.session);
  server.register(
    async (api) => {
      refuseUnruledRoutes(api);
      api.addHook('onRequest', guard);
      api.addHook('onSend', async (request, reply) => recordExport(request, reply));
      if (deps.session) registerSession(api, deps.session);
      api.get('/people', { config: { may: 'seePeople' } }, async (request) => {
        const { after, limit } = parseQuery(PageQuery, request.query);
        return viewsOf(request).people({ after, limit });
      });
      api.get('/obligations', { config: { may: 'seeObligations' } }, async (request) => {
        const { after, limit, open } = parseQuery(ObligationsQuery, request.query);
        return viewsOf(request).obligations({ after, limit, isOpen: open === 'true' });
      });
      api.get('/requests', { config: { may: 'seeRequests' } }, async (request) => {
        const { after, limit, open } = parseQuery(ObligationsQuery, request.query);
        return viewsOf(request).requests({ after, limit, isOpen: open === 'true' });
      });
      api.get('/ledger', { config: { may: 'seeLedger' } }, async (request) => {
        const { after, limit, itemId, obligationId, subject, from: fromAt, to: toAt, order } = parseQuery(LedgerQuery, request.query);
        const subjects = subject === undefined ? undefined : await viewsOf(request).subjectsOf(subject);
        return viewsOf(request).ledger({ after, limit, itemId, obligationId, subjects, fromAt, toAt, isNewestFirst: order === 'newest' });
      });
      api.get('/roster', { config: { may: 'seeRoster' } }, async (request) => {
        const { after, limit, at } = parseQuery(RosterQuery, request.query);
        return viewsOf(request).roster({ after, limit, at });
      });
      for (const format of ['xlsx', 'pdf'] as const)
        api.get(`/roster/sheet.${format}`, { config: { may: 'exportRoster', tellsItself: true } }, async (request, reply) => {
          const { personId } = request.access;
          const actor = personId === undefined ? {} : { actor: personId };
          const sight = sightOf(request.access, 'exportRoster') ?? new Set<string>();
          const bytes = await deps.sheets.write(format, parseQuery(SheetQuery, request.query), { ...actor, channel: 'api' }, sight);
          return saved(reply, `duty.${format}`, format === 'pdf' ? 'application/pdf' : xlsx, bytes);
        });
      api.get('/channels', { config: { may: 'seeChannels' } }, () => deps.channels());
      registerWebhooks(api, deps.webhooks ?? (async () => ({ items: [] })));
      registerHandovers(api, deps.handovers);
      registerItems(api, deps.items);
      registerFigures(api, deps.figures);
      registerFiles(api, deps.files, deps.items);
      registerDetails(api, deps.views);
      registerCloserLook(api, deps.closerLook);
      registerSetUp(api, deps.setUp ?? []);
      api.get('/wall', { config: { may: 'seeWall' } }, (request) => viewsOf(request).wall());
      api.get('/live', { config: { may: 'seeLedger' } }, live.ledger);
      api.get('/wall/live', { config: { may: 'seeWall' } }, live.wall);
    },
    { prefix: '/api' },
  );
  server.addHook('preClose', async () => live.close());
};
