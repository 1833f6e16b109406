import { z } from 'zod';
import type { ChannelsDoor } from '../../src/app/set-up/channels-door.ts';
import { Fault } from '../../src/ports/fault.ts';
import { parseQuery } from './query.ts';
import type { SetUpSection } from './set-up.ts';

const Test = z.strictObject({ channel: z.string().min(1).max(100), personId: z.string().min(1).max(200).optional() });

/** Channels: how each does, what its configuration lacks, and one message through it. */
export const setUpChannels =
  (door: ChannelsDoor): SetUpSection =>
  (room) => {
    room.get('/channels', { config: { may: 'seeSetUp' } }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send(await door.view()),
    );
    room.post('/channels/test', { config: { may: 'testChannel' } }, async (request, reply) => {
      const { personId: actor } = request.access;
      const { channel, personId = actor } = parseQuery(Test, request.body);
      // a demo that nobody has signed in to has no "me"
      if (personId === undefined) throw new Fault('ZG_BAD_QUERY', 'personId: missing; nobody is signed in here');
      const answer = await door.test({ channel, personId, ...(actor === undefined ? {} : { actor }) });
      if (answer.result === 'unknown') throw new Fault('ZG_NO_SUCH_THING', answer.what);
      if (answer.result === 'tooOften') throw new Fault('ZG_TOO_OFTEN', `again in ${answer.retryAfterS} s`);
      return reply.header('cache-control', 'no-store').send(answer);
    });
  };
