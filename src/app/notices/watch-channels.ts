import { evolveRound, isMassFailure, judgeAfterShare, type Round } from '../../domain/contact/round.ts';
import { toFailureCause, type ChannelFailure } from '../../domain/escalation/channel-failure.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import type { ChannelHealth, ChannelTally, FailingChannel } from '../../ports/channel-health.ts';
import type { Receipt } from '../../ports/receipts.ts';
import type { Stored } from '../../ports/store.ts';
import { judgeAfterMs, keepClosedMs } from '../contact/advance-round.ts';
import { beginChange, decideIn, openIn, put, readInto, toTransition } from '../change.ts';
import { scanAll } from '../ledger/scan-all.ts';
import type { Outcome } from './send-parcels.ts';
import { calendarId, refreshWorld, type World } from '../world.ts';

/** Failures are seen together inside this, campaign ms: five minutes, or where a demo's clock runs fast, some real seconds. */
const windowOf = ({ leaseMs }: World): number => Math.max(5 * 60_000, 10 * leaseMs);
/** A channel that works again for this long after its last failure is back; what comes and goes is one failure. Campaign ms. */
const calmMs = 60_000;
const mostRaces = 8;
/** Said by a channel that leaves its platform alone: whatever share of people that concerns, the platform is not there. */
const givenUp = 'breakerOpen';
/** Our own limits are no failure of the platform. */
const isOurs = (code: string): boolean => code === 'limited' || code === 'ZG_STORE_AWAY';
/** Others wait for it at the moment: whether it fails, what becomes of them will say. */
const waiting = 'silent';

/** Whoever has stopped their channels, and the alert about a channel itself, say nothing of it. */
const failureOf = (world: World, { parcel }: Outcome): string | undefined => {
  const { to } = parcel.message;
  const notice = parcel.notices.find(({ obligationId, stepNo }) => obligationId !== undefined && stepNo !== undefined);
  if (notice === undefined || !to.startsWith('m') || world.reach[to] !== undefined || notice.template === 'channelFailure.alert')
    return undefined;
  return notice.obligationId;
};

type Seen = {
  reached: string[];
  handedOver: number;
  failed: { to: string; obligationId?: string; by?: string }[];
  isGivenUp: boolean;
  isSure: boolean;
};

const nothingSeen = (): Seen => ({ reached: [], handedOver: 0, failed: [], isGivenUp: false, isSure: false });

export type Judging = {
  /** Nobody will try again. */
  readonly isFailed: (one: Outcome) => boolean;
  /** Whether the channel tells later what became of what it took: until then nobody is reached. */
  readonly reportsLater: (channel: string) => boolean;
};

/** What each channel did in these deliveries: also those that others have stood in for. */
const seenOf = (world: World, outcomes: readonly Outcome[], { isFailed, reportsLater }: Judging): ReadonlyMap<string, Seen> => {
  const seen = new Map<string, Seen>();
  const of = (channel: string): Seen => {
    const known = seen.get(channel) ?? nothingSeen();
    seen.set(channel, known);
    return known;
  };
  for (const one of outcomes) {
    const { channel, result, turnedAway = [] } = one;
    const { to } = one.parcel.message;
    const obligationId = failureOf(world, one);
    const about = obligationId === undefined ? {} : { obligationId };
    for (const { channel: first, code } of turnedAway) {
      if (!to.startsWith('m') || isOurs(code) || one.parcel.message.isUpdate) continue;
      const own = of(first);
      own.isGivenUp ||= code === givenUp;
      own.isSure ||= code !== waiting;
      if (result.status === 'sent') own.failed.push({ to, ...about, by: channel });
      else if (isFailed(one) && obligationId !== undefined) own.failed.push({ to, obligationId });
    }
    // reports may have come before this is counted: then it is this that makes them a share
    if (result.status === 'sent' && !result.isDelivered && reportsLater(channel)) {
      of(channel).handedOver += 1;
      of(channel).isSure = true;
    }
    if (result.status === 'sent' && (result.isDelivered || !reportsLater(channel))) of(channel).reached.push(to);
    else if (result.status !== 'sent' && isFailed(one) && obligationId !== undefined) {
      of(channel).failed.push({ to, obligationId });
      of(channel).isGivenUp ||= result.code === givenUp;
      of(channel).isSure ||= result.code !== waiting;
    }
  }
  return seen;
};

const isBack = ({ lastFailedAt, lastReachedAt }: FailingChannel, now: number): boolean =>
  lastReachedAt !== undefined && lastReachedAt >= lastFailedAt && now - lastFailedAt >= calmMs;

/**
 * Takes in what became of messages, and tells the office once when a channel fails, and once when it is back: when its
 * platform is left alone, or when as many people and as large a share of them as make a mass failure were not reached by
 * it, whichever instance tried.
 */
export const watchChannels = async (world: World, health: ChannelHealth, outcomes: readonly Outcome[], judging: Judging): Promise<void> => {
  for (const [channel, seen] of seenOf(world, outcomes, judging)) await judge(world, health, channel, seen);
};

/**
 * The same of what a channel tells later: that a carrier took a text message says nothing of its arriving, and a number
 * of people whom none reaches is a failure of the channel like any other. That something was read says no more than its
 * being sent has.
 */
export const watchReceipts = async (world: World, health: ChannelHealth, receipts: readonly Receipt[]): Promise<void> => {
  const told = receipts.filter(({ to, outcome }) => to.startsWith('m') && outcome.status !== 'read');
  for (const [channel, ofChannel] of Map.groupBy(told, (one) => one.channel)) {
    const seen = { ...nothingSeen(), handedOver: -ofChannel.length, isSure: true };
    for (const { to, about, outcome } of ofChannel) {
      const obligationId = about[0]?.obligationId;
      if (outcome.status !== 'failed') seen.reached.push(to);
      else if (obligationId !== undefined && world.reach[to] === undefined) seen.failed.push({ to, obligationId });
    }
    await judge(world, health, channel, seen);
  }
};

const judge = async (world: World, health: ChannelHealth, channel: string, seen: Seen): Promise<void> => {
  const { reached, failed, handedOver, isGivenUp, isSure } = seen;
  const now = world.clock.now();
  if (reached.length + failed.length + Math.abs(handedOver) === 0) return;
  const tally = await health.record(channel, { reached, failed, handedOver }, { now, ms: windowOf(world) });
  if (tally.failing !== undefined) await endWhereBack(world, health, channel, tally.failing);
  if (tally.failing !== undefined || !isSure) return;
  const tried = tally.sent + tally.failed.size;
  if (!isGivenUp && !isMassFailure(tried, tally.failed.size, world.settings.massFailure)) return;
  await raise(world, toFailing(world, channel, tally));
  // Only now: whoever ends before the alarm is raised leaves it to the next failure.
  await health.begin(channel, { at: now, people: [...tally.failed.keys()], isGivenUp });
};

/** Tells the office of each channel that failed and works again. */
export const tellOfChannelsBack = async (world: World, health: ChannelHealth, channels: readonly string[]): Promise<void> => {
  for (const [channel, failing] of await health.failing(channels)) await endWhereBack(world, health, channel, failing);
};

const endWhereBack = async (world: World, health: ChannelHealth, channel: string, failing: FailingChannel): Promise<void> => {
  if (!isBack(failing, world.clock.now())) return;
  // Of several instances that see it, one says it.
  if (!(await health.over(channel, failing.since))) return;
  await tellBack(world, channel, failing);
};

type Failing = ChannelFailure & { readonly obligationIds: readonly string[] };

const toFailing = (world: World, channel: string, { sent, failures, failed }: ChannelTally): Failing => {
  const people = [...failed];
  const unreached = people.filter(([, { by }]) => by === undefined);
  const by = Map.groupBy(
    people.flatMap(([, one]) => one.by ?? []),
    (name) => name,
  );
  return {
    channel,
    failed: failed.size,
    tried: sent + failed.size,
    failures,
    minutes: Math.round(windowOf(world) / 60_000),
    by: [...by].map(([name, those]) => ({ channel: name, people: those.length })),
    unreached: unreached.map(([to]) => to),
    obligationIds: unreached.flatMap(([, { obligationId }]) => obligationId ?? []),
  };
};

/** Whoever is sent to and takes nothing, but is no channel to people: the office hears of it in the same way, once. */
export const tellUntaken = (world: World, name: string, failures: number, sinceMs: number): Promise<void> => {
  const minutes = Math.max(1, Math.round(sinceMs / 60_000));
  return raise(world, { channel: name, failed: 0, tried: 0, failures, minutes, by: [], unreached: [], obligationIds: [] });
};

/** It takes what is sent again. */
export const tellTakenAgain = (world: World, name: string, failures: number, sinceMs: number): Promise<void> => {
  const now = world.clock.now();
  return tellBack(world, name, { since: now - sinceMs, lastFailedAt: now, failures });
};

const failedEvent = ({ channel, failures, failed, tried, by, unreached }: Failing, now: number): LedgerEvent => ({
  at: now,
  event: 'ChannelFailed',
  data: { channel, failures, failed, tried, by: Object.fromEntries(by.map((one) => [one.channel, one.people])), unreached },
});

const raise = async (world: World, failing: Failing): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
    const transition = await decideAlert(world, failing);
    if (transition === undefined) return;
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world, true);
    else if (result !== 'conflict') return;
  }
  world.log.error({ channel: failing.channel }, 'a failing channel could not be told of');
};

const openFailure = (world: World, change: ReturnType<typeof beginChange>, subject: string, failing: Failing) => {
  change.events.push(failedEvent(failing, change.now));
  return openIn(world, change, { type: 'open', kind: 'channelFailure', subject, policy: 'office', cause: toFailureCause(failing) });
};

/** The round that most of them belong to: its alert is the one about the channel, and its silence is not the people's. */
const decideAlert = async (world: World, failing: Failing) => {
  const change = beginChange(world, world.clock.now());
  // Whoever was reached otherwise is silent for reasons of their own.
  const isOfMany = isMassFailure(failing.tried, failing.unreached.length, world.settings.massFailure);
  const round = isOfMany ? await commonRound(world, failing.obligationIds) : undefined;
  if (round === undefined) return decideAlone(world, change, failing);
  const { state, stored } = round;
  if (state.isMassFailure) return undefined;
  const { channel, tried, unreached } = failing;
  const event: LedgerEvent = {
    at: change.now,
    event: 'MassFailureFound',
    data: { roundId: state.id, asked: tried, silent: unreached.length, channel },
  };
  readInto(change, state.id, stored);
  change.events.push(event);
  put(change, state.id, { type: 'round', state: evolveRound(state, event)! }, dueOfRound(world, state, round.answerBy, change.now));
  openFailure(world, change, `x${state.id}`, failing);
  return toTransition(change);
};

const subjectOf = (channel: string): string => `xc:${channel}`;

/** The alert ends by itself where nobody has taken over; the office hears that it is over, once. */
const tellBack = async (world: World, channel: string, { since, failures }: FailingChannel): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
    const change = beginChange(world, world.clock.now());
    const open = (await scanAll(world.store, 'obligation')).filter((o) => o.subject === subjectOf(channel) && !isEnded(o));
    const [calendar, ...stored] = await world.store.load([calendarId, ...open.map(({ id }) => id)]);
    readInto(change, calendarId, calendar);
    if (calendar) put(change, calendarId, { ...calendar.aggregate }, null);
    for (const one of stored) {
      if (!one) continue;
      readInto(change, one.id, one);
      decideIn(world, change, one.id, { type: 'withdraw', reason: 'channelBack' });
    }
    const minutes = Math.max(1, Math.round((change.now - since) / 60_000));
    change.events.push({ at: change.now, event: 'ChannelRecovered', data: { channel, failures, minutes } });
    for (const to of officePeople(world.directory, change.now))
      change.notices.push({ to, via: 'card', template: 'channel.back', params: { channels: [channel], minutes, failures } });
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world, true);
    else if (result !== 'conflict') return;
  }
  world.log.error({ channel }, 'a channel that is back could not be told of');
};

/** Messages of no round: one alert for the channel, as long as it is open. Decided once, by compare-and-set on the calendar. */
const decideAlone = async (world: World, change: ReturnType<typeof beginChange>, failing: Failing) => {
  const subject = subjectOf(failing.channel);
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
