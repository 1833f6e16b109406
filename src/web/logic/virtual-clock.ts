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
  /** Campaign seconds in a real one; 1 until it is known. */
  readonly scale: number;
  /** Where measuring began. */
  readonly start: { readonly atMs: number; readonly realMs: number };
};

/** Beyond this age nothing new is known, so the clock stands: a running one would make old data look live. */
export const freezeAfterMs = 6_000;
/** Answers are this late at times, from the network and from readings that the server keeps for a moment. */
const jitterMs = 500;
/** Measured over less, jitter would show in the scale. */
const baselineMs = 2_000;
const usualScales = [1, 2, 5, 10, 20, 30, 60, 100, 120, 300, 600, 3_600];

export const offsetMinutesOf = (iso: string): number => {
  const match = /([+-])(\d{2}):(\d{2})$/.exec(iso);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
};

/** `saidScale`: where the server says it; else it is measured between readings. */
export const readClock = (before: ClockReading | null, iso: string, saidScale: number | undefined, heardAtMs: number): ClockReading => {
  const atMs = Date.parse(iso);
  const offsetMinutes = offsetMinutesOf(iso);
  const fresh = { atMs, anchoredAtMs: heardAtMs, heardAtMs, offsetMinutes, start: { atMs, realMs: heardAtMs }, scale: saidScale ?? 1 };
  if (!before) return fresh;
  const scale = saidScale ?? measure(before, atMs, heardAtMs);
  const lateMs = nowOf({ ...before, scale, heardAtMs }, heardAtMs) - atMs;
  // the service was away, or the clock was set: begin anew
  if (Math.abs(lateMs) > 10 * jitterMs * scale && before.scale !== 1) return { ...fresh, scale: saidScale ?? before.scale };
  // a little late is only the way it took: the clock must not step back for it
  const isSteady = scale === before.scale && lateMs >= 0 && lateMs < jitterMs * scale;
  const anchor = isSteady ? before : { atMs, anchoredAtMs: heardAtMs };
  return { atMs: anchor.atMs, anchoredAtMs: anchor.anchoredAtMs, heardAtMs, offsetMinutes, start: before.start, scale };
};

const measure = ({ start, scale }: ClockReading, atMs: number, realMs: number): number => {
  const passedMs = realMs - start.realMs;
  if (passedMs < baselineMs) return scale;
  const raw = (atMs - start.atMs) / passedMs;
  if (raw <= 0) return scale;
  return usualScales.find((usual) => Math.abs(raw - usual) <= usual * 0.12) ?? Math.max(1, Math.round(raw));
};

export const nowOf = (clock: ClockReading, realNowMs: number): number => {
  const untilMs = Math.min(realNowMs, clock.heardAtMs + freezeAfterMs);
  return clock.atMs + Math.max(0, untilMs - clock.anchoredAtMs) * clock.scale;
};
