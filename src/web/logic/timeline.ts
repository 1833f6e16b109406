import type { Timeline, TimelineCounts, TimelineMoment, TimelineStretch } from '../data/types.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The service keeps no more. */
const mostMoments = 200;

export const timelineHours = [6, 12, 24] as const;
export type TimelineHours = (typeof timelineHours)[number];

/** Campaign ms of one bar: so many that each can be told from the next across a room. */
const barMs: { readonly [hours in TimelineHours]: number } = { 6: 10 * 60_000, 12: 10 * 60_000, 24: 20 * 60_000 };

/** The hours with what is new of them; what is older than a day goes. */
export const joinTimeline = (before: Timeline | undefined, news: Timeline | undefined, nowIso: string): Timeline | undefined => {
  if (!before || !news) return news ?? before;
  const fromMs = Date.parse(nowIso) - dayMs - hourMs;
  const stretches = new Map([...before.stretches, ...news.stretches].map((one) => [one.at, one]));
  const moments = new Map([...before.moments, ...news.moments].map((one) => [one.seq, one]));
  return {
    stretches: [...stretches.values()].filter(({ at }) => Date.parse(at) > fromMs).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    moments: [...moments.values()]
      .filter(({ at }) => Date.parse(at) > fromMs)
      .toSorted((a, b) => a.seq - b.seq)
      .slice(-mostMoments),
  };
};

const names = [
  'rounds',
  'asked',
  'answered',
  'late',
  'noAnswer',
  'undelivered',
  'others',
  'open',
  'empty',
  'help',
  'handovers',
  'handoversLate',
  'itemsIn',
  'itemsOverdue',
  'alarms',
] as const satisfies readonly (keyof TimelineCounts)[];
export const timelineNames = names;

export type Summed = { readonly [name in (typeof names)[number]]: number } & { readonly steps: readonly (readonly [number, number])[] };

export const sumStretches = (stretches: readonly TimelineCounts[]): Summed => {
  const sums = Object.fromEntries(names.map((name) => [name, stretches.reduce((sum, one) => sum + (one[name] ?? 0), 0)]));
  const steps = new Map<number, number>();
  for (const one of stretches)
    for (const [step, times] of Object.entries(one.steps ?? {})) steps.set(Number(step), (steps.get(Number(step)) ?? 0) + times);
  return { ...(sums as { readonly [name in (typeof names)[number]]: number }), steps: [...steps].toSorted(([a], [b]) => a - b) };
};

export type Bar = Summed & { readonly fromMs: number };

const barsOf = (stretches: readonly TimelineStretch[], fromMs: number, untilMs: number, eachMs: number): readonly Bar[] => {
  const byBar = Map.groupBy(stretches, ({ at }) => Math.floor((Date.parse(at) - fromMs) / eachMs));
  const count = Math.round((untilMs - fromMs) / eachMs);
  return Array.from({ length: count }, (_, index) => ({ fromMs: fromMs + index * eachMs, ...sumStretches(byBar.get(index) ?? []) }));
};

/** One bar for each stretch of the window, oldest first; the last one is under way. */
export const toBars = (timeline: Timeline, nowMs: number, hours: TimelineHours): readonly Bar[] => {
  const eachMs = barMs[hours];
  const untilMs = (Math.floor(nowMs / eachMs) + 1) * eachMs;
  return barsOf(timeline.stretches, untilMs - hours * hourMs, untilMs, eachMs);
};

/** The same by the hour, the newest first, without hours in which nothing was. For zones of half hours the hour is theirs. */
export const toHours = (timeline: Timeline, nowMs: number, hours: TimelineHours, offsetMinutes: number): readonly Bar[] => {
  const offsetMs = (offsetMinutes % 60) * 60_000;
  const untilMs = (Math.floor((nowMs + offsetMs) / hourMs) + 1) * hourMs - offsetMs;
  const bars = barsOf(timeline.stretches, untilMs - hours * hourMs, untilMs, hourMs);
  return bars.filter((bar) => names.some((name) => bar[name] > 0) || bar.steps.length > 0).toReversed();
};

/** The newest of the window first. */
export const momentsIn = (timeline: Timeline, nowMs: number, hours: TimelineHours): readonly TimelineMoment[] =>
  timeline.moments.filter(({ at }) => Date.parse(at) > nowMs - hours * hourMs).toReversed();

const verdicts: ReadonlySet<string> = new Set(['noAnswer', 'undelivered']);

/** So many of them in their order. One silent round fills no list alone: half of it is for what else went wrong. */
export const mixMoments = (moments: readonly TimelineMoment[], most: number): readonly TimelineMoment[] => {
  const [silent, others] = [moments.filter(({ what }) => verdicts.has(what)), moments.filter(({ what }) => !verdicts.has(what))];
  const share = (own: readonly TimelineMoment[], rest: readonly TimelineMoment[]): readonly TimelineMoment[] =>
    own.slice(0, Math.max(Math.ceil(most / 2), most - rest.length));
  const kept = new Set([...share(silent, others), ...share(others, silent)]);
  return moments.filter((moment) => kept.has(moment)).slice(0, most);
};
