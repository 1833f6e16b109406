import { isPaused } from '../../domain/contact/reach.ts';
import type { decide } from '../../domain/escalation/decide.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { lateMsOf } from '../../domain/escalation/lateness.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { BundledCards } from '../../ports/bundled-cards.ts';
import type { Channel } from '../../ports/channel.ts';
import type { Conversations } from '../../ports/conversations.ts';
import { isStoreAway } from '../../ports/fault.ts';
import type { DeliveryJob } from '../../ports/outbox.ts';
import { beginChange, decideIn, readInto, toTransition } from '../change.ts';
import { lookAgain, toParcels, type Parcel } from './parcels.ts';
import { sendParcels, type Outcome } from './send-parcels.ts';
import { watchChannels } from './watch-channels.ts';
import { refreshWorld, watchIdOf, type World } from '../world.ts';

export type DeliverDeps = {
  readonly world: World;
  /** In the order of preference. */
  readonly channels: readonly Channel[];
  readonly conversations: Conversations;
  readonly bundledCards: BundledCards;
};

/** A channel may keep us waiting: what goes out later than this after it was looked at is looked at again. */
const lookAgainAfterMs = 1_000;

/** What was said of an item belongs to its record; what was answered to somebody's own words does not. */
const itemReceiptsOf = (notice: Notice, { channel, result }: Outcome, now: number): readonly LedgerEvent[] => {
  const { to, template, itemId, params } = notice;
  if (itemId === undefined || !template.startsWith('item.') || notice.reply || result.status !== 'sent') return [];
  const itemIds = params?.['itemIds'];
  const data = { to, template, isDelivered: result.isDelivered };
  return [...new Set([itemId, ...(Array.isArray(itemIds) ? (itemIds as readonly string[]) : [])])].map((id) => ({
    at: now,
    event: 'NoticeSent',
    itemId: id,
    channel,
    data,
  }));
};

const receiptsOf = (world: World, outcome: Outcome, now: number): readonly LedgerEvent[] => {
  const { parcel, channel, result } = outcome;
  if (result.status !== 'sent') return [];
  return parcel.notices.flatMap((notice): readonly LedgerEvent[] => {
    if (notice.isUpdate) return [];
    if (notice.obligationId === undefined) return itemReceiptsOf(notice, outcome, now);
    if (notice.stepNo === undefined) return [];
    const lateMs = notice.decidedAt === undefined ? undefined : lateMsOf(notice.decidedAt, now);
    const data = {
      to: notice.to,
      template: notice.template,
      stepNo: notice.stepNo,
      ...(notice.reminderNo === undefined ? {} : { reminderNo: notice.reminderNo }),
      isDelivered: result.isDelivered,
      ...(lateMs === undefined ? {} : { lateMs }),
    };
    const about = notice.itemId === undefined ? {} : { itemId: notice.itemId };
    return [{ at: now, event: 'NoticeSent', obligationId: notice.obligationId, ...about, channel, data }];
  });
};

/** An answer and its confirmation, a step and a change of the roster may all come at once; more races than that are a fault. */
const mostRaces = 20;

/**
 * Delivery and failure change what a miss means, so they are decided like everything else: read anew and decided again
 * when somebody else was quicker, or when organisation or roster have moved on.
 */
const recordOn = async (world: World, obligationId: string, command: Parameters<typeof decide>[1]): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
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
    if (result === 'stale') await refreshWorld(world);
    else if (result !== 'conflict') return;
  }
  throw new Error(`what became of a notice lost ${mostRaces} races in a row`);
};

/** A channel says that the person has it: from now on silence is the person's. */
export const recordDelivered = (
  world: World,
  receipt: { readonly obligationId: string; readonly personId: string; readonly channel: string },
): Promise<void> => recordOn(world, receipt.obligationId, { type: 'deliver', personId: receipt.personId, channel: receipt.channel });

/** One that cannot be recorded keeps nobody else's from being recorded; a store that is away does. */
const tryRecordOn: typeof recordOn = async (world, obligationId, command) => {
  try {
    await recordOn(world, obligationId, command);
  } catch (error) {
    if (isStoreAway(error)) throw error;
    world.log.error({ obligationId, error: String(error) }, 'what became of a notice could not be recorded');
  }
};

/** Notices that nobody will try again, for a reason that is not a channel's: their obligations hear of it. */
export const recordUndelivered = async (world: World, notices: readonly Notice[], code: string): Promise<void> => {
  for (const { obligationId, stepNo, to } of notices) {
    if (obligationId !== undefined && stepNo !== undefined)
      await tryRecordOn(world, obligationId, { type: 'fail', to, channel: 'none', code, stepNo });
  }
};

const recordOutcomes = async (world: World, outcomes: readonly Outcome[], isLastTry: boolean): Promise<void> => {
  const now = world.clock.now();
  const isGivenUp = ({ result }: Outcome): boolean => result.status === 'permanent' || (result.status === 'transient' && isLastTry);
  const receipts = outcomes.flatMap((outcome) => receiptsOf(world, outcome, now));
  if (receipts.length > 0) await world.store.append(receipts);
  for (const outcome of outcomes) {
    const { parcel, channel, result } = outcome;
    for (const notice of parcel.notices) {
      if (notice.obligationId === undefined || notice.stepNo === undefined) continue;
      if (result.status === 'sent' && result.isDelivered && notice.to.startsWith('m'))
        await tryRecordOn(world, notice.obligationId, { type: 'deliver', personId: notice.to, channel });
      if (isGivenUp(outcome) && result.status !== 'sent')
        await tryRecordOn(world, notice.obligationId, { type: 'fail', to: notice.to, channel, code: result.code, stepNo: notice.stepNo });
    }
  }
  await watchChannels(world, outcomes, isGivenUp);
};

/**
 * Sends what a job carries: looks again whether it is still wanted, renders, sends, records. Answers the notices that
 * should be tried again. At the last try they are recorded as failed. Rejects with ZG_STORE_AWAY while the store is
 * away: then nothing is known of the whole job.
 */
export const deliver = async (deps: DeliverDeps, job: DeliveryJob, isLastTry: boolean): Promise<readonly Notice[]> => {
  const { world, channels, conversations, bundledCards } = deps;
  const lookedAt = world.clock.now();
  const unsaid: Notice[] = [];
  const parcels = await toParcels(world, job, bundledCards, lookedAt, (notices, error) => {
    world.log.error({ jobId: job.id, templates: notices.map(({ template }) => template), error: String(error) }, 'a message has no words');
    unsaid.push(...notices);
  });
  const again = async (waiting: readonly Parcel[]): Promise<readonly (Parcel | undefined)[]> => {
    const now = world.clock.now();
    return now - lookedAt < lookAgainAfterMs ? waiting : lookAgain(world, waiting, now);
  };
  const outcomes = await sendParcels(
    { channels, conversations, log: world.log, isPaused: (to, channel) => isPaused(world.reach, to, channel), lookAgain: again },
    parcels,
  );
  for (const { parcel, result } of outcomes) {
    if (parcel.bundled && result.status === 'sent') await bundledCards.remember(parcel.message.to, parcel.message.cardKey!, parcel.bundled);
  }
  await recordOutcomes(world, outcomes, isLastTry);
  await recordUndelivered(world, unsaid, 'render');
  return isLastTry ? [] : outcomes.filter((one) => one.result.status === 'transient').flatMap((one) => one.parcel.notices);
};
