import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import { doWork } from '../bot/send-work.ts';
import { toFailure } from './errors.ts';
import { limits } from './limits.ts';
import { type Sender, toMail } from './render.ts';
import type { MailTransport } from './transport.ts';

/**
 * Mail, for whoever has an address in the contact list and cannot be reached faster. It is a mailbox: that the server
 * has taken a mail says nothing of anybody having seen it, and what is in it cannot be changed any more. Nobody reads
 * what comes back; each mail says so, and its headers ask machines to keep silent.
 */

export type EmailChannelDeps = Sender & {
  readonly transport: Pick<MailTransport, 'send'>;
  /** Undefined for everybody without an address, and for everybody disabled. */
  readonly emailOf: (personId: string) => string | undefined;
};

export const channelName = 'email';

export const createEmailChannel = ({ transport, emailOf, ...sender }: EmailChannelDeps): Channel => {
  const post = async (message: OutgoingMessage): Promise<SendResult> => {
    // what has been said stays said: the end of a question is no mail of its own
    if (message.isUpdate) return { status: 'sent', isDelivered: false };
    const address = emailOf(message.to);
    if (address === undefined) return { status: 'permanent', code: 'noAddress' };
    try {
      await transport.send(toMail(message, address, sender));
      return { status: 'sent', isDelivered: false };
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    name: channelName,
    capabilities: {
      vias: ['card'],
      canUpdate: false,
      canReachGroups: false,
      isMailbox: true,
      receipts: limits.receipts,
      batchSize: limits.batchSize,
    },
    canReach: async (to) => to.startsWith('m') && emailOf(to) !== undefined,
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const work = messages.map((message, index) => ({ indexes: [index], run: async () => [[index, await post(message)] as const] }));
      await doWork(work, results, limits.connections);
      return messages.map((_, index) => results.get(index)!);
    },
  };
};
