import type { Context } from '../escalation/fire.ts';
import type { Notice } from '../escalation/notice.ts';
import { isEnded, type ObligationKind } from '../escalation/obligation.ts';
import type { Policy, Role, Via } from '../escalation/policy.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { Gathered, Period } from './gather-stories.ts';
import { replayStory, tellStory, type Course } from './replay-story.ts';
import { isOfLadder, outageMs, unlookedIn, type ContextAt, type Story, type Unlooked } from './story.ts';

/** How it stood at the end of the period. Missed is a verdict: whatever came after it does not undo it. */
export type Verdict = 'inTime' | 'late' | 'missed' | 'takenOver' | 'withdrawn' | 'open';

/** One thing that the ladder did. Instants are epoch ms. */
export type Hop = {
  readonly at: number;
  readonly what: 'told' | 'skipped' | 'reminded' | 'missed';
  readonly roles: readonly Role[];
  readonly notified: readonly string[];
  /** Asked to ring those who should have been rung. */
  readonly callers: readonly string[];
  readonly via?: Via;
  /** Why nobody was told. */
  readonly reason?: string;
};

export type Way = { readonly hops: readonly Hop[]; readonly verdict: Verdict; readonly endedAt?: number; readonly endedBy?: string };

export type Compared = {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly subject: string;
  readonly policy: string;
  readonly openedAt: number;
  readonly before: Way;
  readonly after: Way;
  readonly isChanged: boolean;
  readonly isDoubtful: boolean;
};

/** Of one way, over everything that was looked at. */
export type Totals = {
  readonly messages: { readonly day: number; readonly night: number };
  /** People who got something in a night, each night counted. */
  readonly woken: number;
  readonly missed: number;
};

export type Comparison = {
  readonly compared: readonly Compared[];
  readonly before: Totals;
  readonly after: Totals;
  readonly changed: number;
  /** Ended by somebody whom the changed ladder would not have told by then. */
  readonly doubtful: number;
};

export type Ladders = { readonly [name: string]: Policy };

export type CompareParts = {
  readonly period: Period;
  readonly gathered: Gathered;
  readonly before: Ladders;
  readonly after: Ladders;
  /** What holds at all times. */
  readonly always: Omit<Context, 'directory' | 'policyOf' | 'isMassFailure' | 'isUnreached'>;
  /** The ladder of those whose own is gone. */
  readonly otherwise: Policy;
  /** Names the night that an instant belongs to; undefined by day. */
  readonly nightOf: (at: number) => string | undefined;
  /** What is said by the way inside this time to one recipient is one message. */
  readonly bundleWindowMs: number;
};

const whats: { readonly [event: string]: Hop['what'] } = {
  StepFired: 'told',
  StepSkipped: 'skipped',
  ReminderFired: 'reminded',
  ObligationMissed: 'missed',
};

const hopOf = ({ at, event, data }: LedgerEvent): Hop => ({
  at,
  what: whats[event]!,
  roles: (data['roles'] ?? []) as readonly Role[],
  notified: (data['notified'] ?? []) as readonly string[],
  callers: (data['callers'] ?? []) as readonly string[],
  ...(data['via'] === undefined ? {} : { via: data['via'] as Via }),
  ...(data['reason'] === undefined ? {} : { reason: data['reason'] as string }),
});

const verdictOf = ({ o, events }: Course): Verdict => {
  if (o.missedAt !== undefined) return 'missed';
  if (!isEnded(o)) return 'open';
  if (o.status !== 'answered') return o.status === 'takenOver' ? 'takenOver' : 'withdrawn';
  return events.some(({ event, data }) => event === 'AnswerRecorded' && data['isLate'] === true) ? 'late' : 'inTime';
};

const wayOf = (course: Course, { fromAt, toAt }: Period): Way => ({
  hops: course.events.filter((event) => isOfLadder(event) && event.at >= fromAt && event.at < toAt).map(hopOf),
  verdict: verdictOf(course),
  ...(course.o.endedAt === undefined ? {} : { endedAt: course.o.endedAt }),
  ...(course.o.endedBy === undefined ? {} : { endedBy: course.o.endedBy }),
});

type Said = { readonly at: number; readonly notice: Notice };

/** Messages as they reach people: changes of a card they have are none, what is said by the way goes out together. */
const totalsOf = (said: readonly Said[], missed: number, { period, nightOf, bundleWindowMs }: CompareParts): Totals => {
  const bundledUntil = new Map<string, number>();
  const woken = new Set<string>();
  const messages = { day: 0, night: 0 };
  for (const { at, notice } of said.toSorted((one, other) => one.at - other.at)) {
    if (notice.isUpdate || at < period.fromAt || at >= period.toAt) continue;
    if (notice.isBundled) {
      if (at < (bundledUntil.get(notice.to) ?? Number.NEGATIVE_INFINITY)) continue;
      bundledUntil.set(notice.to, at + bundleWindowMs);
    }
    const night = nightOf(at);
    if (night === undefined) messages.day += 1;
    else {
      messages.night += 1;
      if (notice.to.startsWith('m')) woken.add(`${notice.to} ${night}`);
    }
  }
  return { messages, woken: woken.size, missed };
};

/** Stretches in which the service looked at nothing, the longest of those that began together. */
const outagesOf = (unlooked: readonly Unlooked[]): readonly Unlooked[] =>
  unlooked.filter(({ from, to, order }) => Number.isInteger(order) && to - from >= outageMs).toSorted((one, other) => other.to - one.to);

/** What the ladders of a campaign made of each question, and what others would have made of the same. */
export const prepareComparison = (parts: CompareParts) => {
  const { period, gathered, always, otherwise } = parts;
  const contextBy = (ladders: Ladders): ContextAt => {
    const policyOf = (name: string): Policy => ladders[name] ?? otherwise;
    return (at, roundId) => ({ ...always, ...gathered.at(at, roundId), policyOf });
  };
  const [byBefore, byAfter] = [contextBy(parts.before), contextBy(parts.after)];
  const own = new Map(gathered.stories.map((story) => [story, unlookedIn(story, byBefore)] as const));
  const outages = outagesOf([...own.values()].flat());
  const said: { readonly before: Said[]; readonly after: Said[] } = { before: [], after: [] };
  const missed = { before: 0, after: 0 };
  const compared: Compared[] = [];

  const isIn = (at: number | undefined): boolean => at !== undefined && at >= period.fromAt && at < period.toAt;

  return {
    stories: gathered.stories,
    /** One question more; whoever has many lets others go on in between. */
    take: (story: Story): void => {
      const [opening] = story;
      const policy = opening.data['policy'] as string;
      const really = tellStory(story, byBefore);
      const instead = replayStory(story, {
        before: parts.before[policy] ?? otherwise,
        contextAt: byAfter,
        own: own.get(story) ?? [],
        outages,
        until: period.toAt - 1,
      });
      said.before.push(...really.said);
      said.after.push(...instead.said);
      if (isIn(really.o.missedAt)) missed.before += 1;
      if (isIn(instead.o.missedAt)) missed.after += 1;
      const [before, after] = [wayOf(really, period), wayOf(instead, period)];
      compared.push({
        id: opening.obligationId!,
        kind: really.o.kind,
        subject: really.o.subject,
        policy,
        openedAt: opening.at,
        before,
        after,
        isChanged: JSON.stringify(before) !== JSON.stringify(after),
        isDoubtful: instead.isDoubtful,
      });
    },
    result: (): Comparison => ({
      compared,
      before: totalsOf(said.before, missed.before, parts),
      after: totalsOf(said.after, missed.after, parts),
      changed: compared.filter(({ isChanged }) => isChanged).length,
      doubtful: compared.filter(({ isDoubtful }) => isDoubtful).length,
    }),
  };
};
