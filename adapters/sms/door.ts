import type { Clock } from '../../src/ports/clock.ts';
import type { Dispatches } from '../../src/ports/dispatches.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Receipt } from '../../src/ports/receipts.ts';
import { type CallbackDoorSettings, createCallbackDoor } from '../bot/callback-door.ts';
import { type Door, Refused } from '../bot/webhook-door.ts';
import { readAliyun, readTencent, type SmsReply, type SmsReport } from './inbound.ts';
import { limits } from './limits.ts';

export type SmsDoorDeps = CallbackDoorSettings & {
  readonly channel: 'aliyunSms' | 'tencentSms';
  /** Whose number it is; undefined for everybody unknown or disabled. Digits only. */
  readonly personOf: (mobile: string) => string | undefined;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly dispatches: Pick<Dispatches, 'find' | 'isReported' | 'markReported'>;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly count: (channel: string, what: string) => void;
  readonly clock: Clock;
  /** Real time, epoch ms: the clouds' stamps are. */
  readonly realNow: () => number;
};

const platforms = {
  aliyunSms: { path: '/channels/aliyun-sms', read: readAliyun, answer: { code: 0, msg: 'OK' } },
  tencentSms: { path: '/channels/tencent-sms', read: readTencent, answer: { result: 0, errmsg: 'OK' } },
} as const;

/**
 * What a cloud reports of text messages, and what people reply to them: replies are in the inbox, and reports recorded,
 * before it hears 200. A number that is nobody's has no effect and gets no answer, for each would cost, and could be had
 * for any number.
 */
export const createSmsDoor = (deps: SmsDoorDeps): Door => {
  const { channel, personOf, inbox, dispatches, receive, count, clock, realNow } = deps;
  const { path, read, answer } = platforms[channel];

  const isStale = ({ at }: SmsReport | SmsReply): boolean => at !== undefined && Math.abs(realNow() - at) > limits.staleAfterMs;

  const takeReply = async ({ id, mobile, text }: SmsReply): Promise<void> => {
    const personId = mobile === undefined ? undefined : personOf(mobile);
    if (personId === undefined) return count(channel, 'stranger');
    const message = {
      id: `${channel}/${id}`,
      channel,
      conversation: personId,
      isGroup: false,
      from: personId,
      text,
      phone: 'sms',
    } as const;
    await inbox.put({ ...message, receivedAt: clock.now() });
  };

  const receiptOf = async ({ id, isDelivered, code }: SmsReport): Promise<Receipt | undefined> => {
    const dispatch = await dispatches.find(channel, id);
    if (!dispatch) return undefined;
    const { to, about } = dispatch;
    return { to, about, channel, outcome: isDelivered ? { status: 'delivered' } : { status: 'failed', code } };
  };

  const takeReports = async (reports: readonly SmsReport[]): Promise<void> => {
    const fresh: SmsReport[] = [];
    for (const report of reports) if (!(await dispatches.isReported(channel, report.id))) fresh.push(report);
    const receipts = await Promise.all(fresh.map(receiptOf));
    await receive(receipts.filter((receipt) => receipt !== undefined));
    for (const { id } of fresh) await dispatches.markReported(channel, id);
  };

  return createCallbackDoor({
    ...deps,
    name: channel,
    path,
    answer,
    maxBytes: limits.callbackBytes,
    hear: async (json) => {
      const said = read(json);
      const fresh = said.filter((one) => !isStale(one));
      if (said.length > 0 && fresh.length === 0) throw new Refused('stale');
      for (const one of fresh) if (one.kind === 'reply') await takeReply(one);
      await takeReports(fresh.filter((one) => one.kind === 'report'));
    },
  });
};
