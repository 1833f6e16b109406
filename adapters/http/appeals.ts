import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppealsDoor } from '../../src/app/figures/appeals-door.ts';
import { Fault } from '../../src/ports/fault.ts';
import { AppealsQuery, parseQuery } from './query.ts';

const reason = z.string().trim().min(1).max(500);
const NewAppeal = z.strictObject({ obligationId: z.string().trim().min(1).max(300), reason });
const Rejection = z.strictObject({ reason });
const Nothing = z.strictObject({}).nullish();

/** Throws ZG_BAD_APPEAL naming the field. */
const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new Fault('ZG_BAD_APPEAL', field === '' ? issue?.message : `${field}: ${issue?.message}`);
};

type Named = { Params: { id: string } };

/** Appeals against checks: seen by those whom they concern, brought and taken back by units, decided by the office. */
export const registerAppeals = (api: FastifyInstance, appeals: AppealsDoor): void => {
  api.get('/appeals', { config: { may: 'seeAppeals' } }, async (request) => {
    const { after, limit, status, unit, order } = parseQuery(AppealsQuery, request.query);
    return appeals.list({ after, limit, status, unit, order }, request.access);
  });
  api.post('/appeals', { config: { may: 'appeal' } }, async (request, reply) => {
    const { appeal, isNew } = await appeals.ask(parse(NewAppeal, request.body), request.access);
    return reply.code(isNew ? 201 : 200).send({ ...appeal, isNew });
  });
  api.post<Named>('/appeals/:id/uphold', { config: { may: 'decideAppeal' } }, async (request) => {
    parse(Nothing, request.body);
    return appeals.decide(request.params.id, { verdict: 'upheld', reason: '' }, request.access);
  });
  api.post<Named>('/appeals/:id/withdraw', { config: { may: 'appeal' } }, async (request) => {
    parse(Nothing, request.body);
    return appeals.withdraw(request.params.id, request.access);
  });
  api.post<Named>('/appeals/:id/reject', { config: { may: 'decideAppeal' } }, async (request) => {
    const said = parse(Rejection, request.body);
    return appeals.decide(request.params.id, { verdict: 'rejected', reason: said.reason }, request.access);
  });
};
