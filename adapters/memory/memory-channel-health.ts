import type { ChannelHealth, FailingChannel, Unreached } from '../../src/ports/channel-health.ts';

type Window = { readonly since: number; sent: number; handed: number; failures: number; readonly failed: Map<string, Unreached> };

/** The same in one process, for stories and simulation. */
export const createMemoryChannelHealth = (): ChannelHealth => {
  const windows = new Map<string, Window>();
  const failing = new Map<string, FailingChannel>();
  const whom = new Map<string, { readonly isGivenUp: boolean; readonly people: Set<string> }>();
  const isShown = (channel: string, reached: readonly string[]): boolean => {
    const { isGivenUp, people } = whom.get(channel) ?? { isGivenUp: true, people: new Set<string>() };
    return reached.filter((to) => people.delete(to) || isGivenUp).length > 0;
  };
  return {
    record: async (channel, { reached, failed, handedOver = 0 }, { now, ms }) => {
      const known = windows.get(channel);
      const window =
        known && now - known.since < ms ? known : { since: now, sent: 0, handed: 0, failures: 0, failed: new Map<string, Unreached>() };
      windows.set(channel, window);
      window.sent += reached.length;
      window.handed += handedOver;
      window.failures += failed.length;
      for (const to of reached) window.failed.delete(to);
      for (const { to, ...why } of failed) window.failed.set(to, why);
      const broken = failing.get(channel);
      const tally = { sent: window.sent + Math.max(0, window.handed), failures: window.failures, failed: new Map(window.failed) };
      if (!broken) return tally;
      const next: FailingChannel = {
        ...broken,
        ...(isShown(channel, reached) || (handedOver > 0 && whom.get(channel)?.isGivenUp) ? { lastReachedAt: now } : {}),
        ...(failed.length === 0 ? {} : { lastFailedAt: now, failures: broken.failures + failed.length }),
      };
      for (const { to } of failed) whom.get(channel)?.people.add(to);
      failing.set(channel, next);
      return { ...tally, failing: next };
    },
    begin: async (channel, { at, people, isGivenUp }) => {
      windows.delete(channel);
      if (failing.has(channel)) return;
      failing.set(channel, { since: at, lastFailedAt: at, failures: 0 });
      whom.set(channel, { isGivenUp, people: new Set(people) });
    },
    over: async (channel, since) => {
      if (failing.get(channel)?.since !== since) return false;
      windows.delete(channel);
      return failing.delete(channel);
    },
    failing: async (channels) => new Map(channels.flatMap((channel) => (failing.has(channel) ? [[channel, failing.get(channel)!]] : []))),
  };
};
