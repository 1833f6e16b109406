import { type ErrorKind, kindOfError } from '../../src/domain/channels/error-kind.ts';
import type { BreakerState, ChannelFigures, ChannelMeter } from '../../src/ports/channel-meter.ts';
import type { SendResult } from '../../src/ports/channel.ts';
import { bucketOf, percentileOf } from './latency-buckets.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

/** Figures are kept by the minute, and read over the last ones. */
const minuteMs = 60_000;
const minutes = 5;
const keptS = 2 * minutes * 60;
/** What is seen is written down together, so that a burst of messages is no burst of writes. */
const writeEveryMs = 1_000;
/** An instance that has said nothing of its breaker for longer is gone. */
const instanceGoneMs = 30_000;
/** What it said is taken away then: every start is another instance. */
const instanceForgottenMs = 3_600_000;
/** Codes named apart in one minute; more are counted under their kind alone. */
const mostCodes = 50;

export type ChannelMeterDeps = {
  readonly redis: RedisClient;
  readonly bureau: string;
  /** This process, by a name that no other has. */
  readonly instance: string;
  /** Campaign time, epoch ms. */
  readonly campaignNow: () => number;
  /** Real time, epoch ms. */
  readonly realNow?: () => number;
};

type Pending = { readonly counts: Map<string, number>; readonly facts: Map<string, string> };

const errorOf = (result: Exclude<SendResult, { readonly status: 'sent' }>): string =>
  `e.${kindOfError(result)}.${result.code.slice(0, 40)}`;

/**
 * Hashes by channel and minute, which every instance adds to: `s` messages sent, `e.<kind>.<code>`, `l.<bucket>` of how
 * long calls took, `r.<what>` requests. One more by channel holds the last instants and each instance's breaker.
 */
export const createChannelMeter = (
  deps: ChannelMeterDeps,
): ChannelMeter & { readonly flush: () => Promise<void>; readonly stop: () => void } => {
  const { redis, bureau, instance, campaignNow, realNow = Date.now } = deps;
  const { prefix } = keysOf(bureau);
  const minuteKey = (channel: string, minute: number): string => `${prefix}:meter:${channel}:${minute}`;
  const lastKey = (channel: string): string => `${prefix}:meter:${channel}`;
  const pending = new Map<string, Pending>();
  const breakers = new Map<string, BreakerState>();

  const of = (channel: string): Pending => {
    const known = pending.get(channel) ?? { counts: new Map<string, number>(), facts: new Map<string, string>() };
    pending.set(channel, known);
    return known;
  };
  const add = ({ counts }: Pending, field: string, count = 1): void => {
    const isKnown = counts.has(field) || counts.size < mostCodes * 2 || !field.startsWith('e.');
    const name = isKnown ? field : `${field.split('.').slice(0, 2).join('.')}.other`;
    counts.set(name, (counts.get(name) ?? 0) + count);
  };

  const flush = async (): Promise<void> => {
    const now = realNow();
    const minute = Math.floor(now / minuteMs);
    const pipeline = redis.pipeline();
    for (const [channel, { counts, facts }] of pending) {
      for (const [field, count] of counts) pipeline.hincrby(minuteKey(channel, minute), field, count);
      if (counts.size > 0) pipeline.expire(minuteKey(channel, minute), keptS);
      if (facts.size > 0) pipeline.hset(lastKey(channel), Object.fromEntries(facts));
    }
    pending.clear();
    for (const [channel, state] of breakers) pipeline.hset(lastKey(channel), `b.${instance}`, `${state} ${now}`);
    // figures, no promise: what a Redis that is away does not take is not counted
    if (pipeline.length > 0) await pipeline.exec().catch(() => undefined);
  };
  const timer = setInterval(() => void flush(), writeEveryMs);
  timer.unref();

  return {
    windowMs: minutes * minuteMs,
    sent: (channel, results, tookMs) => {
      const into = of(channel);
      let isCalled = false;
      for (const result of results) {
        if (result.status === 'sent') {
          add(into, 's');
          into.facts.set('sentAt', String(campaignNow()));
          isCalled = true;
          continue;
        }
        const kind = kindOfError(result);
        add(into, errorOf(result));
        isCalled ||= kind !== 'limited' && kind !== 'leftAlone';
        if (kind === 'limited') continue;
        into.facts.set('failedAt', String(campaignNow()));
        if (kind !== 'leftAlone') into.facts.set('code', result.code.slice(0, 40));
      }
      if (isCalled) add(into, `l.${bucketOf(tookMs)}`);
    },
    received: (channel, what) => add(of(channel), `r.${what}`),
    breaker: (channel, state) => void breakers.set(channel, state),
    read: async (channel) => {
      const now = realNow();
      const minute = Math.floor(now / minuteMs);
      const keys = Array.from({ length: minutes }, (_, age) => minuteKey(channel, minute - age));
      const [last, ...parts] = await Promise.all([lastKey(channel), ...keys].map((key) => redis.hgetall(key)));
      const gone = Object.entries(last ?? {}).filter(([field, said]) => field.startsWith('b.') && now - saidAt(said) > instanceForgottenMs);
      if (gone.length > 0) await redis.hdel(lastKey(channel), ...gone.map(([field]) => field));
      return toFigures(last ?? {}, parts, now);
    },
    flush,
    stop: () => clearInterval(timer),
  };
};

/** Of what an instance said of its breaker: the state, and when. */
const saidAt = (said: string): number => Number(said.split(' ')[1]);

type Fields = { readonly [field: string]: string };

const sumOf = (parts: readonly Fields[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const part of parts) for (const [field, count] of Object.entries(part)) sums.set(field, (sums.get(field) ?? 0) + Number(count));
  return sums;
};

const toFigures = (last: Fields, parts: readonly Fields[], now: number): ChannelFigures => {
  const sums = sumOf(parts);
  const below = (letter: string) =>
    [...sums].flatMap(([field, count]) => (field.startsWith(`${letter}.`) ? [[field.slice(2), count] as const] : []));
  const latencies = below('l').map(([bucket, count]) => [Number(bucket), count] as const);
  const breakers = { closed: 0, open: 0, halfOpen: 0 };
  for (const [field, said] of Object.entries(last)) {
    const [state] = said.split(' ');
    if (field.startsWith('b.') && now - saidAt(said) < instanceGoneMs) breakers[state as BreakerState] += 1;
  }
  return {
    sent: sums.get('s') ?? 0,
    errors: below('e')
      .map(([field, count]) => {
        const [kind = '', ...code] = field.split('.');
        return { kind: kind as ErrorKind, code: code.join('.'), count };
      })
      .toSorted((one, other) => other.count - one.count),
    ...(latencies.length === 0 ? {} : { latency: { p50Ms: percentileOf(latencies, 0.5), p95Ms: percentileOf(latencies, 0.95) } }),
    received: Object.fromEntries(below('r')),
    ...(last['sentAt'] === undefined ? {} : { lastSentAt: Number(last['sentAt']) }),
    ...(last['failedAt'] === undefined ? {} : { lastFailedAt: Number(last['failedAt']) }),
    ...(last['code'] === undefined ? {} : { lastCode: last['code'] }),
    breakers,
  };
};
