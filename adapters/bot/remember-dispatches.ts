import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Dispatches } from '../../src/ports/dispatches.ts';
import type { Log } from '../../src/ports/log.ts';

/**
 * Keeps what each message was about under the platform's id of it, for platforms that say later that it was read. Without
 * that the message is there all the same, and only what is said of it has nobody to go to.
 */
export const rememberDispatches = (channel: Channel, dispatches: Pick<Dispatches, 'remember'>, log: Log): Channel => {
  const remember = async ({ to, about = [], isUpdate }: OutgoingMessage, result: SendResult | undefined): Promise<void> => {
    if (isUpdate || about.length === 0 || !to.startsWith('m') || result?.status !== 'sent' || result.platformMessageId === undefined)
      return;
    await dispatches.remember(channel.name, result.platformMessageId, { to, about });
  };
  return {
    ...channel,
    canReach: (to) => channel.canReach(to),
    send: async (messages) => {
      const results = await channel.send(messages);
      await Promise.all(messages.map((message, index) => remember(message, results[index]))).catch((error: unknown) =>
        log.warn({ channel: channel.name, error: String(error) }, 'some messages will have no receipt'),
      );
      return results;
    },
  };
};
