import { z } from 'zod';
import type { PoliciesDoor } from '../../src/app/set-up/policies-door.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import { Fault } from '../../src/ports/fault.ts';
import { limits } from './limits.ts';
import { parseQuery } from './query.ts';
import type { SetUpSection } from './set-up.ts';
import { createWindow } from '../bot/window.ts';

/** More ladders than any campaign has, and more steps than anybody could follow. */
const mostPolicies = 60;

/** Of a rehearsal; for more there is the command line. */
const mostDays = 7;

const Name = z.string().max(100);
const Words = z.record(z.string().max(100), z.json()).transform((read) => read as CampaignWords);
const draft = { policies: z.array(Words).max(mostPolicies), shipped: z.array(Name).max(mostPolicies).optional() };
const Instant = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));

const Draft = z.strictObject(draft);
const Trial = z.strictObject({ ...draft, from: Instant.optional(), to: Instant.optional() });
const Change = z.strictObject({ ...draft, version: z.number().int().min(0) });
const Rehearsal = z.strictObject({
  ...draft,
  days: z.number().int().min(1).max(mostDays),
  seed: z.number().int().min(0).max(1_000_000).default(1),
  silent: z.number().min(0).max(1).default(0.05),
});
const View = z.object({ post: z.string().max(200).optional() });

const asDraft = ({ policies, shipped }: z.output<typeof Draft>) => ({ policies, ...(shipped === undefined ? {} : { shipped }) });

/** Reading a ledger from its first row is work: nobody needs it more often by hand. */
const trialsPerWindow = 20;

/** Ladders: looked at, tried on what has been, changed. What is wrong with a draft is an answer, not an error. */
export const setUpPolicies =
  (door: PoliciesDoor, realNow: () => number = () => performance.now()): SetUpSection =>
  (room) => {
    const mayTry = createWindow({ of: 'trials', most: trialsPerWindow, windowMs: limits.windowMs, realNow }, room.sharedLimits);
    room.get('/policies', { config: { may: 'seeSetUp' } }, async (request, reply) =>
      reply.header('cache-control', 'no-store').send(await door.view(parseQuery(View, request.query).post)),
    );
    room.post('/policies/check', { config: { may: 'setUp' } }, async (request) => door.check(asDraft(parseQuery(Draft, request.body))));
    room.post('/policies/try', { config: { may: 'setUp' } }, async (request) => {
      await mayTry(request.access.personId ?? '');
      const { from, to, ...read } = parseQuery(Trial, request.body);
      if ((from === undefined) !== (to === undefined)) throw new Fault('ZG_BAD_QUERY', 'from, to: give both, or none for last night');
      return door.try(asDraft(read), from === undefined || to === undefined ? undefined : { fromAt: from, toAt: to });
    });
    room.post('/policies/rehearse', { config: { may: 'seeSetUp' } }, async (request, reply) => {
      await mayTry(request.access.personId ?? '');
      const { days, seed, silent, ...read } = parseQuery(Rehearsal, request.body);
      const ending = new AbortController();
      // whoever goes away waits for nothing any more
      reply.raw.on('close', () => ending.abort());
      return door.rehearse(asDraft(read), { days, seed, silent }, ending.signal);
    });
    room.post('/policies', { config: { may: 'setUp' } }, async (request) => {
      const { version, ...read } = parseQuery(Change, request.body);
      const { personId } = request.access;
      return door.apply(asDraft(read), version, { channel: 'api', ...(personId === undefined ? {} : { by: personId }) });
    });
  };
