/** What the page knows of the campaign's clock. Real instants are those of `performance.now()`. */
export type ClockReading = {
  /** The campaign's clock stood here… */
  readonly atMs: number;
  /** …at this real instant. */
  readonly anchoredAtMs: number;
  /** When anything was last heard: older than that, nothing is known. */
  readonly heardAtMs: number;
  /** Minutes east of UTC, as the server writes its instants. */
  readonly offsetMinutes: number;
  /** Campaign seconds in a real one. */
  readonly scale: number;
};

/** Beyond this age nothing new is known, so the clock stands: a running one would make old data look live. */
export const freezeAfterMs = 6_000;
/** Answers are this late at times, from the network and from readings that the server keeps for a moment. */
const jitterMs = 500;

export const offsetMinutesOf = (iso: string): number => {
  const match = /([+-])(\d{2}):(\d{2})$/.exec(iso);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
};

/** `scale`: as the server says it. */
export const readClock = (before: ClockReading | null, iso: string, scale: number, heardAtMs: number): ClockReading => {
  const atMs = Date.parse(iso);
  const fresh: ClockReading = { atMs, anchoredAtMs: heardAtMs, heardAtMs, offsetMinutes: offsetMinutesOf(iso), scale };
  if (!before) return fresh;
  const lateMs = nowOf({ ...before, scale, heardAtMs }, heardAtMs) - atMs;
  // a little late is only the way it took: the clock must not step back for it
  const isSteady = scale === before.scale && lateMs >= 0 && lateMs < jitterMs * scale;
  return isSteady ? { ...fresh, atMs: before.atMs, anchoredAtMs: before.anchoredAtMs } : fresh;
};

export const nowOf = (clock: ClockReading, realNowMs: number): number => {
  const untilMs = Math.min(realNowMs, clock.heardAtMs + freezeAfterMs);
  return clock.atMs + Math.max(0, untilMs - clock.anchoredAtMs) * clock.scale;
};
