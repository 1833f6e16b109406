import { evolveRound, isMassFailure, judgeAfterShare, type Round } from '../../domain/contact/round.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { ChannelHealth, SeenOfChannel } from '../../ports/channel-health.ts';
import type { Stored } from '../../ports/store.ts';
import { judgeAfterMs, keepClosedMs } from '../contact/advance-round.ts';
import { beginChange, openIn, put, readInto, toTransition } from '../change.ts';
import { scanAll } from '../ledger/scan-all.ts';
import type { Outcome } from './send-parcels.ts';
import { calendarId, refreshWorld, type World } from '../world.ts';

/** Failures are seen together inside this, campaign ms. */
const windowMs = 5 * 60_000;
const mostRaces = 8;

/** Whoever has stopped their channels, and the alert about a channel itself, say nothing of it. */
const failureOf = (world: World, { parcel }: Outcome): string | undefined => {
  const { to } = parcel.message;
  const notice = parcel.notices.find(({ obligationId, stepNo }) => obligationId !== undefined && stepNo !== undefined);
  if (notice === undefined || !to.startsWith('m') || world.reach[to] !== undefined || notice.template === 'channelFailure.alert')
    return undefined;
  return notice.obligationId;
};

const seenOf = (world: World, outcomes: readonly Outcome[], isFailed: (one: Outcome) => boolean): SeenOfChannel => {
  const reached: string[] = [];
  const failed: { to: string; obligationId: string }[] = [];
  for (const one of outcomes) {
    const { to } = one.parcel.message;
    if (one.result.status === 'sent') reached.push(to);
    else if (isFailed(one)) {
      const obligationId = failureOf(world, one);
      if (obligationId !== undefined) failed.push({ to, obligationId });
    }
  }
  return { reached, failed };
};

/**
 * Takes in what became of messages, and tells the office once when a channel fails: when as many people and as large a
 * share of them as make a mass failure were not reached by it, whichever instance tried. `isFailed`: nobody will try again.
 */
export const watchChannels = async (
  world: World,
  health: ChannelHealth,
  outcomes: readonly Outcome[],
  isFailed: (one: Outcome) => boolean,
): Promise<void> => {
  const window = { now: world.clock.now(), ms: windowMs };
  for (const [channel, own] of Map.groupBy(outcomes, (one) => one.channel)) {
    const seen = seenOf(world, own, isFailed);
    if (seen.reached.length + seen.failed.length === 0) continue;
    const { sent, failed } = await health.record(channel, seen, window);
    const tried = sent + failed.size;
    if (seen.failed.length === 0 || !isMassFailure(tried, failed.size, world.settings.massFailure)) continue;
    await raise(world, { channel, tried, obligationIds: [...failed.values()] });
    // Only now: whoever ends before the alarm is raised leaves it to the next failure.
    await health.forget(channel);
  }
};

type Failing = { readonly channel: string; readonly tried: number; readonly obligationIds: readonly string[] };

const raise = async (world: World, failing: Failing): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
    const transition = await decideAlert(world, failing);
    if (transition === undefined) return;
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world);
    else if (result !== 'conflict') return;
  }
  world.log.error({ channel: failing.channel }, 'a failing channel could not be told of');
};

const openFailure = (world: World, change: ReturnType<typeof beginChange>, subject: string, { channel, tried, obligationIds }: Failing) =>
  openIn(world, change, {
    type: 'open',
    kind: 'channelFailure',
    subject,
    policy: 'office',
    cause: `failed ${obligationIds.length} of ${tried} over ${channel}`,
  });

/** The round that most of them belong to: its alert is the one about the channel, and its silence is not the people's. */
const decideAlert = async (world: World, failing: Failing) => {
  const change = beginChange(world, world.clock.now());
  const round = await commonRound(world, failing.obligationIds);
  if (round === undefined) return decideAlone(world, change, failing);
  const { state, stored } = round;
  if (state.isMassFailure) return undefined;
  const { channel, tried, obligationIds } = failing;
  const event: LedgerEvent = {
    at: change.now,
    event: 'MassFailureFound',
    data: { roundId: state.id, asked: tried, silent: obligationIds.length, channel },
  };
  readInto(change, state.id, stored);
  change.events.push(event);
  put(change, state.id, { type: 'round', state: evolveRound(state, event)! }, dueOfRound(world, state, round.answerBy, change.now));
  openFailure(world, change, `x${state.id}`, failing);
  return toTransition(change);
};

/** Messages of no round: one alert for the channel, as long as it is open. Decided once, by compare-and-set on the calendar. */
const decideAlone = async (world: World, change: ReturnType<typeof beginChange>, failing: Failing) => {
  const subject = `xc:${failing.channel}`;
  const [calendar] = await world.store.load([calendarId]);
  const known = await scanAll(world.store, 'obligation');
  if (known.some((o) => o.subject === subject && !isEnded(o))) return undefined;
  readInto(change, calendarId, calendar);
  if (calendar) put(change, calendarId, { ...calendar.aggregate }, null);
  openFailure(world, change, subject, failing);
  return toTransition(change);
};

type Common = { readonly state: Round; readonly stored: Stored; readonly answerBy: number };

/** The round that most of the obligations belong to, where most belong to one that is still kept. */
const commonRound = async (world: World, obligationIds: readonly string[]): Promise<Common | undefined> => {
  const found = await world.store.load([...new Set(obligationIds)]);
  const obligations = found.flatMap((one): readonly Obligation[] => (one?.aggregate.type === 'obligation' ? [one.aggregate.state] : []));
  const byRound = [...Map.groupBy(obligations, ({ roundId }) => roundId)].filter(([id]) => id !== undefined);
  const [id, members] = byRound.toSorted(([, some], [, others]) => others.length - some.length)[0] ?? [];
  if (id === undefined || members === undefined || members.length * 2 < obligationIds.length) return undefined;
  const [stored] = await world.store.load([id]);
  if (stored?.aggregate.type !== 'round') return undefined;
  return { state: stored.aggregate.state, stored, answerBy: Math.max(...members.map(({ answerBy }) => answerBy)) };
};

/** The round goes on as it would have: it is asked on at once, judged late in its window, or forgotten after its day. */
const dueOfRound = (world: World, round: Round, answerBy: number, now: number): number => {
  if (round.phase === 'opening') return now;
  if (round.phase === 'closed') return now + keepClosedMs;
  return Math.max(now, answerBy - (judgeAfterMs(world, round) / judgeAfterShare) * (1 - judgeAfterShare));
};
