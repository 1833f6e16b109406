import { isStoreAway } from '../ports/fault.ts';

/** What the client itself says of a Redis that has gone in the middle of a call. */
const goneWords = /^(?:Connection is closed|Stream isn't writeable|Command timed out|Reached the max retries per request limit)/u;

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
};

/**
 * A start in whose middle Redis goes away, in words that say what to do; every other fault as it is. `logFile`: of the
 * embedded Redis, where it is one.
 */
export const toStartFault = (error: unknown, logFile: string | undefined): unknown => {
  const isGone = isStoreAway(error) || (error instanceof Error && goneWords.test(error.message));
  if (!isGone) return error;
  const cause = causeOf(error).replace(/^ZG_STORE_AWAY$/u, 'no answer');
  const where =
    logFile === undefined
      ? 'Check that the Redis of REDIS_URL runs and can be reached from here'
      : `The last words of the embedded Redis are in ${logFile}: look there`;
  return new Error(
    `ZG_STORE_AWAY: Redis went away while the service was starting (${cause}). ${where}, then start again; what was recorded before is kept.`,
    { cause: error },
  );
};
