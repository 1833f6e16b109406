import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CampaignDesk, CampaignWish } from '../../src/app/set-up/campaign-desk.ts';
import { sightOf } from '../../src/domain/access/access.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import { maskPeople } from '../../src/domain/campaign-record/changed-members.ts';
import { Fault } from '../../src/ports/fault.ts';

const Words = z.record(z.string().max(100), z.json()).transform((read): CampaignWords => read as CampaignWords);

const Wish = z.union([z.object({ draft: Words }), z.object({ whole: Words })]);
const Wanted = z.intersection(Wish, z.object({ version: z.number().int().min(0), hash: z.string().max(100) }));

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Fault('ZG_BAD_CAMPAIGN', 'send { "draft": … } or { "whole": … }, to apply it with the version and the hash of its preview');
};

/** Numbers of people stand in it. */
const shownTo = ({ access }: FastifyRequest, words: CampaignWords): CampaignWords =>
  sightOf(access, 'seePhones') === 'all' ? words : maskPeople(words);

/** Looking at the campaign, trying a change of it and making it count. */
export const registerCampaignSetUp =
  (desk: CampaignDesk) =>
  (room: FastifyInstance): void => {
    room.get('/campaign', { config: { may: 'seeSetUp' } }, async (request) => {
      const view = await desk.view();
      return { ...view, shown: shownTo(request, view.shown) };
    });
    room.get('/campaign/file', { config: { may: 'seeSetUp' } }, async (request, reply) =>
      reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="campaign.json"')
        .header('cache-control', 'no-store')
        .send(`${JSON.stringify(shownTo(request, await desk.take(request.access.personId)), null, 2)}\n`),
    );
    room.post('/campaign/preview', { config: { may: 'setUp' } }, async (request) => desk.preview(parse<CampaignWish>(Wish, request.body)));
    room.post('/campaign', { config: { may: 'setUp' } }, async (request) =>
      desk.apply(parse(Wanted, request.body), request.access.personId),
    );
  };
