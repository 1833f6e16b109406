import { isPaused } from '../../domain/contact/reach.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { lateMsOf } from '../../domain/escalation/lateness.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { BundledCards } from '../../ports/bundled-cards.ts';
import type { ChannelHealth } from '../../ports/channel-health.ts';
import type { Channel } from '../../ports/channel.ts';
import type { Conversations } from '../../ports/conversations.ts';
import type { DeliveryJob, DeliveryQueue } from '../../ports/outbox.ts';
import { holdBack } from './hold-back.ts';
import { lookAgain, toParcels, type Parcel } from './parcels.ts';
import { recordNews, recordUndelivered, type NoticeNews } from './record-news.ts';
import { isChannelTest } from './channel-test.ts';
import { reportTests } from './report-tests.ts';
import { sendParcels, type Outcome } from './send-parcels.ts';
import { watchChannels } from './watch-channels.ts';
import type { World } from '../world.ts';

export type DeliverDeps = {
  readonly world: World;
  /** In the order of preference. */
  readonly channels: readonly Channel[];
  readonly conversations: Conversations;
  readonly bundledCards: BundledCards;
  readonly channelHealth: ChannelHealth;
  /** Called once nothing is left to do but wait for a platform. */
  readonly letGo?: () => void;
  /** Without it, what a platform asks to wait with for long is tried again as soon as everything else. */
  readonly queue?: DeliveryQueue;
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
    const lateMs = notice.decidedAt === undefined ? undefined : lateMsOf(notice.decidedAt, now, world.lateFromMs);
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

const recordOutcomes = async (
  { world, channels, channelHealth }: DeliverDeps,
  outcomes: readonly Outcome[],
  isLastTry: boolean,
): Promise<void> => {
  const now = world.clock.now();
  const isGivenUp = ({ result }: Outcome): boolean => result.status === 'permanent' || (result.status === 'transient' && isLastTry);
  const receipts = outcomes.flatMap((outcome) => receiptsOf(world, outcome, now));
  if (receipts.length > 0) await world.store.append(receipts);
  const news = outcomes.flatMap((outcome) => {
    const { parcel, channel, result } = outcome;
    return parcel.notices.flatMap(({ obligationId, stepNo, to }): readonly NoticeNews[] => {
      if (obligationId === undefined || stepNo === undefined) return [];
      if (result.status !== 'sent')
        return isGivenUp(outcome) ? [{ obligationId, command: { type: 'fail', to, channel, code: result.code, stepNo } }] : [];
      return result.isDelivered && to.startsWith('m') ? [{ obligationId, command: { type: 'deliver', personId: to, channel } }] : [];
    });
  });
  await recordNews(world, news);
  try {
    const reportsLater = (name: string): boolean =>
      channels.some(({ name: known, capabilities }) => known === name && capabilities.receipts?.delivered === 'callback');
    await watchChannels(world, channelHealth, outcomes, { isFailed: isGivenUp, reportsLater });
  } catch (error) {
    // Everything is recorded by now: a count that is lost is no reason to send the whole job again.
    world.log.warn({ error: String(error) }, 'how the channels do could not be counted');
  }
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
    {
      channels,
      conversations,
      log: world.log,
      isPaused: (to, channel) => isPaused(world.reach, to, channel),
      lookAgain: again,
      ...(deps.letGo ? { letGo: deps.letGo } : {}),
    },
    parcels,
  );
  for (const { parcel, result } of outcomes) {
    if (parcel.bundled && result.status === 'sent') await bundledCards.remember(parcel.message.to, parcel.message.cardKey!, parcel.bundled);
  }
  await recordOutcomes(deps, outcomes, isLastTry);
  await recordUndelivered(world, unsaid, 'render');
  await reportTests(world, outcomes);
  const isTriedAgain = ({ parcel, result }: Outcome): boolean => result.status === 'transient' && !parcel.notices.some(isChannelTest);
  if (isLastTry) return [];
  const left = outcomes.filter(isTriedAgain);
  const held = deps.queue ? await holdBack(deps.queue, job, left) : [];
  return left.filter((one) => !held.includes(one)).flatMap((one) => one.parcel.notices);
};
