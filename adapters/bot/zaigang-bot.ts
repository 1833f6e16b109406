import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { Decision } from '../../src/app/decision.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { toReply } from './activity.ts';
import { turnOf } from './turn.ts';

/** The one handler of all channels: what a message leads to is decided by the app, and said within the turn. */
export class ZaigangBot extends ActivityHandler {
  private readonly decide: (message: InboundMessage) => Promise<Decision>;

  constructor(decide: (message: InboundMessage) => Promise<Decision>) {
    super();
    this.decide = decide;
  }

  /** Without the layers of promises that the base classes put around each turn. */
  override run(context: TurnContext): Promise<void> {
    return this.onTurnActivity(context);
  }

  /** Straight to the message: the layers of handlers in between, none of which is registered, cost more than the rest of the turn. */
  protected override onTurnActivity(context: TurnContext): Promise<void> {
    return context.activity.type === 'message' ? this.onMessageActivity(context) : super.onTurnActivity(context);
  }

  /** Overridden rather than registered with `onMessage`: the chain of registered handlers costs more than the rest of the turn. */
  protected override async onMessageActivity(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { transition, replies } = await this.decide(turn.message);
    turn.transition = transition;
    // straight to the adapter: in between lie handlers, of which there are none, and a copy of each activity
    if (replies.length > 0) await context.adapter.sendActivities(context, replies.map(toReply));
  }
}
