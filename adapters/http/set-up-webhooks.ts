import { z } from 'zod';
import type { WebhooksTestDoor } from '../../src/app/set-up/webhooks-door.ts';
import { Fault } from '../../src/ports/fault.ts';
import { parseQuery } from './query.ts';
import type { SetUpSection } from './set-up.ts';

const Test = z.strictObject({ name: z.string().min(1).max(100) });

/** One signed message to a system that hears of events; how each does is told by `/api/webhooks`. */
export const setUpWebhooks =
  (door: WebhooksTestDoor): SetUpSection =>
  (room) => {
    room.post('/webhooks/test', { config: { may: 'testChannel' } }, async (request, reply) => {
      const { name } = parseQuery(Test, request.body);
      const answer = await door.test(name, request.access.personId);
      if (answer.result === 'unknown') throw new Fault('ZG_NO_SUCH_THING', 'name');
      if (answer.result === 'tooOften') throw new Fault('ZG_TOO_OFTEN', `again in ${answer.retryAfterS} s`);
      return reply.header('cache-control', 'no-store').send(answer);
    });
  };
