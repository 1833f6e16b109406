import { ActivityHandler } from 'botbuilder';
import type { Decision } from '../../src/app/decision.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { toReply } from './activity.ts';
import { turnOf } from './turn.ts';

/** The one handler of all channels: what a message leads to is decided by the app, and said within the turn. */
export class ZaigangBot extends ActivityHandler {
  constructor(decide: (message: InboundMessage) => Promise<Decision>) {
    super();
    this.onMessage(async (context, next) => {
      const turn = turnOf(context);
      const decision = await decide(turn.message);
      turn.transition = decision.transition;
      for (const reply of decision.replies) await context.sendActivity(toReply(reply));
      await next();
    });
  }
}
