import { evolveWatch, silentSince, type Watch } from '../domain/contact/watch.ts';
import { nextCheck, type NextCheck } from '../domain/contact/schedule.ts';
import { announce } from '../domain/escalation/announce.ts';
import { decide, open, type Command, type OpenClockCommand, type OpenCommand } from '../domain/escalation/decide.ts';
import { evolve } from '../domain/escalation/evolve.ts';
import { fire, nextInstant } from '../domain/escalation/fire.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../domain/escalation/obligation.ts';
import type { Refusal } from '../domain/escalation/outcome.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import { isPostId } from '../domain/roster/subject.ts';
import type { Aggregate, Stored, Transition, Write } from '../ports/store.ts';
import { contactPolicyFor, nextRulesAt } from './contact/contact-rules.ts';
import { contextOf, drawOf, isInForce, watchIdOf, type AppContext, type World } from './world.ts';

type Entry = {
  readonly version: number;
  /** As it was read: what is still the same object was not changed and is not written. */
  readonly read: Aggregate | null;
  readonly aggregate: Aggregate | null;
  readonly dueAt: number | null;
};

/**
 * One decision in the making: the aggregates it has read, what they have become, and what will be said. Everything
 * in it is committed together or not at all.
 */
export type Change = {
  readonly now: number;
  readonly campaignVersion: number;
  /** Handovers that wait, by post, as they were read. */
  readonly waiting: ReadonlyMap<string, Stored>;
  /** What else the decision stands on without changing it, by id, with the version that was read. */
  readonly reads: Map<string, number>;
  readonly context: AppContext;
  readonly entries: Map<string, Entry>;
  readonly events: LedgerEvent[];
  readonly notices: Notice[];
  /** Organisation and roster, where the decision changes them. */
  campaign?: NonNullable<Transition['campaign']>;
};

/** Ended obligations are kept this long: late replies and cards still find them. */
export const keepEndedMs = 3_600_000;

export const beginChange = (world: World, now: number, isMassFailure = false): Change => ({
  now,
  campaignVersion: world.campaignVersion,
  waiting: world.handovers.waiting,
  reads: new Map(),
  context: contextOf(world, isMassFailure),
  entries: new Map(),
  events: [],
  notices: [],
});

/** Puts an aggregate as it was read into the change. */
export const readInto = (change: Change, id: string, stored: Stored | undefined): void => {
  if (change.entries.has(id)) return;
  const aggregate = stored?.aggregate ?? null;
  change.entries.set(id, { version: stored?.version ?? 0, read: aggregate, aggregate, dueAt: null });
};

export const obligationIn = (change: Change, id: string): Obligation | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'obligation' ? aggregate.state : undefined;
};

export const watchIn = (change: Change, subject: string): Watch | undefined => {
  const aggregate = change.entries.get(watchIdOf(subject))?.aggregate;
  return aggregate?.type === 'watch' ? aggregate.state : undefined;
};

/** When a subject must be asked next; nothing outside the campaign. */
export const planNext = (
  world: World,
  watch: Pick<Watch, 'subject' | 'startedAt' | 'lastContactAt' | 'lastPresenceAt'>,
  now: number,
): NextCheck | undefined => {
  const { settings } = world;
  if (now >= settings.toAt) return undefined;
  const from = Math.max(now, settings.fromAt);
  const watched = {
    subject: watch.subject,
    lastAt: Math.max(silentSince(watch as Watch), settings.fromAt),
    presenceAt: watch.lastPresenceAt,
  };
  const plan = (at: number) => nextCheck(contactPolicyFor(world, watch.subject, at), settings.timeZone, watched, at, drawOf(world));
  const next = plan(from);
  // Other rules may hold before this check would come: then they say when.
  const otherwiseAt = nextRulesAt(world, watch.subject, from);
  const isOvertaken = otherwiseAt !== undefined && (next === undefined || otherwiseAt <= next.at);
  const first = isOvertaken ? plan(otherwiseAt) : next;
  return first && first.at < settings.toAt ? first : undefined;
};

/** What an aggregate has become, and when it must be looked at by itself. */
export const put = (change: Change, id: string, aggregate: Aggregate | null, dueAt: number | null): void => {
  const entry = change.entries.get(id);
  change.entries.set(id, { version: entry?.version ?? 0, read: entry?.read ?? null, aggregate, dueAt });
};

const dueOfObligation = (o: Obligation, { context, now }: Change): number =>
  isEnded(o) ? (o.endedAt ?? 0) + keepEndedMs : nextInstant(o, context.policyOf(o.policy), now);

/** A standing contact whom somebody looks after is not asked again at once: the silence counts from then. */
const clockOf = (watch: Watch, event: LedgerEvent): Watch =>
  event.event === 'ObligationTakenOver' && !isPostId(watch.subject) ? { ...watch, lastContactAt: event.at } : watch;

/** Takes an event in: into the ledger, into the aggregates it speaks of, and into what is said about it. */
const apply = (world: World, change: Change, event: LedgerEvent): void => {
  const subject = event.data['subject'] as string | undefined;
  const watchId = subject === undefined ? undefined : watchIdOf(subject);
  const watch = subject === undefined ? undefined : watchIn(change, subject);
  let told = event;
  if (watch && watchId !== undefined) {
    const next = evolveWatch(watch, event);
    const isFree = next !== undefined && next.openObligationId === null && event.data['successor'] === undefined;
    const isMoved = isFree && (watch.openObligationId !== null || event.event === 'ContactProven');
    const plan = isMoved && event.data['nextCheckAt'] === undefined ? planNext(world, clockOf(next, event), change.now) : undefined;
    if (plan) told = { ...event, data: { ...event.data, nextCheckAt: plan.at, nextCause: plan.cause } };
    const state = evolveWatch(watch, told);
    // Unchanged it isn't written: a step would else race with every word of the officer's.
    if (state !== watch) put(change, watchId, state ? { type: 'watch', state } : null, state?.nextCheckAt ?? null);
  }
  change.events.push(told);
  if (event.obligationId === undefined) return;
  const o = evolve(obligationIn(change, event.obligationId), told);
  if (!o) return;
  put(change, o.id, { type: 'obligation', state: o }, dueOfObligation(o, change));
  change.notices.push(...announce(o, told, change.context));
};

export const applyAll = (world: World, change: Change, events: readonly LedgerEvent[]): void => {
  for (const event of events) apply(world, change, event);
};

/** Opens an obligation and tells its first step in the same breath. The subject's watch must have been read in. */
export const openIn = (world: World, change: Change, command: OpenCommand | OpenClockCommand): string => {
  const event = open(command, change.context, change.now);
  const id = event.obligationId!;
  const known = obligationIn(change, id);
  if (known && evolve(known, event) === known) return id;
  readInto(change, id, undefined);
  apply(world, change, event);
  applyAll(world, change, fire(obligationIn(change, id)!, change.context, change.now));
  return id;
};

/** Decides a command on an obligation that has been read in; answers why not where it is refused. */
export const decideIn = (world: World, change: Change, obligationId: string, command: Command): Refusal | undefined => {
  const o = obligationIn(change, obligationId);
  if (!o) return 'unknown';
  const outcome = decide(o, command, change.context, change.now);
  applyAll(world, change, outcome.events);
  if (outcome.refusal === undefined && command.type === 'fire' && outcome.events.length === 0) {
    // Nothing to do after all: the lent due time must still be put right.
    putAgain(change, o.id);
  }
  return outcome.refusal;
};

/** Writes an obligation as it stands, with the due time that follows from it now. */
export const putAgain = (change: Change, obligationId: string): void => {
  const o = obligationIn(change, obligationId);
  if (o) put(change, o.id, { type: 'obligation', state: o }, dueOfObligation(o, change));
};

/** Everything that this change has changed, to be committed together. */
export const toTransition = (change: Change): Transition => {
  const writes: Write[] = [];
  for (const [id, { version, read, aggregate, dueAt }] of change.entries) {
    if (aggregate !== read) writes.push({ id, expected: version, aggregate, dueAt });
  }
  const others = [...change.reads].filter(([id]) => !writes.some((write) => write.id === id));
  const reads = [...heldIn(change), ...others.map(([id, version]) => ({ id, version }))];
  const { campaign, events, notices, campaignVersion } = change;
  return {
    writes,
    ...(reads.length === 0 ? {} : { reads }),
    events,
    notices,
    basedOn: campaignVersion,
    ...(campaign === undefined ? {} : { campaign }),
  };
};

/** What concerns a post that is held on stands only as long as nobody has accepted it meanwhile. */
const heldIn = ({ context, events, entries, waiting, now }: Change): NonNullable<Transition['reads']> => {
  const { held } = context.directory;
  if (held.size === 0) return [];
  const subjects = new Set(events.map(({ data }) => data['subject']));
  return [...subjects].flatMap((subject) => {
    const holding = typeof subject === 'string' ? held.get(subject) : undefined;
    const stored = holding && waiting.get(subject as string);
    return stored && holding.from <= now && !entries.has(stored.id) ? [{ id: stored.id, version: stored.version }] : [];
  });
};

/** What a campaign in force and a subject without an open obligation ask for. */
export const mayOpenCheck = (world: World, watch: Watch, now: number): boolean =>
  watch.openObligationId === null && isInForce(world.settings, now);
