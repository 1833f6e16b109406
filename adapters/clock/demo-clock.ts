import { type ClockOptions, neverBack, repeat, type RunningClock, takeSample, type ScriptRunner } from './redis-clock.ts';

export type DemoClockOptions = ClockOptions & {
  /** Seconds of the campaign to one real second. */
  readonly scale: number;
  /** Epoch ms, campaign time: where the clock starts when Redis knows of none. */
  readonly startAt: number;
  /** What is dated already, epoch ms: after a kill the time that was seen last may be older than the last event. */
  readonly notBefore?: number;
};

const compareEveryMs = 1000;

/** Whoever was last heard of longer ago than this has stopped, and campaign time with it. */
const stoppedAfterMs = 3000;

/**
 * Campaign time lives in Redis beside the data that it dates: the campaign instant, and the real instant at which it was seen.
 * While somebody sees it, it runs; after a pause it goes on from where it stopped.
 */
const advanceScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local saved = redis.call('HMGET', KEYS[1], 'clockAt', 'clockSeenAt')
local at = tonumber(ARGV[1])
if saved[1] then
  at = tonumber(saved[1])
  local passed = now - tonumber(saved[2])
  if passed > 0 and passed <= tonumber(ARGV[3]) then at = at + passed * tonumber(ARGV[2]) end
end
at = math.max(at, tonumber(ARGV[4]))
at = string.format('%.0f', at)
redis.call('HSET', KEYS[1], 'clockAt', at, 'clockSeenAt', string.format('%.0f', now))
return at`;

/**
 * The demo's clock: scaled, the same in every process on this Redis, resuming where it stopped. While Redis is away it stands
 * still after a moment, so that nothing falls due unseen. Rejects when Redis can't be asked at the start.
 */
export const startDemoClock = async (redis: ScriptRunner, options: DemoClockOptions): Promise<RunningClock> => {
  const { key, scale, startAt, notBefore = 0 } = options;
  const elapsedMs = options.elapsedMs ?? (() => performance.now());
  const compare = () => takeSample(elapsedMs, () => redis.eval(advanceScript, 1, key, startAt, scale, stoppedAfterMs, notBefore));
  let sample = await compare();
  const stop = repeat(compareEveryMs, async () => void (sample = await compare()), options.log);
  return { now: neverBack(() => sample.at + Math.min(elapsedMs() - sample.takenMs, stoppedAfterMs) * scale), stop };
};
