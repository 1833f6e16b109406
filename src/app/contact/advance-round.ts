import { evolveRound, isMassFailure, judgeAfterShare, type Round } from '../../domain/contact/round.ts';
import type { Watch } from '../../domain/contact/watch.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import { obligationIdOf } from '../../domain/escalation/decide.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import type { Due, Stored, Transition } from '../../ports/store.ts';
import { keepHandovers } from '../handover/keep-handovers.ts';
import { beginChange, keepEndedMs, mayOpenCheck, openIn, readInto, toTransition } from '../change.ts';
import { contactPolicyFor } from './contact-rules.ts';
import { openCheckIn } from './open-check.ts';
import { refreshWorld, watchIdOf, type World } from '../world.ts';

/** Transitions in one commit, and commits under way at once: Redis works on one while the next is decided. */
const chunkSize = 250;
const inFlight = 4;
/** Asked later than this, a round's clocks count from when it was asked. */
const lateFromMs = 60_000;
/** A closed round is kept as long as its obligations may ask it whether their silence is the channel's; looked at this often. */
export const keepClosedMs = 24 * 3_600_000;

/** Everybody a round asks: all posts, or those where the team is or is not, or all standing contacts, or those it names. */
export const subjectsOf = (world: World, round: Pick<Round, 'subjects' | 'target' | 'where' | 'openedAt'>): readonly string[] => {
  if (round.subjects) return round.subjects;
  if (round.target === 'standing') return standingContacts(world);
  const posts = world.directory.roster.posts.map((post) => post.id);
  if (round.where === undefined) return posts;
  const isOnSite = (subject: string): boolean => contactPolicyFor(world, subject, round.openedAt) === world.settings.onSite;
  return posts.filter((subject) => isOnSite(subject) === (round.where === 'onSite'));
};

/** Liaisons, contacts and members of the liaison group: bound to be reachable at all times, without shifts. */
export const standingContacts = (world: World): readonly string[] => {
  const now = world.clock.now();
  const roles = new Set(['liaison', 'contact', 'groupLeader', 'member']);
  const people = world.directory.organisation.appointments
    .filter((a) => roles.has(a.role) && isInTerm(a, now))
    .map((a) => a.personId)
    .filter((personId) => !world.directory.people.get(personId)?.isDisabled);
  return [...new Set(people)];
};

const isCalm = (world: World, { subject, lastPresenceAt }: Watch, now: number): boolean =>
  lastPresenceAt !== null && now - lastPresenceAt < contactPolicyFor(world, subject, now).quietAfterPresenceMs;

/** A round whose process died is asked by another, later than its own instant. */
const lateMsOf = (world: World, round: Round): number => {
  const lateMs = world.clock.now() - round.openedAt;
  return lateMs < lateFromMs ? 0 : lateMs;
};

/** A round asked by hand asks everybody; a fixed one leaves those in peace whose presence was proven a moment ago. */
const askChunk = async (world: World, round: Round, subjects: readonly string[], now: number, triesLeft = 5): Promise<number> => {
  const watches = await world.store.load(subjects.map(watchIdOf));
  const transitions: Transition[] = [];
  const asking: string[] = [];
  let before = 0;
  for (const stored of watches) {
    if (stored?.aggregate.type !== 'watch') continue;
    const watch = stored.aggregate.state;
    if (watch.openObligationId === obligationIdOf('check', watch.subject, now)) before += 1;
    if (!mayOpenCheck(world, watch, now) || (round.cause === 'round' && isCalm(world, watch, now))) continue;
    const change = beginChange(world, now);
    readInto(change, stored.id, stored);
    const asked = { cause: round.cause, roundId: round.id, ...(round.openedBy === undefined ? {} : { openedBy: round.openedBy }) };
    openCheckIn(world, change, watch, asked, lateMsOf(world, round));
    transitions.push(toTransition(change));
    asking.push(watch.subject);
  }
  if (transitions.length === 0) return before;
  const results = await world.store.commit(transitions, world.campaignVersion);
  if (results.includes('stale')) {
    await refreshWorld(world, true);
    await keepHandovers(world);
  }
  // Whoever was changed by somebody else meanwhile, by an answer for example, is looked at again.
  const again = asking.filter((_, index) => results[index] !== 'committed');
  const asked = before + asking.length - again.length;
  return again.length === 0 || triesLeft === 0 ? asked : asked + (await askChunk(world, round, again, now, triesLeft - 1));
};

/** Asks everybody, in chunks, and counts them. Asked again after a crash it asks only those who had not been. */
export const askRound = async (world: World, round: Round, now: number): Promise<number> => {
  const subjects = subjectsOf(world, round);
  const running = new Set<Promise<void>>();
  let asked = 0;
  for (let from = 0; from < subjects.length; from += chunkSize) {
    const chunk = askChunk(world, round, subjects.slice(from, from + chunkSize), now).then((count) => {
      asked += count;
      running.delete(chunk);
    });
    running.add(chunk);
    if (running.size >= inFlight) await Promise.race(running);
  }
  await Promise.all(running);
  return asked;
};

/** How many of a round's checks there are, and how many are still open. */
const countRound = async (world: World, round: Round): Promise<{ readonly asked: number; readonly silent: readonly string[] }> => {
  let asked = 0;
  const silent: string[] = [];
  const subjects = subjectsOf(world, round);
  for (let from = 0; from < subjects.length; from += chunkSize) {
    const chunk = subjects.slice(from, from + chunkSize);
    const found = await world.store.load(chunk.map((subject) => obligationIdOf('check', subject, round.openedAt)));
    for (const stored of found) {
      if (stored?.aggregate.type !== 'obligation' || stored.aggregate.state.roundId !== round.id) continue;
      asked += 1;
      if (!isEnded(stored.aggregate.state)) silent.push(stored.aggregate.state.subject);
    }
  }
  return { asked, silent };
};

const write = (round: Round, stored: Stored, dueAt: number | null) => ({
  id: stored.id,
  expected: stored.version,
  aggregate: { type: 'round', state: round } as const,
  dueAt,
});

/** How long after it was asked a round is judged. */
export const judgeAfterMs = (world: World, round: Round): number => {
  const policy = round.target === 'posts' ? world.settings.posts : world.settings.standing;
  return Math.min(...policy.bands.map((band) => band.answerWindowMs)) * judgeAfterShare;
};

/**
 * Checks of a round that have ended are forgotten after a while: asked after that, whoever answered would be asked again
 * under the same id. What is left of so old a round is left to each watch's own limit of silence, as a fixed time is
 * that was missed by as much; whoever asked for it by hand hears so.
 */
const abandon = async (world: World, due: Due, round: Round, now: number): Promise<void> => {
  const { asked, silent } = await countRound(world, round);
  const event: LedgerEvent = {
    at: now,
    event: 'RoundClosed',
    data: { roundId: round.id, asked, silent: silent.length, reason: 'tooLate' },
  };
  const notices: readonly Notice[] =
    round.openedBy === undefined ? [] : [{ to: round.openedBy, via: 'card', template: 'reply.refused', params: { reason: 'tooLate' } }];
  const writes = [write(evolveRound(round, event)!, due, now + keepClosedMs)];
  await world.store.commit([{ writes, events: [event], notices }], world.campaignVersion);
};

/** As many are asked or counted while a round is lent, with much to spare. */
const asksPerLease = 5_000;

/**
 * A long round outlasts its lease: it is taken for as long as it may last, or another process would ask the same people
 * beside us. Undefined where another was quicker.
 */
const claim = async (world: World, due: Due, round: Round, now: number): Promise<Due | undefined> => {
  const leases = Math.ceil(subjectsOf(world, round).length / asksPerLease);
  if (leases <= 1) return due;
  const dueAt = now + leases * world.leaseMs;
  const [result] = await world.store.commit([{ writes: [write(round, due, dueAt)], events: [], notices: [] }], world.campaignVersion);
  if (result === 'stale') await refreshWorld(world, true);
  return result === 'committed' ? { ...due, version: due.version + 1 } : undefined;
};

/** The round's own clock fell due: ask, or judge, or forget it. */
export const advanceRound = async (world: World, taken: Due): Promise<void> => {
  if (taken.aggregate.type !== 'round') return;
  const round = taken.aggregate.state;
  const now = world.clock.now();
  const due = await claim(world, taken, round, now);
  if (!due) return;
  if (round.phase === 'closed') {
    const { silent } = await countRound(world, round);
    const kept = silent.length > 0 ? write(round, due, now + keepClosedMs) : { ...write(round, due, null), aggregate: null };
    await world.store.commit([{ writes: [kept], events: [], notices: [] }], world.campaignVersion);
    return;
  }
  if (round.phase === 'opening') {
    if (now - round.openedAt >= keepEndedMs) return abandon(world, due, round, now);
    // Everything in it is stamped with the round's own instant, so that asking again makes the same ids.
    const asked = await askRound(world, round, round.openedAt);
    const event: LedgerEvent = { at: now, event: 'RoundAsked', data: { roundId: round.id, asked } };
    await world.store.commit(
      [
        {
          writes: [write(evolveRound(round, event)!, due, round.openedAt + lateMsOf(world, round) + judgeAfterMs(world, round))],
          events: [event],
          notices: [],
        },
      ],
      world.campaignVersion,
    );
    return;
  }
  const { asked, silent } = await countRound(world, round);
  const events: LedgerEvent[] = [{ at: now, event: 'RoundClosed', data: { roundId: round.id, asked, silent: silent.length } }];
  const change = beginChange(world, now);
  // Where the channel has failed aloud the office has been told of it already.
  if (!round.isMassFailure && isMassFailure(asked, silent.length, world.settings.massFailure)) {
    events.unshift({ at: now, event: 'MassFailureFound', data: { roundId: round.id, asked, silent: silent.length } });
    readInto(change, due.id, undefined);
    openIn(world, change, {
      type: 'open',
      kind: 'channelFailure',
      subject: `x${round.id}`,
      policy: 'office',
      cause: `silent ${silent.length} of ${asked}`,
    });
  }
  const judged = events.reduce<Round>((state, event) => evolveRound(state, event)!, round);
  const transition = toTransition(change);
  const writes = [...transition.writes.filter((one) => one.id !== due.id), write(judged, due, now + keepClosedMs)];
  await world.store.commit([{ writes, events: [...events, ...transition.events], notices: transition.notices }], world.campaignVersion);
};
