import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transcripts, Utterance } from '../../src/ports/conversations.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import { adaptiveCardType, toAdaptiveCard } from '../bot/adaptive-card.ts';
import { activityId, conversationOf, officeGroup } from './conversation-id.ts';
import { inReplyTo } from './inbound.ts';
import { limits } from './limits.ts';

/** A page that waits for the answer to what it has sent knows it by this. */
const answeredIn = ({ reference }: OutgoingMessage): object => {
  const named: unknown = typeof reference === 'object' && reference !== null ? Reflect.get(reference, inReplyTo) : undefined;
  return typeof named === 'string' ? { [inReplyTo]: named } : {};
};

const toUtterance = (message: OutgoingMessage, now: number): Utterance => {
  const conversation = conversationOf(message.to);
  const { card, asking, cardKey } = message;
  const activity = {
    timestamp: new Date(now).toISOString(),
    channelId: 'webchat',
    from: { id: 'zaigang', name: 'zaigang', role: 'bot' },
    conversation: { id: conversation },
    text: message.text,
    // or stars and underscores of names and numbers would be read as Markdown
    textFormat: 'plain',
    ...(card ? { attachments: [{ contentType: adaptiveCardType, content: toAdaptiveCard(card, message.text, 'submit') }] } : {}),
    channelData: { ...(asking ? { zaigang: asking } : {}), ...answeredIn(message), ...(message.isRefusal ? { isRefusal: true } : {}) },
  };
  return {
    conversation,
    members: JSON.stringify(activity).slice(1, -1),
    onceId: message.id,
    ...(cardKey === undefined ? {} : { cardKey }),
    ...(message.isUpdate ? { isUpdate: true } : {}),
    ...(asking ? { obligationId: asking.obligationId } : {}),
  };
};

const failed = (error: unknown): SendResult => ({ status: 'transient', code: isStoreAway(error) ? 'ZG_STORE_AWAY' : 'ZG_INTERNAL' });

export type WebchatChannelDeps = { readonly transcripts: Transcripts; readonly clock: Clock };

/**
 * Messages into the conversations of the product's own Direct Line endpoint. Everybody has one, whether or not they
 * have ever opened it; a message counts as delivered when somebody is listening, or when it is fetched later.
 */
export const createWebchatChannel = ({ transcripts, clock }: WebchatChannelDeps): Channel => {
  const sendOne = async (message: OutgoingMessage): Promise<SendResult> => {
    try {
      const said = await transcripts.append(toUtterance(message, clock.now()));
      // number 0: there was no card to change, and nothing was said
      const platform = said.number > 0 ? { platformMessageId: activityId(conversationOf(message.to), said.number) } : {};
      return { status: 'sent', isDelivered: said.isHeard, ...platform };
    } catch (error) {
      return failed(error);
    }
  };
  return {
    name: 'webchat',
    capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, isMailbox: true, receipts: limits.receipts, batchSize: 200 },
    canReach: async (to) => !to.startsWith('g:') || to === officeGroup,
    // one call to Redis: the transcripts gather what is appended in one moment
    send: (messages) => Promise.all(messages.map(sendOne)),
  };
};
