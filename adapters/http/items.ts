import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PostItem } from '../../src/app/items/intake/post-item.ts';
import type { ReadItems } from '../../src/app/items/records/read-items.ts';
import type { Access } from '../../src/domain/access/access.ts';
import { parseItem } from './new-item.ts';
import { BatchQuery, CountsQuery, ItemsQuery, parseQuery } from './query.ts';

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const saved = (reply: FastifyReply, name: string, type: string, bytes: Uint8Array): FastifyReply =>
  reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

export type ItemsDoor = ReadItems & { readonly post: PostItem };

/** As far as the caller's roles see. */
export type ItemsFor = (access: Access) => ItemsDoor;

/** Items, and the tables and packs that are taken away from them. */
export const registerItems = (api: FastifyInstance, itemsFor: ItemsFor): void => {
  api.get('/items', { config: { may: 'seeItems' } }, async (request) => {
    const { after, limit, open, ...filter } = parseQuery(ItemsQuery, request.query);
    return itemsFor(request.access).list({ ...filter, isOpen: open === 'true' }, { after, limit });
  });
  api.post('/items', { config: { may: 'addItem' } }, async (request, reply) => {
    const asked = parseItem(request.body);
    const { personId } = request.access;
    const items = itemsFor(request.access);
    const { id, isNew } = await items.post(asked, personId === undefined ? undefined : { personId, channel: 'api' });
    return reply.code(isNew ? 201 : 200).send({ ...(await items.one(id)), isNew });
  });
  api.get<{ Params: { id: string } }>('/items/:id', { config: { may: 'seeItems' } }, async (request) =>
    itemsFor(request.access).one(request.params.id),
  );
  api.get<{ Params: { id: string } }>('/items/:id/evidence', { config: { may: 'exportEvidence' } }, async (request, reply) =>
    saved(
      reply,
      `${request.params.id.replaceAll(/[^\w.-]/g, '_')}.zip`,
      'application/zip',
      await itemsFor(request.access).evidence(request.params.id),
    ),
  );
  api.get('/reports/items', { config: { may: 'seeItems' } }, async (request) =>
    itemsFor(request.access).counts(parseQuery(CountsQuery, request.query).by),
  );
  api.get('/reports/disclosure', { config: { may: 'exportItems' } }, async (request, reply) => {
    const { batch } = parseQuery(BatchQuery, request.query);
    return saved(reply, 'disclosure.xlsx', xlsx, await itemsFor(request.access).disclosure(batch));
  });
  api.get('/reports/item-ledger', { config: { may: 'exportItems' } }, async (request, reply) =>
    saved(reply, 'item-ledger.xlsx', xlsx, await itemsFor(request.access).itemLedger()),
  );
};
