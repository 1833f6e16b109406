import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../../src/domain/access/access.ts';
import { Fault } from '../../src/ports/fault.ts';
import { parseQuery, ViewerQuery } from './query.ts';
import type { Views } from './views.ts';

/** Who looks: whoever has signed in, in a demo whoever is said to. */
export const viewerOf = (request: FastifyRequest): string | undefined =>
  request.access.personId ?? parseQuery(ViewerQuery, request.query).as;

export const orMissing = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Fault('ZG_NO_SUCH_THING');
  return found;
};

/** One thing at a time, with what the one who looks may do about it. */
export const registerDetails = (api: FastifyInstance, viewsFor: (access: Access) => Pick<Views, 'obligation' | 'subject'>): void => {
  api.get<{ Params: { id: string } }>('/obligations/:id', { config: { may: 'seeObligations' } }, async (request) =>
    orMissing(await viewsFor(request.access).obligation(request.params.id, viewerOf(request))),
  );
  api.get<{ Params: { id: string } }>('/subjects/:id', { config: { may: 'seeObligations' } }, async (request) =>
    orMissing(await viewsFor(request.access).subject(request.params.id, viewerOf(request))),
  );
};
