import { hash } from 'node:crypto';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import { type Addressed, addressPeople, canReachPerson, type PlatformDirectory } from '../bot/platform-directory.ts';
import { doWork, type Results, type Work } from '../bot/send-work.ts';
import type { FeishuApi, Urgency } from './api.ts';
import { FeishuError, toFailure } from './errors.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';
import { toContent } from './render.ts';

/**
 * 飞书. Messages go out through one application as cards with buttons and fields, which it may change for fourteen days;
 * what says the same to many goes out as text in one call. A message may be urged: the application's own sound, a text
 * message or a call to the phone that Feishu knows of.
 */

export type FeishuChannelDeps = {
  readonly api: FeishuApi;
  readonly directory: PlatformDirectory;
  /** Of the office's group, where there is one. */
  readonly groupChatId?: string;
  /** Alarms to people sound in the application too. */
  readonly urgesAlarms?: boolean;
};

const group = 'g:office';
const sent = { status: 'sent', isDelivered: false } as const;

/** Feishu knows a message that comes again by this. */
export const uuidOf = ({ id }: Pick<OutgoingMessage, 'id'>): string => hash('sha256', id, 'base64url').slice(0, limits.uuidLength);

/** Nothing to press, nothing to change later. */
const isPlain = ({ card, cardKey, isUpdate }: OutgoingMessage): boolean =>
  isUpdate !== true && cardKey === undefined && (card?.buttons.length ?? 0) === 0 && card?.tone !== 'alert';

/** Messages that say the same to so many that the batch interface is worth its delay. */
const toBatches = (addressed: readonly Addressed[]): readonly (readonly Addressed[])[] => {
  const same = Map.groupBy(
    addressed.filter(({ message }) => isPlain(message)),
    ({ message }) => message.text,
  );
  return [...same.values()].flatMap((members) => {
    const batches = [];
    // nobody twice in one call
    const once = [...new Map(members.map((one) => [one.account, one])).values()];
    for (let from = 0; from < once.length; from += limits.batchPeople) batches.push(once.slice(from, from + limits.batchPeople));
    return batches.filter((batch) => batch.length >= limits.batchFrom);
  });
};

export const createFeishuChannel = ({ api, directory, groupChatId, urgesAlarms = false }: FeishuChannelDeps): Channel => {
  const say = async (message: OutgoingMessage, to: { readonly openId: string } | { readonly chatId: string }): Promise<SendResult> => {
    try {
      if (message.isUpdate) {
        // without an id there is nothing that could be changed
        if (message.platformMessageId !== undefined && message.card)
          await api.change(message.platformMessageId, toContent(message).content);
        return sent;
      }
      const messageId = await api.send(to, toContent(message), uuidOf(message));
      // a courtesy: the message is there without it
      if (urgesAlarms && 'openId' in to && message.card?.tone === 'alert') await api.urge(messageId, to.openId, 'app').catch(() => false);
      return { ...sent, platformMessageId: messageId };
    } catch (error) {
      const failure = toFailure(error);
      // the same message within the hour is the same
      return failure.status === 'transient' && failure.isTransport ? { ...failure, mayAskAgain: true } : failure;
    }
  };

  const sayToMany = async (batch: readonly Addressed[]): Promise<Results> => {
    try {
      const refused = new Set(
        await api.sendToMany(
          batch.map(({ account }) => account),
          batch[0]!.message.text,
        ),
      );
      return batch.map(
        ({ index, account }) => [index, refused.has(account) ? { status: 'permanent', code: 'invalid_open_ids' } : sent] as const,
      );
    } catch (error) {
      // an application may send without being allowed to send to many
      const isRefused = error instanceof FeishuError && toFailure(error).status === 'permanent';
      const results: (readonly [number, SendResult])[] = [];
      for (const { index, message, account } of batch)
        results.push([index, isRefused ? await say(message, { openId: account }) : toFailure(error)]);
      return results;
    }
  };

  return {
    name: channelName,
    capabilities: {
      vias: ['card'],
      canUpdate: true,
      goesByAccount: true,
      receipts: limits.receipts,
      updatesById: true,
      canReachGroups: groupChatId !== undefined,
      batchSize: limits.batchSize,
    },
    canReach: async (to) => (to === group ? groupChatId !== undefined : canReachPerson(directory, to)),
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const addressed = await addressPeople(directory, messages, results, toFailure);
      const batches = toBatches(addressed);
      const batched = new Set(batches.flat());
      const work: Work[] = batches.map((batch) => ({ indexes: batch.map(({ index }) => index), run: () => sayToMany(batch) }));
      for (const { index, message, account } of addressed.filter((one) => !batched.has(one)))
        work.push({ indexes: [index], run: async () => [[index, await say(message, { openId: account })]] });
      for (const [index, message] of messages.entries())
        if (message.to === group && groupChatId !== undefined)
          work.push({ indexes: [index], run: async () => [[index, await say(message, { chatId: groupChatId })]] });
      await doWork(work, results, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'unreachable' });
    },
  };
};

export type UrgentDeps = Pick<FeishuChannelDeps, 'api' | 'directory'> & {
  readonly conversations: Pick<Conversations, 'messagesOf' | 'rememberMessages'>;
  readonly urgency: Exclude<Urgency, 'app'>;
};

/**
 * Urges the card that somebody already has, by a text message or a call to their phone; where they have none it is sent
 * first. Costs of Feishu's quota for the company. Source: open.feishu.cn, "发送短信加急" and "发送电话加急".
 */
export const createFeishuUrgentChannel = ({ api, directory, conversations, urgency }: UrgentDeps): Channel => {
  const cardOf = async (message: OutgoingMessage, account: string): Promise<string> => {
    const { to, cardKey } = message;
    const [known] = cardKey === undefined ? [] : await conversations.messagesOf(channelName, [{ to, cardKey }]);
    if (known !== undefined) return known;
    const platformMessageId = await api.send({ openId: account }, toContent(message), uuidOf(message));
    if (cardKey !== undefined) await conversations.rememberMessages(channelName, [{ to, cardKey, platformMessageId }]);
    return platformMessageId;
  };

  const urge = async ({ message, account }: Addressed): Promise<SendResult> => {
    // what changes is the card, which is not ours
    if (message.isUpdate) return sent;
    try {
      const isUrged = await api.urge(await cardOf(message, account), account, urgency);
      return isUrged ? sent : { status: 'permanent', code: 'invalid_user_id_list' };
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    name: urgency === 'sms' ? 'feishuSms' : 'feishuPhone',
    capabilities: { vias: [urgency === 'sms' ? 'sms' : 'voice'], canUpdate: false, canReachGroups: false, batchSize: limits.batchSize },
    canReach: (to) => canReachPerson(directory, to),
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const addressed = await addressPeople(directory, messages, results, toFailure);
      const work = addressed.map((one): Work => ({ indexes: [one.index], run: async () => [[one.index, await urge(one)]] }));
      await doWork(work, results, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'unreachable' });
    },
  };
};
