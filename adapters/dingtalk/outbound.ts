import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import { type Addressed, addressPeople, canReachPerson, type PlatformDirectory } from '../bot/platform-directory.ts';
import { doWork, type Results, type Work } from '../bot/send-work.ts';
import type { DingtalkApi, GroupRobot } from './api.ts';
import type { ReadAsker } from './ask-read.ts';
import { toBatches } from './batches.ts';
import { ding } from './ding.ts';
import { toFailure } from './errors.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';
import { pressable, toCardData, toWords } from './render.ts';

/**
 * 钉钉. Messages go to people through the application's robot: a card of the customer's template where there is something
 * to press, which may be changed; else markdown, up to twenty people a call. The office's group hears through the same
 * robot, or through one of its own with a signature. A DING brings something to somebody's notice by sound, text message
 * or call.
 */

export type CardTemplate = {
  readonly id: string;
  /** Where presses go: over the stream, or to the address that is registered under this key. */
  readonly callback: { readonly type: 'STREAM' } | { readonly type: 'HTTP'; readonly routeKey: string };
};

export type DingtalkChannelDeps = {
  readonly api: DingtalkApi;
  readonly directory: PlatformDirectory;
  readonly robotCode: string;
  readonly template?: CardTemplate;
  /** The office's group: its `openConversationId`, or a robot of its own. */
  readonly group?: { readonly conversationId: string } | GroupRobot;
  /** Alarms to people sound as a DING too. */
  readonly dingsAlarms?: boolean;
  /** Asks later who has read what. */
  readonly readAsker?: ReadAsker;
};

const group = 'g:office';
const sent = { status: 'sent', isDelivered: false } as const;

const Refused = z.looseObject({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: z.array(z.string()).nullish(),
  filteredStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
});
const Delivered = z.looseObject({
  result: z.looseObject({ deliverResults: z.array(z.looseObject({ success: z.boolean() })).nullish() }).nullish(),
});

/** The card's own id, which we choose: the same message is the same card. */
export const trackIdOf = ({ id }: Pick<OutgoingMessage, 'id'>): string => `zg-${hash('sha256', id, 'base64url')}`;

export const createDingtalkChannel = (deps: DingtalkChannelDeps): Channel => {
  const { api, directory, robotCode, template, dingsAlarms = false, readAsker } = deps;

  const isCard = ({ card }: OutgoingMessage): boolean => template !== undefined && card !== undefined && pressable(card).length > 0;

  const deliverCard = async (message: OutgoingMessage, space: 'IM_ROBOT' | 'IM_GROUP', to: string, { id, callback }: CardTemplate) => {
    const outTrackId = trackIdOf(message);
    const open = { supportForward: false, lastMessageI18n: { ZH_CN: message.card?.title ?? '' } };
    const answer = await api.call('POST', '/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: id,
      outTrackId,
      callbackType: callback.type,
      ...(callback.type === 'HTTP' ? { callbackRouteKey: callback.routeKey } : {}),
      cardData: { cardParamMap: toCardData(message) },
      userIdType: 1,
      openSpaceId: `dtv1.card//${space}.${to}`,
      ...(space === 'IM_ROBOT'
        ? { imRobotOpenSpaceModel: open, imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode } }
        : { imGroupOpenSpaceModel: open, imGroupOpenDeliverModel: { robotCode } }),
    });
    const results = Delivered.parse(answer).result?.deliverResults ?? [];
    return results.every(({ success }) => success)
      ? ({ ...sent, platformMessageId: outTrackId } as const)
      : ({ status: 'permanent', code: 'notDelivered' } as const);
  };

  const change = async ({ card, platformMessageId, text }: OutgoingMessage): Promise<SendResult> => {
    // without an id there is nothing that could be changed
    if (!card || platformMessageId === undefined) return sent;
    await api.call('PUT', '/v1.0/card/instances', {
      outTrackId: platformMessageId,
      cardData: { cardParamMap: toCardData({ text, card }) },
      cardUpdateOptions: { updateCardDataByKey: true },
    });
    return sent;
  };

  const sayOne = async ({ message, account }: Addressed): Promise<SendResult> => {
    try {
      if (message.isUpdate || !template) return await change(message);
      const result = await deliverCard(message, 'IM_ROBOT', account, template);
      // a courtesy: the message is there without it
      if (dingsAlarms && message.card?.tone === 'alert') await ding(api, robotCode, 'app', [account], message.text).catch(() => undefined);
      return result;
    } catch (error) {
      return toFailure(error);
    }
  };

  const sayToMany = async (batch: readonly Addressed[]): Promise<Results> => {
    const [{ message }] = batch as readonly [Addressed];
    try {
      const answer = await api.call('POST', '/v1.0/robot/oToMessages/batchSend', {
        robotCode,
        userIds: batch.map(({ account }) => account),
        msgKey: 'sampleMarkdown',
        msgParam: JSON.stringify(toWords(message)),
      });
      const { invalidStaffIdList, filteredStaffIdList, flowControlledStaffIdList, processQueryKey } = Refused.parse(answer);
      const refused = new Set([...(invalidStaffIdList ?? []), ...(filteredStaffIdList ?? [])]);
      const limited = new Set(flowControlledStaffIdList);
      if (processQueryKey)
        readAsker?.follow(
          processQueryKey,
          batch.filter(({ account }) => !refused.has(account) && !limited.has(account)),
        );
      return batch.map(({ index, account }): readonly [number, SendResult] => {
        if (refused.has(account)) return [index, { status: 'permanent', code: 'invalidStaffId' }];
        return [index, limited.has(account) ? { status: 'transient', code: 'flowControlled' } : sent];
      });
    } catch (error) {
      return batch.map(({ index }) => [index, toFailure(error)] as const);
    }
  };

  const sayToGroup = async (message: OutgoingMessage): Promise<SendResult> => {
    const { group: where } = deps;
    try {
      if (!where) return { status: 'permanent', code: 'unreachable' };
      if (message.isUpdate) return await change(message);
      if ('token' in where) {
        await api.callGroupRobot(where, { msgtype: 'markdown', markdown: toWords(message) });
        return sent;
      }
      if (template && isCard(message)) return await deliverCard(message, 'IM_GROUP', where.conversationId, template);
      const words = {
        robotCode,
        openConversationId: where.conversationId,
        msgKey: 'sampleMarkdown',
        msgParam: JSON.stringify(toWords(message)),
      };
      await api.call('POST', '/v1.0/robot/groupMessages/send', words);
      return sent;
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    name: channelName,
    capabilities: {
      vias: ['card'],
      canUpdate: template !== undefined,
      goesByAccount: true,
      receipts: limits.receipts,
      updatesById: true,
      canReachGroups: deps.group !== undefined,
      batchSize: limits.batchSize,
    },
    canReach: async (to) => (to === group ? deps.group !== undefined : canReachPerson(directory, to)),
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const addressed = await addressPeople(directory, messages, results, toFailure);
      const isAlone = (one: Addressed): boolean => one.message.isUpdate === true || isCard(one.message);
      const work: Work[] = toBatches(
        addressed.filter((one) => !isAlone(one)),
        limits.batchPeople,
      ).map((batch) => ({ indexes: batch.map(({ index }) => index), run: () => sayToMany(batch) }));
      for (const one of addressed.filter(isAlone)) work.push({ indexes: [one.index], run: async () => [[one.index, await sayOne(one)]] });
      for (const [index, message] of messages.entries())
        if (message.to === group) work.push({ indexes: [index], run: async () => [[index, await sayToGroup(message)]] });
      await doWork(work, results, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'unreachable' });
    },
  };
};
