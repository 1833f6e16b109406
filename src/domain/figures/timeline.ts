import type { LedgerRow } from '../ledger/event.ts';
import type { SubjectId } from '../roster/subject.ts';
import { checkCounts, followChecks } from './follow-checks.ts';

/** What is counted of each stretch of time. What became of a check is counted where it was asked: together they are `asked`. */
export const timelineCounts = [
  'rounds',
  'asked',
  ...checkCounts,
  'empty',
  'help',
  'handovers',
  'handoversLate',
  'itemsIn',
  'itemsOverdue',
  'alarms',
] as const;
export type TimelineCount = (typeof timelineCounts)[number];

/** `steps`: how often each step of a ladder after the first was taken, by its number from 1 (the first after the question). */
export type TimelineCounts = { readonly [count in TimelineCount]?: number } & { readonly steps?: { readonly [stepNo: string]: number } };

/** Moments that somebody may want to look at closely. */
export type TimelineMoment = {
  readonly seq: number;
  readonly at: number;
  readonly what: TimelineCount;
  readonly subject?: SubjectId;
  readonly obligationId?: string;
  readonly itemId?: string;
};

/** A stretch begins every ten minutes, in campaign ms since the epoch. */
export const stretchMs = 10 * 60_000;
export const timelineMs = 24 * 3_600_000;
/** Of the newest; a strip with more marks is a black bar. */
const mostMoments = 200;

type Growing = { -readonly [count in TimelineCount]?: number } & { steps?: Record<string, number> };
type Stretch = { readonly at: number; readonly byBody: Map<string, Growing>; version: number };
type Place = { readonly stretch: Stretch; readonly body: string };

/** What is said of a stretch, and the moments that are new; only of bodies that are seen. */
export type TimelineView = {
  readonly stretches: readonly (TimelineCounts & { readonly at: number })[];
  readonly moments: readonly TimelineMoment[];
};

const isClimbing = ({ data }: LedgerRow): boolean =>
  Number(data['stepNo'] ?? 0) > 0 && !(Array.isArray(data['roles']) && data['roles'].every((role) => role === 'onDuty'));

/** An item's clock bears its deadline at the end of its id. */
const isPastDeadline = ({ at, obligationId = '' }: LedgerRow): boolean => at >= Number.parseInt(obligationId.split('.').at(-1) ?? '', 36);

/** Somebody besides whoever comes was told of it: nobody had taken the post over in time. */
const isHandoverLate = (row: LedgerRow): boolean =>
  row.itemId?.startsWith('h') === true &&
  isPastDeadline(row) &&
  Number(row.data['stepNo'] ?? 0) > 0 &&
  Array.isArray(row.data['roles']) &&
  row.data['roles'].some((role) => role !== 'incoming');

/** What a row counts as, besides what it says of a check. */
const countOf = (row: LedgerRow): TimelineCount | undefined => {
  const { event, itemId, data } = row;
  // requests and handovers have clocks of the same make
  const isItems = itemId?.startsWith('i') === true;
  switch (event) {
    case 'RoundOpened':
      return 'rounds';
    case 'ObligationOpened':
      return data['kind'] === 'postEmpty' ? 'empty' : data['kind'] === 'help' ? 'help' : undefined;
    case 'HandoverAccepted':
      return 'handovers';
    case 'ItemHandedOver':
      return 'itemsIn';
    case 'StepFired':
      return isItems && isPastDeadline(row) ? 'itemsOverdue' : isHandoverLate(row) ? 'handoversLate' : undefined;
    case 'ChannelFailed':
    case 'MassFailureFound':
      return 'alarms';
    default:
      return undefined;
  }
};

/** Of these there are few, and each is worth a look. */
const notable: ReadonlySet<TimelineCount> = new Set<TimelineCount>(['empty', 'help', 'handoversLate', 'itemsOverdue', 'alarms']);

const subjectOf = ({ data, actor }: LedgerRow): SubjectId | undefined => {
  for (const key of ['subject', 'postId', 'unitId', 'unit']) if (typeof data[key] === 'string') return data[key];
  return actor;
};

const add = (into: Growing, more: TimelineCounts): void => {
  for (const count of timelineCounts) if (more[count] !== undefined) into[count] = (into[count] ?? 0) + more[count];
  if (!more.steps) return;
  into.steps ??= {};
  for (const [step, times] of Object.entries(more.steps)) into.steps[step] = (into.steps[step] ?? 0) + times;
};

/**
 * The last day from the rows of the ledger, in stretches and by body (a unit; an empty text for what is the bureau's alone),
 * so that everybody can be shown theirs. Rows come in the ledger's order; a row again is no other row.
 */
export const createTimeline = (bodyOf: (subject: SubjectId, at: number) => string | undefined) => {
  const stretches = new Map<number, Stretch>();
  const moments: (TimelineMoment & { readonly body: string })[] = [];
  const overdue = new Set<string>();
  const dirty = new Set<Stretch>();
  const fresh: number[] = [];
  /** The version that each moment was told with, by seq. */
  const told = new Map<number, number>();
  let through = 0;

  const stretchOf = (at: number): Stretch => {
    const begin = Math.floor(at / stretchMs) * stretchMs;
    const known = stretches.get(begin) ?? { at: begin, byBody: new Map(), version: 0 };
    stretches.set(begin, known);
    return known;
  };

  const placeOf = (row: LedgerRow): Place => {
    const subject = subjectOf(row);
    return { stretch: stretchOf(row.at), body: (subject === undefined ? undefined : bodyOf(subject, row.at)) ?? '' };
  };

  const count = ({ stretch, body }: Place, counts: TimelineCounts): void => {
    const own = stretch.byBody.get(body) ?? {};
    add(own, counts);
    stretch.byBody.set(body, own);
    dirty.add(stretch);
  };

  const checks = followChecks<Place>((place, what, by) => {
    count(place, { [what]: by });
    const own = place.stretch.byBody.get(place.body);
    if (own?.[what] === 0) delete own[what];
  });

  const note = (row: LedgerRow, what: TimelineCount, body: string): void => {
    const subject = subjectOf(row);
    const { seq, at, obligationId, itemId } = row;
    moments.push({
      seq,
      at,
      what,
      body,
      ...(subject === undefined ? {} : { subject }),
      ...(obligationId === undefined ? {} : { obligationId }),
      ...(itemId === undefined ? {} : { itemId }),
    });
    fresh.push(seq);
    for (const { seq: old } of moments.splice(0, moments.length - mostMoments)) told.delete(old);
  };

  const takeCheck = (row: LedgerRow): void => {
    if (row.event === 'CheckOpened') {
      const place = placeOf(row);
      if (checks.begin(row, place)) count(place, { asked: 1 });
      return;
    }
    checks.take(row);
    // where a whole round was silent, the alarm is what is worth a look
    if (row.event !== 'ObligationMissed' || row.data['massFailureOf'] !== undefined) return;
    const silence = checks.silenceOf(row.obligationId);
    if (silence) note(row, silence.count, silence.place.body);
  };

  const take = (row: LedgerRow): void => {
    if (row.seq <= through) return;
    through = row.seq;
    takeCheck(row);
    if (row.event === 'StepFired' && row.itemId === undefined && isClimbing(row)) {
      count(placeOf(row), { steps: { [Number(row.data['stepNo'])]: 1 } });
      return;
    }
    const what = countOf(row);
    if (what === undefined) return;
    if (what === 'itemsOverdue' || what === 'handoversLate') {
      // each clock once, however far its ladder goes
      if (overdue.has(row.obligationId!)) return;
      overdue.add(row.obligationId!);
    }
    const place = placeOf(row);
    count(place, { [what]: 1 });
    if (notable.has(what)) note(row, what, place.body);
  };

  return {
    take,
    through: (): number => through,
    /** Goes on from here, as if everything before had been read. */
    beginAt: (seq: number): void => void (through = Math.max(through, seq)),
    hasNews: (now: number): boolean => {
      checks.passTo(now);
      return dirty.size > 0;
    },
    /** What has come since the last time belongs to this version; what is older than a day goes. */
    settle: (version: number, now: number): void => {
      checks.passTo(now);
      for (const stretch of dirty) stretch.version = version;
      for (const seq of fresh.splice(0)) told.set(seq, version);
      dirty.clear();
      for (const at of stretches.keys()) if (at < now - timelineMs - stretchMs) stretches.delete(at);
      checks.forget(({ stretch }) => stretches.get(stretch.at) !== stretch);
      if (overdue.size > 50_000) overdue.clear();
    },
    /** What somebody has to hear who knows everything up to `version`. */
    since: (version: number, isSeen: (body: string) => boolean): TimelineView => ({
      stretches: [...stretches.values()]
        .filter((stretch) => stretch.version > version)
        .toSorted((a, b) => a.at - b.at)
        .flatMap(({ at, byBody }) => {
          const sum: Growing = {};
          for (const [body, counts] of byBody) if (isSeen(body)) add(sum, counts);
          return Object.keys(sum).length === 0 ? [] : [{ at, ...sum }];
        }),
      moments: moments.filter(({ seq, body }) => (told.get(seq) ?? 0) > version && isSeen(body)).map(({ body: _, ...moment }) => moment),
    }),
  };
};
