import type { Channel, SendResult } from '../../src/ports/channel.ts';
import { type Addressed, addressPeople, canReachPerson, type PlatformDirectory } from '../bot/platform-directory.ts';
import { doWork, type Results } from '../bot/send-work.ts';
import type { DingtalkApi } from './api.ts';
import { toBatches } from './batches.ts';
import { toFailure } from './errors.ts';
import { limits } from './limits.ts';

const sent = { status: 'sent', isDelivered: false } as const;

const remindTypes = { app: 1, sms: 2, phone: 3 } as const;
type Ding = keyof typeof remindTypes;

/** Source: open.dingtalk.com, "发送DING消息". */
export const ding = (api: DingtalkApi, robotCode: string, way: Ding, people: readonly string[], content: string): Promise<unknown> =>
  api.call('POST', '/v1.0/robot/ding/send', { robotCode, remindType: remindTypes[way], receiverUserIdList: people, content });

/**
 * A DING by text message or by a call that reads the words out. Costs of the company's quota, and needs DingTalk's
 * professional or exclusive edition. Source: open.dingtalk.com, "发送DING消息".
 */
export const createDingChannel = ({
  api,
  directory,
  robotCode,
  way,
}: {
  readonly api: DingtalkApi;
  readonly directory: PlatformDirectory;
  readonly robotCode: string;
  readonly way: Exclude<Ding, 'app'>;
}): Channel => ({
  name: way === 'sms' ? 'dingSms' : 'dingPhone',
  capabilities: { vias: [way === 'sms' ? 'sms' : 'voice'], canUpdate: false, canReachGroups: false, batchSize: limits.batchSize },
  canReach: (to) => canReachPerson(directory, to),
  send: async (messages) => {
    const results = new Map<number, SendResult>();
    const addressed = await addressPeople(directory, messages, results, toFailure);
    // what changes is the card, which is not ours
    for (const { index, message } of addressed) if (message.isUpdate) results.set(index, sent);
    const batches = toBatches(
      addressed.filter(({ message }) => !message.isUpdate),
      limits.dingPeople,
    );
    const dingAll = async (batch: readonly Addressed[]): Promise<Results> => {
      const result = await ding(
        api,
        robotCode,
        way,
        batch.map(({ account }) => account),
        batch[0]!.message.text,
      ).then((): SendResult => sent, toFailure);
      return batch.map(({ index }) => [index, result] as const);
    };
    await doWork(
      batches.map((batch) => ({ indexes: batch.map(({ index }) => index), run: () => dingAll(batch) })),
      results,
      limits.concurrent,
    );
    return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'unreachable' });
  },
});
