import type { FastifyInstance } from 'fastify';
import type { CloserLook } from '../../src/app/desk/closer-look.ts';
import { Fault } from '../../src/ports/fault.ts';
import { lookedKinds } from '../../src/ports/looked-kinds.ts';
import { orMissing, viewerOf } from './details.ts';
import { OffersQuery, parseQuery } from './query.ts';

type ById = { Params: { id: string } };

/** Shifts and changes of shift one at a time, and what may be done about whatever is looked at. */
export const registerCloserLook = (api: FastifyInstance, look: CloserLook): void => {
  api.get<ById>('/shifts/:id', { config: { may: 'seeRoster' } }, async ({ params, access }) =>
    orMissing(await look.shift(params.id, access)),
  );
  api.get<ById>('/handovers/:id', { config: { may: 'seeHandovers' } }, async ({ params, access }) =>
    orMissing(await look.handover(params.id, access)),
  );
  api.get<{ Params: { kind: string; id: string } }>('/desk/:kind/:id', { config: { may: 'seeObligations' } }, async (request) => {
    const { lang } = parseQuery(OffersQuery, request.query);
    const { kind: named, id } = request.params;
    const kind = lookedKinds.find((one) => one === named);
    if (kind === undefined) throw new Fault('ZG_NO_SUCH_THING');
    return { items: orMissing(await look.offers(kind, id, request.access, viewerOf(request), lang)) };
  });
};
