import { type Activity, ActivityTypes } from 'botbuilder';
import type { Notice } from '../../src/ports/notice.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';

const bot = { id: 'zaigang', name: 'zaigang' };

/** The same shape for every channel, so that one handler serves all of them. */
export const toActivity = (message: InboundMessage): Partial<Activity> => ({
  type: ActivityTypes.Message,
  id: message.id,
  channelId: message.channel,
  serviceUrl: '',
  from: { id: message.from, name: '' },
  recipient: bot,
  conversation: {
    id: message.conversation,
    isGroup: message.isGroup,
    conversationType: message.isGroup ? 'groupChat' : 'personal',
    name: '',
  },
  text: message.text ?? '',
  ...(message.value === undefined ? {} : { value: message.value }),
  ...(message.locale === undefined ? {} : { locale: message.locale }),
});

export const toReply = (notice: Notice): Partial<Activity> => ({ type: ActivityTypes.Message, channelData: { notice } });
