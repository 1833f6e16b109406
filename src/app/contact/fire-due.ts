import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { forgottenAt, isOver, type Handover } from '../../domain/handover/handover.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { isStoreAway } from '../../ports/fault.ts';
import { putOffMs, type Due, type Stored, type Transition } from '../../ports/store.ts';
import { applyAll, beginChange, decideIn, mayOpenCheck, planNext, readInto, toTransition } from '../change.ts';
import { contactPolicyFor } from './contact-rules.ts';
import { openCheckIn } from './open-check.ts';
import { adoptIn } from './take-in-policies.ts';
import { keepHandovers } from '../handover/keep-handovers.ts';
import { refreshWorld, type World } from '../world.ts';
import { lookAtProposal } from '../roster-change/keep-proposal.ts';
import { lookAtRequest } from '../shift-change/look-at-request.ts';
import { advanceRound } from './advance-round.ts';

/** Most that one look at the due set takes: a script over more would stall Redis. */
export const sweepLimit = 250;

const forget = (due: Due): Transition => ({
  writes: [{ id: due.id, expected: due.version, aggregate: null, dueAt: null }],
  events: [],
  notices: [],
});

/** It has taken effect, which was written down before anything that is due was looked at; much later it is over for long. */
const keepHandover = (due: Due, handover: Handover, now: number): Transition => {
  const endsAt = isOver(handover) ? forgottenAt(handover) : null;
  if (endsAt !== null && endsAt <= now) return forget(due);
  return { writes: [{ id: due.id, expected: due.version, aggregate: due.aggregate, dueAt: endsAt }], events: [], notices: [] };
};

/** A step or a reminder never changes the subject's watch, which is therefore not read here: only ends and openings do. */
const fireObligation = (world: World, due: Due, o: Obligation, round: Stored | undefined, now: number): Transition => {
  if (isEnded(o)) return forget(due);
  const isMassFailure = round?.aggregate.type === 'round' && round.aggregate.state.isMassFailure;
  const change = beginChange(world, now, isMassFailure);
  readInto(change, due.id, due);
  // its time may come before all that was planned by other ladders is planned anew
  adoptIn(world, change, o, world.calendar?.policies);
  decideIn(world, change, o.id, { type: 'fire' });
  return toTransition(change);
};

/** A watch fell due: ask, unless presence was proven a moment ago; then look again later. */
const fireWatch = (world: World, due: Due, now: number): Transition => {
  const change = beginChange(world, now);
  readInto(change, due.id, due);
  const { aggregate } = due;
  if (aggregate.type !== 'watch') return toTransition(change);
  const watch = aggregate.state;
  const policy = contactPolicyFor(world, watch.subject, now);
  const isPresent = watch.lastPresenceAt !== null && now - watch.lastPresenceAt < policy.quietAfterPresenceMs;
  // The limit is hard: what is asked for its sake comes a little ahead of it, and put off it would fall due again at once.
  const isCalm = isPresent && watch.cause !== 'silence';
  if (mayOpenCheck(world, watch, now) && !isCalm) {
    openCheckIn(world, change, watch, { cause: watch.cause });
    return toTransition(change);
  }
  const plan = planNext(world, watch, now + 1);
  applyAll(world, change, [
    { at: now, event: 'WatchMoved', data: { subject: watch.subject, cause: plan?.cause ?? watch.cause, nextCheckAt: plan?.at ?? null } },
  ]);
  return toTransition(change);
};

const failureOf = (id: string, code: string, now: number): LedgerEvent => ({ at: now, event: 'DecisionFailed', data: { id, code } });

/** The kind of an error and nothing it says: that may hold a name or a text. */
const codeOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** One that cannot be decided must not keep the others waiting. */
const putOff = (world: World, due: Due, error: unknown, now: number): Transition => {
  world.log.error(
    { id: due.id, error: String(error), stack: error instanceof Error ? error.stack : '' },
    'a decision failed; it is put off',
  );
  return {
    writes: [{ id: due.id, expected: due.version, aggregate: due.aggregate, dueAt: now + putOffMs }],
    events: [failureOf(due.id, codeOf(error), now)],
    notices: [],
  };
};

const obligationsOf = (due: readonly Due[]): readonly Obligation[] =>
  due.flatMap((one) => (one.aggregate.type === 'obligation' && !isEnded(one.aggregate.state) ? [one.aggregate.state] : []));

/** `subject`: whose it is, where that can be told. */
export type FailedDecision = { readonly id: string; readonly subject?: string };

export type Swept = {
  readonly taken: number;
  readonly committed: number;
  /** What could not be decided and was put off. */
  readonly failed: readonly FailedDecision[];
  readonly nextAt: number | null;
  /** How late each decision was when it was durable, campaign ms. */
  readonly latenessMs: readonly number[];
};

/** An obligation goes on without what stands beside it where that cannot be read. */
const loadReadable = async (world: World, ids: readonly string[]): Promise<readonly (Stored | undefined)[]> => {
  try {
    return await world.store.load(ids);
  } catch (error) {
    if (isStoreAway(error)) throw error;
  }
  const oneByOne = ids.map(async (id) => {
    try {
      return (await world.store.load([id]))[0];
    } catch (error) {
      if (isStoreAway(error)) throw error;
      world.log.error({ id, error: String(error) }, 'cannot be read; decided without it');
      return undefined;
    }
  });
  return Promise.all(oneByOne);
};

/** The rounds that the obligations belong to: most of one being silent is no reason to alarm everybody. */
const loadRounds = async (world: World, due: readonly Due[]): Promise<ReadonlyMap<string, Stored | undefined>> => {
  const ids = [...new Set(obligationsOf(due).flatMap((o) => o.roundId ?? []))];
  const loaded = ids.length === 0 ? [] : await loadReadable(world, ids);
  return new Map(ids.map((id, index) => [id, loaded[index]]));
};

/** What is due, decided by itself. */
export const decideOne = (world: World, due: Due, rounds: ReadonlyMap<string, Stored | undefined>, now: number): Transition => {
  if (due.aggregate.type === 'watch') return fireWatch(world, due, now);
  if (due.aggregate.type === 'handover') return keepHandover(due, due.aggregate.state, now);
  if (due.aggregate.type !== 'obligation') return forget(due);
  const o = due.aggregate.state;
  return fireObligation(world, due, o, o.roundId === undefined ? undefined : rounds.get(o.roundId), now);
};

const failedOf = ({ id, aggregate: { state } }: Due): FailedDecision =>
  'subject' in state && typeof state.subject === 'string' ? { id, subject: state.subject } : { id };

type Decided = { readonly committed: readonly Due[]; readonly failed: readonly Due[] };

/** Decides what is due, and decides again, once, what was decided on a campaign that has moved on meanwhile. */
const decideDue = async (world: World, due: readonly Due[], now: number, isAgain = false): Promise<Decided> => {
  const rounds = await loadRounds(world, due);
  const thrown = new Set<Due>();
  const transitions = due.map((one) => {
    try {
      return decideOne(world, one, rounds, now);
    } catch (error) {
      thrown.add(one);
      return putOff(world, one, error, now);
    }
  });
  const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
  const done = due.filter((_, index) => results[index] === 'committed');
  const decided = { committed: done.filter((one) => !thrown.has(one)), failed: done.filter((one) => thrown.has(one)) };
  if (!results.includes('stale')) return decided;
  await refreshWorld(world, true);
  await keepHandovers(world);
  const stale = due.filter((_, index) => results[index] === 'stale');
  if (isAgain) return decided;
  const again = await decideDue(world, stale, now, true);
  return { committed: [...decided.committed, ...again.committed], failed: [...decided.failed, ...again.failed] };
};

const isJudgement = ({ aggregate }: Due): boolean => aggregate.type === 'round' && aggregate.state.phase === 'waiting';

/** What reads more than itself to be decided commits by itself. Answers what could not be decided. */
const decideOrPutOff = async (
  world: World,
  due: readonly Due[],
  decide: (world: World, due: Due) => Promise<unknown>,
  now: number,
): Promise<readonly Due[]> => {
  const failed: Due[] = [];
  for (const one of due)
    try {
      await decide(world, one);
    } catch (error) {
      if (isStoreAway(error)) throw error;
      await world.store.commit([putOff(world, one, error, now)], world.campaignVersion);
      failed.push(one);
    }
  return failed;
};

/**
 * One look at the due set: takes what is due, decides it, commits it. Any number of instances may do so at once;
 * whoever loses a race leaves it be, for the winner has moved the due time.
 */
export const fireDue = async (world: World, limit = sweepLimit): Promise<Swept> => {
  await keepHandovers(world, true);
  const now = world.clock.now();
  const { due, nextAt, unreadable = [] } = await world.store.takeDue(now, limit, world.leaseMs);
  if (unreadable.length > 0) {
    world.log.error({ ids: unreadable }, 'what was due cannot be read; it is put off');
    await world.store.append(unreadable.map((id) => failureOf(id, 'unreadable', now)));
  }
  const unread = unreadable.map((id): FailedDecision => ({ id }));
  if (due.length === 0) return { taken: 0, committed: 0, failed: unread, nextAt, latenessMs: [] };
  const ofType = (type: Due['aggregate']['type']): readonly Due[] => due.filter(({ aggregate }) => aggregate.type === type);
  const rounds = ofType('round');
  // Whether a round's silence is the channel's is settled before anybody is told of a person's.
  const judged = await decideOrPutOff(world, rounds.filter(isJudgement), advanceRound, now);
  const { committed, failed } = await decideDue(
    world,
    due.filter(({ aggregate }) => aggregate.type !== 'round' && aggregate.type !== 'request' && aggregate.type !== 'proposal'),
    now,
  );
  const requests = await decideOrPutOff(world, ofType('request'), lookAtRequest, now);
  const proposals = await decideOrPutOff(world, ofType('proposal'), lookAtProposal, now);
  const doneAt = world.clock.now();
  const asked = await decideOrPutOff(
    world,
    rounds.filter((round) => !isJudgement(round)),
    advanceRound,
    now,
  );
  return {
    taken: due.length,
    committed: committed.length,
    failed: [...unread, ...[judged, failed, requests, proposals, asked].flat().map(failedOf)],
    nextAt,
    latenessMs: committed.map(({ dueAt }) => doneAt - dueAt),
  };
};
