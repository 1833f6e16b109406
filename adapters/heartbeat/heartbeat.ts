import type { Log } from '../../src/ports/log.ts';

/**
 * A sign of life to an address outside that alarms when it stays away (Healthchecks, Uptime Kuma and such). It goes out
 * only while everything works: silence is the message, and it needs nothing of us to arrive.
 */

export type HeartbeatParts = {
  readonly url: string;
  readonly everyMs?: number;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
  /** Resolves to the reasons why there is to be no sign of life; rejecting is one too. */
  readonly faults: () => Promise<readonly string[]>;
  readonly log: Log;
  readonly fetch?: typeof fetch;
};

const usualEveryMs = 20_000;
const usualTimeoutMs = 10_000;

export const startHeartbeat = ({
  url,
  everyMs = usualEveryMs,
  timeoutMs = usualTimeoutMs,
  faults,
  log,
  fetch: call = fetch,
}: HeartbeatParts): { readonly stop: () => void } => {
  let isQuiet = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  const say = (reasons: readonly string[]): void => {
    if (reasons.length > 0 && !isQuiet) log.error({ reasons }, 'no sign of life is given: something does not work');
    if (reasons.length === 0 && isQuiet) log.info({}, 'signs of life are given again');
    isQuiet = reasons.length > 0;
  };

  const beat = async (): Promise<void> => {
    const reasons = await faults().catch((error: unknown) => [String(error)]);
    if (isOver) return;
    say(reasons);
    if (reasons.length > 0) return;
    try {
      const response = await call(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'follow' });
      await response.arrayBuffer();
      if (!response.ok) log.warn({ status: response.status }, 'the sign of life was refused');
    } catch (error) {
      // the address holds a secret, and what fails says it
      log.warn({ why: error instanceof Error ? error.name : 'unknown' }, 'the sign of life did not arrive');
    }
  };

  const go = async (): Promise<void> => {
    await beat();
    if (!isOver) timer = setTimeout(() => void go(), everyMs);
  };
  void go();
  return {
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
