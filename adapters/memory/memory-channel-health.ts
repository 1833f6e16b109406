import type { ChannelHealth } from '../../src/ports/channel-health.ts';

/** The same in one process, for stories and simulation. */
export const createMemoryChannelHealth = (): ChannelHealth => {
  const windows = new Map<string, { readonly since: number; sent: number; readonly failed: Map<string, string> }>();
  return {
    record: async (channel, { reached, failed }, { now, ms }) => {
      const known = windows.get(channel);
      const window = known && now - known.since < ms ? known : { since: now, sent: 0, failed: new Map<string, string>() };
      windows.set(channel, window);
      window.sent += reached.length;
      for (const to of reached) window.failed.delete(to);
      for (const { to, obligationId } of failed) window.failed.set(to, obligationId);
      return { sent: window.sent, failed: new Map(window.failed) };
    },
    forget: async (channel) => void windows.delete(channel),
  };
};
