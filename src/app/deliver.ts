import { decide } from '../domain/escalation/decide.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { Channel, OutgoingMessage, SendResult } from '../ports/channel.ts';
import type { DeliveryJob } from '../ports/outbox.ts';
import { beginChange, decideIn, readInto, toTransition } from './change.ts';
import { askingOf, renderBundle, renderNotice } from './render-notice.ts';
import { watchIdOf, type World } from './world.ts';

export type DeliverDeps = {
  readonly world: World;
  /** In the order of preference. */
  readonly channels: readonly Channel[];
};

type Parcel = { readonly notices: readonly Notice[]; readonly message: OutgoingMessage };

/** Nothing goes out for a decision that an answer has overtaken; the end of an obligation always does. */
const isWanted = (notice: Notice, o: Obligation | undefined): boolean => {
  if (notice.obligationId === undefined || notice.isUpdate || notice.stepNo === undefined) return true;
  return o !== undefined && !isEnded(o);
};

const loadObligations = async (world: World, notices: readonly Notice[]): Promise<ReadonlyMap<string, Obligation>> => {
  const ids = [...new Set(notices.flatMap((notice) => notice.obligationId ?? []))];
  const found = ids.length === 0 ? [] : await world.store.load(ids);
  return new Map(found.flatMap((stored) => (stored?.aggregate.type === 'obligation' ? [[stored.id, stored.aggregate.state] as const] : [])));
};

const addressOf = (world: World, to: string): { readonly mobile?: string } => {
  const mobile = world.directory.people.get(to)?.mobile;
  return mobile === undefined ? {} : { mobile };
};

const parcelOf = (world: World, notice: Notice, o: Obligation | undefined, id: string, now: number): Parcel => {
  const { card, text } = renderNotice(world, notice, o, now);
  const asking = askingOf(world, notice, o);
  const message: OutgoingMessage = {
    id,
    to: notice.to,
    ...addressOf(world, notice.to),
    ...(notice.reply?.reference === undefined ? {} : { reference: notice.reply.reference }),
    text,
    card,
    ...(asking === undefined ? {} : { asking }),
    ...(notice.obligationId === undefined ? {} : { cardKey: notice.obligationId }),
    ...(notice.isUpdate ? { isUpdate: true } : {}),
  };
  return { notices: [notice], message };
};

const bundleOf = (world: World, parts: readonly { readonly notice: Notice; readonly o: Obligation }[], id: string, now: number): Parcel => {
  const { card, text } = renderBundle(world, parts, now);
  const { notice, o } = parts[0]!;
  const asking = askingOf(world, notice, o);
  const message: OutgoingMessage = { id, to: notice.to, ...addressOf(world, notice.to), text, card, ...(asking === undefined ? {} : { asking }), cardKey: id };
  return { notices: parts.map((part) => part.notice), message };
};

/** Questions to one person in one breath, and everything held for one recipient, are one message that says how many. */
const toParcels = (world: World, job: DeliveryJob, obligations: ReadonlyMap<string, Obligation>, now: number): readonly Parcel[] => {
  const wanted = job.notices.filter((notice) => isWanted(notice, notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId)));
  const joined = new Map<string, { readonly notice: Notice; readonly o: Obligation }[]>();
  const parcels: Parcel[] = [];
  for (const [index, notice] of wanted.entries()) {
    const o = notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId);
    const isJoinable = o !== undefined && notice.stepNo !== undefined && !notice.isUpdate && o.kind !== 'help';
    if (!isJoinable) {
      parcels.push(parcelOf(world, notice, o, `${job.id}.${index}`, now));
      continue;
    }
    const key = `${notice.to} ${notice.via} ${notice.isBundled ? 'held' : 'now'}`;
    const parts = joined.get(key) ?? [];
    // Two steps of one obligation that were held together: the later one says it all.
    const earlier = parts.findIndex((part) => part.o.id === o.id && part.notice.template === notice.template);
    if (earlier >= 0) parts.splice(earlier, 1);
    parts.push({ notice, o });
    joined.set(key, parts);
  }
  for (const [key, parts] of joined) {
    const id = `${job.id}.${key.replaceAll(' ', '.')}`;
    parcels.push(parts.length === 1 ? parcelOf(world, parts[0]!.notice, parts[0]!.o, id, now) : bundleOf(world, parts, id, now));
  }
  return parcels;
};

/** A step whose way the campaign lacks goes the next way of the same person. */
const channelsFor = async (deps: DeliverDeps, parcel: Parcel): Promise<readonly Channel[]> => {
  const notice = parcel.notices[0]!;
  if (notice.reply) {
    const own = deps.channels.filter((channel) => channel.name === notice.reply!.channel);
    if (own.length > 0) return own;
  }
  const fitting = deps.channels.filter((channel) => channel.capabilities.vias.includes(notice.via));
  const others = deps.channels.filter((channel) => !fitting.includes(channel) && channel.capabilities.vias.includes('card'));
  const reachable: Channel[] = [];
  for (const channel of [...fitting, ...others]) if (await channel.canReach(notice.to)) reachable.push(channel);
  return reachable;
};

type Attempt = { readonly parcel: Parcel; readonly channels: readonly Channel[] };
type Outcome = { readonly parcel: Parcel; readonly channel: string; readonly result: SendResult };

const sendVia = async (channel: Channel, parcels: readonly Parcel[], log: World['log']): Promise<readonly SendResult[]> => {
  try {
    return await channel.send(parcels.map((parcel) => parcel.message));
  } catch (error) {
    log.warn({ channel: channel.name, error: String(error), count: parcels.length }, 'a channel failed; the messages will be tried again');
    return parcels.map(() => ({ status: 'transient', code: 'thrown' }));
  }
};

/** One pass over the channels: each parcel through its first, what is refused for good through its next. */
const sendAll = async (attempts: readonly Attempt[], log: World['log']): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = attempts.filter((one) => one.channels.length === 0).map(({ parcel }) => ({ parcel, channel: 'none', result: { status: 'permanent', code: 'unreachable' } }));
  let open = attempts.filter((one) => one.channels.length > 0);
  while (open.length > 0) {
    const byChannel = Map.groupBy(open, (one) => one.channels[0]!);
    const next: Attempt[] = [];
    await Promise.all(
      [...byChannel].map(async ([channel, group]) => {
        const size = Math.max(1, channel.capabilities.batchSize);
        for (let from = 0; from < group.length; from += size) {
          const slice = group.slice(from, from + size);
          const results = await sendVia(channel, slice.map((one) => one.parcel), log);
          for (const [index, { parcel, channels }] of slice.entries()) {
            const result = results[index] ?? { status: 'transient', code: 'no result' };
            if (result.status === 'permanent' && channels.length > 1) next.push({ parcel, channels: channels.slice(1) });
            else outcomes.push({ parcel, channel: channel.name, result });
          }
        }
      }),
    );
    open = next;
  }
  return outcomes;
};

const receiptsOf = (world: World, outcome: Outcome, now: number): readonly LedgerEvent[] => {
  const { parcel, channel, result } = outcome;
  if (result.status !== 'sent') return [];
  return parcel.notices.flatMap((notice): readonly LedgerEvent[] => {
    if (notice.obligationId === undefined || notice.stepNo === undefined || notice.isUpdate) return [];
    const data = { to: notice.to, template: notice.template, stepNo: notice.stepNo, via: notice.via, isDelivered: result.isDelivered };
    return [{ at: now, event: 'NoticeSent', obligationId: notice.obligationId, channel, data }];
  });
};

/** Delivery and failure change what a miss means, so they are decided like everything else. */
const recordOn = async (world: World, obligationId: string, command: Parameters<typeof decide>[1]): Promise<void> => {
  for (let tries = 0; tries < 5; tries++) {
    const [stored] = await world.store.load([obligationId]);
    if (stored?.aggregate.type !== 'obligation') return;
    const now = world.clock.now();
    const change = beginChange(world, now);
    readInto(change, obligationId, stored);
    const watchId = watchIdOf(stored.aggregate.state.subject);
    const [watch] = await world.store.load([watchId]);
    if (watch) readInto(change, watchId, watch);
    if (decideIn(world, change, obligationId, command) !== undefined || change.events.length === 0) return;
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result !== 'conflict') return;
  }
};

/** A channel says that the person has it: from now on silence is the person's. */
export const recordDelivered = (world: World, receipt: { readonly obligationId: string; readonly personId: string; readonly channel: string }): Promise<void> =>
  recordOn(world, receipt.obligationId, { type: 'deliver', personId: receipt.personId, channel: receipt.channel });

const recordOutcomes = async (world: World, outcomes: readonly Outcome[], isLastTry: boolean): Promise<void> => {
  const now = world.clock.now();
  const receipts = outcomes.flatMap((outcome) => receiptsOf(world, outcome, now));
  if (receipts.length > 0) await world.store.append(receipts);
  for (const { parcel, channel, result } of outcomes) {
    for (const notice of parcel.notices) {
      if (notice.obligationId === undefined || notice.stepNo === undefined) continue;
      if (result.status === 'sent' && result.isDelivered && notice.to.startsWith('m')) await recordDelivered(world, { obligationId: notice.obligationId, personId: notice.to, channel });
      const isFailed = result.status === 'permanent' || (result.status === 'transient' && isLastTry);
      if (isFailed) await recordOn(world, notice.obligationId, { type: 'fail', to: notice.to, channel, code: result.code, stepNo: notice.stepNo });
    }
  }
};

/**
 * Sends what a job carries: looks again whether it is still wanted, renders, sends, records. Answers the notices that
 * should be tried again. At the last try they are recorded as failed.
 */
export const deliver = async (deps: DeliverDeps, job: DeliveryJob, isLastTry: boolean): Promise<readonly Notice[]> => {
  const { world } = deps;
  const obligations = await loadObligations(world, job.notices);
  const parcels = toParcels(world, job, obligations, world.clock.now());
  const attempts = await Promise.all(parcels.map(async (parcel): Promise<Attempt> => ({ parcel, channels: await channelsFor(deps, parcel) })));
  const outcomes = await sendAll(attempts, world.log);
  await recordOutcomes(world, outcomes, isLastTry);
  return isLastTry ? [] : outcomes.filter((one) => one.result.status === 'transient').flatMap((one) => one.parcel.notices);
};
