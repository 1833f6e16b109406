import type { Channel, SendResult } from '../ports/channel.ts';

/**
 * Longest that one batch may take, real ms: platforms answer a call in seconds or not at all, and a batch may be several
 * calls. Behind whoever keeps us waiting longer, everybody else would wait too.
 */
export const longestSendMs = 30_000;

/**
 * A channel whose `send` ends in time. What has not been taken by then counts as failed for the moment: it is tried
 * again under the same message ids, for it may have gone out after all.
 */
export const boundChannel = (channel: Channel, timeoutMs = longestSendMs): Channel => ({
  ...channel,
  canReach: (to) => channel.canReach(to),
  send: async (messages) => {
    const { promise: late, resolve } = Promise.withResolvers<readonly SendResult[]>();
    const timer = setTimeout(
      () => resolve(messages.map(() => ({ status: 'transient', code: 'timeout', isTransport: true, triesNext: true }))),
      timeoutMs,
    );
    const sending = channel.send(messages);
    // Nobody waits any more for what fails after its time.
    sending.catch(() => {});
    return Promise.race([sending, late]).finally(() => clearTimeout(timer));
  },
});
