import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import type { InboundMessage } from '../../src/ports/inbox.ts';

export const channelName = 'teams';

export const isGroupChat = ({ conversation }: Activity): boolean =>
  conversation.isGroup || ['groupChat', 'channel'].includes(conversation.conversationType ?? '');

const textOf = (activity: Activity): string | undefined => {
  if (typeof activity.text !== 'string') return undefined;
  // in a group the bot is only told what mentions it, and the mention is not part of what was said
  return TurnContext.removeRecipientMention({ ...activity }).trim();
};

/** `Action.Execute` wraps what the button carries. */
const valueOf = (activity: Activity): unknown => {
  const value: unknown = activity.value;
  if (activity.type !== 'invoke' || typeof value !== 'object' || value === null || !('action' in value)) return value;
  const { action } = value;
  return typeof action === 'object' && action !== null && 'data' in action ? action.data : undefined;
};

/** A verified activity as the bot takes it. */
export const readActivity = (activity: Activity, personId: string, receivedAt: number): InboundMessage => {
  const text = textOf(activity);
  const value = valueOf(activity);
  return {
    id: `${activity.conversation.id}/${activity.id ?? randomUUID()}`,
    channel: channelName,
    conversation: activity.conversation.id,
    isGroup: isGroupChat(activity),
    from: personId,
    receivedAt,
    ...(text === undefined ? {} : { text }),
    ...(value === undefined || value === null ? {} : { value }),
    ...(activity.locale ? { locale: activity.locale } : {}),
    reference: TurnContext.getConversationReference(activity),
  };
};
