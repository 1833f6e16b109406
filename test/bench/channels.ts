import { setTimeout as rest } from 'node:timers/promises';
import { connectAll } from '../../src/wiring/redis.ts';
import { startEngine, type Engine } from '../../src/wiring/engine.ts';
import { limits } from '../../adapters/wecom/limits.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { bindPeople, openWecomChannel, startWecomSink } from './channel-parts.ts';
import { roundAt, officerOf } from './bureau.ts';
import { until } from './engine.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import { benchLog, startStage, type Stage } from './stage.ts';

/** Nothing is asked of anybody while channels are measured. */
const quietAt = roundAt + 3_600_000;

const startOn = async (
  stage: Stage,
  channels: readonly Channel[],
): Promise<{ readonly end: () => Promise<void>; readonly engine: Engine }> => {
  const connections = await connectAll(stage.server.url, stage.settings.bureau, benchLog);
  const engine = await startEngine({ world: stage.world, connections, channels, scale: 1, consumer: `bench-${process.pid}` });
  return {
    engine,
    end: async () => {
      await engine.stop();
      connections.close();
    },
  };
};

const noticeTo = (to: string): Notice => ({
  to,
  via: 'card',
  template: 'channel.back',
  params: { channels: ['feishu'], minutes: 3, failures: 5 },
});

const say = async ({ world }: Stage, notices: readonly Notice[]): Promise<void> => {
  const [result] = await world.store.commit([{ writes: [], events: [], notices }], world.campaignVersion);
  if (result !== 'committed') throw new Error('what the benchmark says could not be committed');
};

/** The same words to very many, from the commit to the platform's last answer: calls that were made, beside the fewest there can be. */
export const measureBatch = async (count: number): Promise<readonly Figure[]> => {
  const stage = await startStage(count, quietAt, quietAt);
  const sink = await startWecomSink();
  const people = Array.from({ length: count }, (_, index) => officerOf(index + 1));
  await bindPeople(stage, 'wecom', people);
  const { end } = await startOn(stage, [openWecomChannel(stage, sink.base)]);
  const startedMs = performance.now();
  await say(stage, people.map(noticeTo));
  await until(async () => sink.seen.recipients >= count, 'everybody is written to');
  const tookMs = performance.now() - startedMs;
  const { calls, recipients } = sink.seen;
  await end();
  await sink.close();
  await stage.end();
  if (recipients !== count) console.error(`channels.batch: ${recipients} recipients instead of ${count}`);
  return [
    toFigure({ name: 'channels.batch', value: calls, unit: 'calls', limit: Math.ceil(count / limits.batchSize), n: count }),
    toFigure({ name: 'channels.batch.rate', value: count / (tookMs / 1_000), unit: '/s', n: count }),
  ];
};

export type StalledSize = { readonly perSecond: number; readonly healthyMs: number; readonly stalledMs: number };

/**
 * Half of the messages are for people whom WeCom reaches first, half for others whom it doesn't know. It falls silent: how
 * much later do the others get theirs? Milliseconds beyond the latest while it was healthy.
 */
export const measureStalled = async ({ perSecond, healthyMs, stalledMs }: StalledSize): Promise<readonly Figure[]> => {
  const people = 1_000;
  const stage = await startStage(people, quietAt, quietAt);
  const sink = await startWecomSink();
  const everybody = Array.from({ length: people }, (_, index) => officerOf(index + 1));
  const [inWecom, others] = [everybody.filter((_, index) => index % 2 === 0), everybody.filter((_, index) => index % 2 === 1)];
  await bindPeople(stage, 'wecom', inWecom);
  const saidAt = new Map<string, number[]>();
  let latencies: number[] = [];
  const wecom = openWecomChannel(stage, sink.base);
  const other: Channel = {
    name: 'other',
    capabilities: { vias: ['card'], canUpdate: false, canReachGroups: false, batchSize: 500 },
    canReach: async () => true,
    send: async (messages) => {
      const at = performance.now();
      for (const { to } of messages) {
        const since = saidAt.get(to)?.shift();
        if (since !== undefined) latencies.push(at - since);
      }
      return messages.map(() => ({ status: 'sent', isDelivered: true }));
    },
  };
  const known = new Set(inWecom);
  // others are not in its directory: nobody looks for them there meanwhile
  const reaching: Channel = { ...wecom, canReach: async (to) => known.has(to) && wecom.canReach(to) };
  const { end } = await startOn(stage, [reaching, other]);

  const saySteadily = async (forMs: number): Promise<readonly number[]> => {
    latencies = [];
    const startedMs = performance.now();
    const saying: Promise<void>[] = [];
    for (let said = 0; performance.now() - startedMs < forMs;) {
      for (; said < ((performance.now() - startedMs) / 1_000) * perSecond; said++) {
        const isInWecom = said % 2 === 0;
        const to = (isInWecom ? inWecom : others)[(said >> 1) % (people / 2)]!;
        if (!isInWecom) saidAt.set(to, [...(saidAt.get(to) ?? []), performance.now()]);
        saying.push(say(stage, [noticeTo(to)]));
      }
      await rest(5);
    }
    await Promise.all(saying);
    await until(async () => [...saidAt.values()].every((since) => since.length === 0), 'the others have got theirs');
    return latencies;
  };

  await saySteadily(healthyMs / 2);
  const healthy = await saySteadily(healthyMs);
  sink.seen.isSilent = true;
  const stalled = await saySteadily(stalledMs);
  sink.seen.isSilent = false;
  await end();
  await sink.close();
  await stage.end();
  const latest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
  console.error(`channels.stalled: latest ${Math.round(latest(healthy))} ms healthy, ${Math.round(latest(stalled))} ms stalled`);
  return [
    toFigure({
      name: 'channels.stalled',
      value: Math.max(0, latest(stalled) - latest(healthy)),
      unit: 'ms',
      n: stalled.length,
      p50: percentile(stalled, 0.5),
      p99: percentile(stalled, 0.99),
    }),
  ];
};
