import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Quota } from '../../adapters/guard/guard-channel.ts';
import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import { createChannelMeter } from '../../adapters/redis/channel-meter.ts';
import { createViewChannels, type ChannelsView, type QuotaLeft } from '../app/views/view-channels.ts';
import { isoIn } from '../app/views/view-page.ts';
import { kindOfError } from '../domain/channels/error-kind.ts';
import type { BreakerState } from '../ports/channel-meter.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Connections } from './redis.ts';

/** How channels do: counted by every instance, shown to people by all together and to Prometheus by each. */
export type ChannelWatch = {
  /** The same channel, whose sends are counted. */
  readonly metered: (channel: Channel) => Channel;
  readonly onBreaker: (channel: string, state: BreakerState) => void;
  readonly onReceived: (channel: string, what: string) => void;
  readonly addQuotas: (channel: string, quotas: readonly Quota[]) => void;
  readonly view: () => Promise<ChannelsView>;
  readonly collect: (registry: Registry) => void;
  readonly stop: () => Promise<void>;
};

const states = ['idle', 'working', 'troubled', 'failing'] as const;

const createCounters = () => {
  const labelNames = ['channel', 'result'] as const;
  const sent = new Counter({
    name: 'zaigang_channel_messages_total',
    help: 'What became of messages, by channel.',
    labelNames,
    registers: [],
  });
  const errors = new Counter({
    name: 'zaigang_channel_errors_total',
    help: 'Messages that did not go out: transport, refused, busy, limited (by ourselves), leftAlone (not tried).',
    labelNames: ['channel', 'kind'] as const,
    registers: [],
  });
  const received = new Counter({
    name: 'zaigang_webhook_requests_total',
    help: 'Requests of platforms taken or refused.',
    labelNames,
    registers: [],
  });
  const took = new Histogram({
    name: 'zaigang_channel_send_seconds',
    help: 'How long a channel took for a batch that it tried to send.',
    labelNames: ['channel'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [],
  });
  return { sent, errors, received, took };
};

/** What all instances know together: the same from each, so that the highest stands for all. */
const createGauges = (view: () => Promise<ChannelsView>) => {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    set: (into: Gauge<Label>, items: ChannelsView['items']) => void,
  ) =>
    new Gauge<Label>({
      name,
      help,
      labelNames: [...labelNames],
      aggregator: 'max',
      registers: [],
      async collect() {
        this.reset();
        const seen = await view().catch(() => undefined);
        if (seen) set(this, seen.items);
      },
    });
  return [
    gauge('zaigang_channel_state', '0 idle, 1 working, 2 troubled, 3 failing; as all instances see it.', ['channel'], (into, items) => {
      for (const { channel, state } of items) into.set({ channel }, states.indexOf(state));
    }),
    gauge('zaigang_channel_breaker_open', '1 while an instance leaves the platform alone.', ['channel'], (into, items) => {
      for (const { channel, breaker } of items) into.set({ channel }, breaker === 'open' ? 1 : 0);
    }),
    gauge(
      'zaigang_channel_quota_left',
      'What is left of a limit of the platform, by its window in seconds.',
      ['channel', 'seconds'],
      (into, items) => {
        for (const { channel, quotas } of items)
          for (const { left, perMs } of quotas) into.set({ channel, seconds: String(perMs / 1_000) }, left);
      },
    ),
  ];
};

export const openChannelWatch = ({
  connections,
  bureau,
  instance,
  clock,
  timeZone,
  limits,
}: {
  readonly connections: Pick<Connections, 'commands'>;
  readonly bureau: string;
  readonly instance: string;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly limits: Pick<RateLimits, 'left'>;
}): ChannelWatch => {
  const { commands } = connections;
  const meter = createChannelMeter({ redis: commands, bureau, instance, campaignNow: clock.now });
  const counters = createCounters();
  const names: string[] = [];
  const quotas = new Map<string, readonly Quota[]>();

  const quotasOf = async (channel: string): Promise<readonly QuotaLeft[]> => {
    const found = await Promise.all(
      (quotas.get(channel) ?? []).map(async ({ key, rules }) => {
        const left = await limits.left(key, rules);
        return rules.map(({ count, perMs }, index) => ({ left: left[index] ?? count, of: count, perMs }));
      }),
    );
    return found.flat();
  };
  const view = createViewChannels({
    channels: () => names,
    meter,
    health: createChannelHealth(commands, bureau),
    quotasOf,
    clock,
    iso: isoIn(timeZone),
    realNow: () => performance.now(),
  });
  const gauges = createGauges(view);

  const count = (channel: string, results: Awaited<ReturnType<Channel['send']>>, tookMs: number): void => {
    meter.sent(channel, results, tookMs);
    counters.took.observe({ channel }, tookMs / 1_000);
    for (const result of results) {
      counters.sent.inc({ channel, result: result.status });
      if (result.status !== 'sent') counters.errors.inc({ channel, kind: kindOfError(result) });
    }
  };

  return {
    metered: (channel) => {
      names.push(channel.name);
      return {
        ...channel,
        canReach: (to) => channel.canReach(to),
        send: async (messages) => {
          const startedAt = performance.now();
          const results = await channel.send(messages).catch((error: unknown) => {
            count(
              channel.name,
              messages.map(() => ({ status: 'transient', code: 'thrown' })),
              performance.now() - startedAt,
            );
            throw error;
          });
          count(channel.name, results, performance.now() - startedAt);
          return results;
        },
      };
    },
    onBreaker: (channel, state) => meter.breaker(channel, state),
    onReceived: (channel, what) => {
      meter.received(channel, what);
      counters.received.inc({ channel, result: what });
    },
    addQuotas: (channel, counted) => void quotas.set(channel, counted),
    view,
    collect: (registry) => {
      for (const metric of [counters.sent, counters.errors, counters.received, counters.took, ...gauges]) registry.registerMetric(metric);
    },
    stop: async () => {
      meter.stop();
      await meter.flush();
    },
  };
};
