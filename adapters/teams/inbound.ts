import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { InboundMessage } from '../../src/ports/inbox.ts';

export const channelName = 'teams';

export const isGroupChat = ({ conversation }: Activity): boolean =>
  conversation.isGroup || ['groupChat', 'channel'].includes(conversation.conversationType ?? '');

/** Entities come in many shapes, and only this one matters here. */
const Mention = z.object({ type: z.string().regex(/^mention$/i), mentioned: z.object({ id: z.string() }), text: z.string().min(1) });

/** What was said, without the mention of the bot: in a group it is only told what mentions it. */
export const textOf = ({ text, entities, recipient }: Partial<Activity>): string | undefined => {
  if (typeof text !== 'string') return undefined;
  const all: readonly unknown[] = Array.isArray(entities) ? entities : [];
  const mentions = all.flatMap((entity) => Mention.safeParse(entity).data ?? []);
  return mentions
    .reduce((left, mention) => (mention.mentioned.id === recipient?.id ? left.replaceAll(mention.text, '') : left), text)
    .trim();
};

/** Files have an address, or are Teams' own description of one; the rest is what was typed, once more, as HTML. */
export const hasFiles = ({ attachments }: Partial<Activity>): boolean =>
  Array.isArray(attachments) &&
  attachments.some(
    ({ contentType, contentUrl }) => Boolean(contentUrl) || contentType === 'application/vnd.microsoft.teams.file.download.info',
  );

/** `Action.Execute` wraps what the button carries. */
export const valueOf = (activity: Activity): unknown => {
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
