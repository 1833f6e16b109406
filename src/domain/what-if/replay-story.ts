import { announce } from '../escalation/announce.ts';
import { decide, isLateAt } from '../escalation/decide.ts';
import { evolve } from '../escalation/evolve.ts';
import { fire, nextInstant } from '../escalation/fire.ts';
import type { Notice } from '../escalation/notice.ts';
import { isEnded, type Obligation } from '../escalation/obligation.ts';
import type { Policy } from '../escalation/policy.ts';
import { emptyStartsAfterMs, startThroughMs } from '../escalation/step-time.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { isOfLadder, lookAt, type ContextAt, type Story, type Unlooked } from './story.ts';

/** What became of an obligation: its events, what they said to whom, and how it stands at the end. */
export type Course = {
  readonly events: readonly LedgerEvent[];
  /** Each with the instant at which it was decided. Changes of cards that people have already are among them. */
  readonly said: readonly { readonly at: number; readonly notice: Notice }[];
  readonly o: Obligation;
  /** Somebody ended it who, by these ladders, had not yet been asked or told: who knows whether they would have. */
  readonly isDoubtful: boolean;
};

/** No clock rings so often in any period that may be asked for. */
const mostRings = 5_000;

type Walk = { o: Obligation; at: number; readonly events: LedgerEvent[]; readonly said: { at: number; notice: Notice }[] };

const take = (walk: Walk, events: readonly LedgerEvent[], contextAt: ContextAt): void => {
  for (const event of events) {
    walk.o = evolve(walk.o, event) ?? walk.o;
    walk.at = event.at;
    walk.events.push(event);
    for (const notice of announce(walk.o, event, contextAt(event.at, walk.o.roundId))) walk.said.push({ at: event.at, notice });
  }
};

const begin = (opening: LedgerEvent): Walk => ({ o: evolve(undefined, opening)!, at: opening.at, events: [opening], said: [] });

/** What really happened, told the same way. */
export const tellStory = (story: Story, contextAt: ContextAt): Course => {
  const [opening, ...rest] = story;
  const walk = begin(opening);
  take(walk, rest, contextAt);
  return { events: walk.events, said: walk.said, o: walk.o, isDoubtful: false };
};

/** The opening as other ladders would have had it: where it begins on them, and how long an answer is in time. */
const openedUnder = (opening: LedgerEvent, before: Policy, after: Policy): LedgerEvent => {
  const { at, itemId, data } = opening;
  const baseAt = data['baseAt'] as number;
  if (itemId !== undefined) return { ...opening, data: { ...data, throughMs: startThroughMs(baseAt, after, at) } };
  // checks have the window of the hours they are asked in; the others have their ladder's
  const windowMs = (data['answerBy'] as number) - at;
  const isLadders = data['kind'] !== 'check' && windowMs === before.answerWindowMs;
  const answerBy = isLadders ? { answerBy: at + after.answerWindowMs } : {};
  const startsAfterMs = data['kind'] === 'postEmpty' && baseAt === at - emptyStartsAfterMs(before) ? emptyStartsAfterMs(after) : undefined;
  const start = startsAfterMs === undefined ? {} : { baseAt: at - startsAfterMs, throughMs: startsAfterMs - 1 };
  return { ...opening, data: { ...data, ...answerBy, ...start } };
};

const ends: ReadonlySet<string> = new Set(['AnswerRecorded', 'ObligationTakenOver']);

/** Whoever ended it, and whether they had heard of it by then. */
const knows = (o: Obligation, personId: string): boolean => o.asked.includes(personId) || o.told.includes(personId);

/** What somebody did, taken as it came: judged anew is only whether an answer is late. */
const asDone = (o: Obligation, event: LedgerEvent, contextAt: ContextAt): readonly LedgerEvent[] => {
  const context = contextAt(event.at, o.roundId);
  if (event.event === 'PolicyMoved') {
    const policy = event.data['policy'] as string;
    const command = o.itemId === undefined ? { type: 'movePolicy', policy, personId: event.actor ?? '' } : { type: 'changeLadder', policy };
    return decide(o, command as Parameters<typeof decide>[1], context, event.at).events;
  }
  if (event.event !== 'AnswerRecorded') return [event];
  const { afterMs } = event.data;
  const receivedAt = o.itemId === undefined && typeof afterMs === 'number' ? o.openedAt + afterMs : event.at;
  return [{ ...event, data: { ...event.data, isLate: isLateAt(o, receivedAt, context, event.at), stepNo: o.stepNo } }];
};

/** Somebody had the ladder go on at once: of what that led to, only who it was is taken. */
const passedOn = (o: Obligation, { at, actor, channel = '' }: LedgerEvent, contextAt: ContextAt): readonly LedgerEvent[] =>
  decide(o, { type: 'passOn', personId: actor!, channel }, contextAt(at, o.roundId), at).events;

/** What others did, in its order, and where in the story it stands. What the ladder did follows from it. */
const deedsOf = (story: Story): readonly { readonly event: LedgerEvent; readonly order: number }[] =>
  story.flatMap((event, order) => {
    if (order === 0) return [];
    if (!isOfLadder(event)) return [{ event, order }];
    const before = story[order - 1];
    const isFirst = before === undefined || !isOfLadder(before) || before.at !== event.at || before.actor !== event.actor;
    return event.actor !== undefined && isFirst ? [{ event, order }] : [];
  });

/**
 * What other ladders would have made of it: the same questions, and whatever people did as they did it and when; the
 * steps, reminders and the verdict follow from the ladders that `contextAt` gives, by the rules that run the service.
 * `before`: the ladder that it was opened by. Up to and including `until`.
 */
export const replayStory = (
  story: Story,
  {
    before,
    contextAt,
    own,
    outages,
    until,
  }: {
    readonly before: Policy;
    readonly contextAt: ContextAt;
    readonly own: readonly Unlooked[];
    readonly outages: readonly Unlooked[];
    readonly until: number;
  },
): Course => {
  const [opening] = story;
  const policyNow = (o: Obligation, at: number): Policy => contextAt(at, o.roundId).policyOf(o.policy);
  const walk = begin(openedUnder(opening, before, contextAt(opening.at, undefined).policyOf(opening.data['policy'] as string)));
  let real = evolve(undefined, opening)!;
  let told = 1;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isDoubtful = false;

  /** Lets the clock ring for what comes before a deed, or before the end. */
  const ring = (deed?: { readonly at: number; readonly order: number }): void => {
    for (let rings = 0; rings < mostRings && !isEnded(walk.o); rings++) {
      const dueAt = nextInstant(walk.o, policyNow(walk.o, walk.at), walk.at);
      const look = lookAt(dueAt, lookedAt, own, outages);
      const isBefore = deed === undefined || (look.order === undefined ? look.at <= deed.at : look.order < deed.order);
      if (!isBefore || look.at > until) return;
      const at = Math.max(look.at, walk.at);
      lookedAt = at;
      const events = fire(walk.o, contextAt(at, walk.o.roundId), at);
      walk.at = at;
      // it waits for working hours, or there is nothing left to do
      if (events.length === 0 && nextInstant(walk.o, policyNow(walk.o, at), at) <= at) return;
      take(walk, events, contextAt);
    }
  };

  for (const { event, order } of deedsOf(story)) {
    ring({ at: event.at, order });
    for (; told < order; told++) real = evolve(real, story[told]!) ?? real;
    if (isEnded(walk.o)) break;
    if (isOfLadder(event)) {
      take(walk, passedOn(walk.o, event, contextAt), contextAt);
      lookedAt = event.at;
      continue;
    }
    const by = (event.data['by'] as string | undefined) ?? event.actor;
    if (ends.has(event.event) && by !== undefined && knows(real, by) && !knows(walk.o, by)) isDoubtful = true;
    take(walk, asDone(walk.o, event, contextAt), contextAt);
  }
  ring();
  return { events: walk.events, said: walk.said, o: walk.o, isDoubtful };
};
