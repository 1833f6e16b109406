import { type ChannelState, stateOfChannel } from '../../domain/channels/channel-state.ts';
import type { ErrorKind } from '../../domain/channels/error-kind.ts';
import type { ChannelHealth } from '../../ports/channel-health.ts';
import type { BreakerState, ChannelMeter } from '../../ports/channel-meter.ts';
import type { Clock } from '../../ports/clock.ts';
import { remember } from '../ledger/scan-all.ts';
import type { Iso } from './view-page.ts';

/** How one channel does, as all instances see it together; instants ISO, in campaign time. */
export type ChannelView = {
  readonly channel: string;
  readonly state: ChannelState;
  /** Since when it fails, where the office has been told so. */
  readonly failingSince?: string;
  /** Messages in the window. */
  readonly sent: number;
  readonly perMinute: number;
  readonly failed: number;
  readonly errors: readonly { readonly kind: ErrorKind; readonly code: string; readonly count: number }[];
  /** Of calls; null where none was made in the window. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
  /** The worst that any instance has; null where the channel needs none. */
  readonly breaker: BreakerState | null;
  /** What is left of each limit that its platform documents, or that we set ourselves. */
  readonly quotas: readonly { readonly left: number; readonly of: number; readonly perMs: number }[];
  readonly lastSentAt: string | null;
  readonly lastFailedAt: string | null;
  /** What was said at the last failure. */
  readonly lastCode: string | null;
  /** Requests of the platform in the window: `taken`, or why they were refused. */
  readonly received: { readonly [what: string]: number };
};

export type ChannelsView = {
  readonly at: string;
  /** Real minutes that the figures are of. */
  readonly windowMinutes: number;
  readonly items: readonly ChannelView[];
};

export type QuotaLeft = { readonly left: number; readonly of: number; readonly perMs: number };

export type ViewChannelsDeps = {
  /** In the order of preference. */
  readonly channels: () => readonly string[];
  readonly meter: Pick<ChannelMeter, 'read' | 'windowMs'>;
  readonly health: Pick<ChannelHealth, 'failing'>;
  readonly quotasOf: (channel: string) => Promise<readonly QuotaLeft[]>;
  readonly clock: Clock;
  readonly iso: Iso;
  /** Real ms. */
  readonly realNow: () => number;
};

const keepMs = 500;

const worst = (breakers: { readonly [state in BreakerState]: number }): BreakerState | null =>
  (['open', 'halfOpen', 'closed'] as const).find((state) => breakers[state] > 0) ?? null;

export const createViewChannels = (deps: ViewChannelsDeps): (() => Promise<ChannelsView>) => {
  const { channels, meter, health, quotasOf, clock, iso, realNow } = deps;
  const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));
  const windowMinutes = meter.windowMs / 60_000;

  return remember(
    async () => {
      const names = channels();
      const failing = await health.failing(names);
      const items = await Promise.all(
        names.map(async (channel): Promise<ChannelView> => {
          const [figures, quotas] = await Promise.all([meter.read(channel), quotasOf(channel)]);
          const { sent, errors, latency, breakers } = figures;
          const since = failing.get(channel)?.since;
          const breaker = worst(breakers);
          return {
            channel,
            state: stateOfChannel({ isFailing: since !== undefined, isLeftAlone: breaker === 'open', sent, errors }),
            ...(since === undefined ? {} : { failingSince: iso(since) }),
            sent,
            perMinute: Math.round((sent / windowMinutes) * 10) / 10,
            failed: errors.reduce((sum, { count }) => sum + count, 0),
            errors,
            latencyMs: latency === undefined ? null : { p50: latency.p50Ms, p95: latency.p95Ms },
            breaker,
            quotas,
            lastSentAt: isoOrNull(figures.lastSentAt),
            lastFailedAt: isoOrNull(figures.lastFailedAt),
            lastCode: figures.lastCode ?? null,
            received: figures.received,
          };
        }),
      );
      return { at: iso(clock.now()), windowMinutes, items };
    },
    realNow,
    keepMs,
  );
};
