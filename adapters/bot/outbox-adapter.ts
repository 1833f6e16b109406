import { type Activity, BotAdapter, type ConversationReference, type ResourceResponse, type TurnContext } from 'botbuilder';
import type { Notice } from '../../src/ports/notice.ts';
import { turnOf } from './turn.ts';

const noticeIn = (activity: Partial<Activity>): Notice => {
  const data: unknown = activity.channelData;
  if (typeof data === 'object' && data !== null && 'notice' in data) return data.notice as Notice;
  throw new Error(`an activity of type ${activity.type} carries no notice: it could not be told apart from a made-up one`);
};

/**
 * An adapter that never sends. What the bot says is collected and becomes part of the commit; the outbox says it to
 * the world afterwards, so that nothing is said of a decision that did not come about.
 */
export class OutboxAdapter extends BotAdapter {
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const { said } = turnOf(context);
    return activities.map((activity) => ({ id: String(said.push(noticeIn(activity))) }));
  }

  override async updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    return { id: String(turnOf(context).said.push({ ...noticeIn(activity), isUpdate: true })) };
  }

  override async deleteActivity(_context: TurnContext, _reference: Partial<ConversationReference>): Promise<void> {
    throw new Error('what was said stays said: a card is changed, never deleted');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('the bot speaks first through notices, not through a conversation of its own');
  }
}
