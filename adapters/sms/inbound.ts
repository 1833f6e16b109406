import { z } from 'zod';
import { readMobile } from '../bot/phone-number.ts';
import { Refused } from '../bot/webhook-door.ts';
import { limits } from './limits.ts';

/**
 * What the clouds say of text messages: whether they arrived, and what people reply. Sources: help.aliyun.com, "SmsUp"
 * (101847) and "SmsReport" (101867); cloud.tencent.com, "SMS status" (382/5807) and "SMS reply" (382/43548).
 */

export type SmsReport = {
  readonly kind: 'report';
  /** As the gateway named it. */
  readonly id: string;
  readonly isDelivered: boolean;
  /** The carrier's own. */
  readonly code: string;
  readonly at: number | undefined;
};

export type SmsReply = {
  readonly kind: 'reply';
  /** The same each time that the cloud repeats it. */
  readonly id: string;
  readonly mobile: string | undefined;
  readonly text: string;
  readonly at: number | undefined;
};

const short = z.string().max(200);
const textual = z.union([short, z.number().transform(String)]);
const content = z.string().max(2_000);

const Report = z.object({
  phone_number: short,
  report_time: short.optional(),
  success: z.boolean(),
  err_code: textual.nullish(),
  biz_id: textual,
});
const Up = z.object({ phone_number: short, send_time: short.optional(), content, sequence_id: textual });
const FromAliyun = z.array(z.union([Up, Report])).max(limits.callbackRows);

const Status = z.object({
  mobile: short,
  user_receive_time: short.optional(),
  report_status: z.enum(['SUCCESS', 'FAIL']),
  errmsg: textual.nullish(),
  sid: short,
});
const Reply = z.object({ mobile: short, nationcode: short.optional(), text: content, time: z.number(), sign: short.nullish() });
const FromTencent = z.union([z.array(Status).max(limits.callbackRows), Reply]);

const read = <S extends z.ZodType>(shape: S, json: unknown): z.output<S> => {
  const parsed = shape.safeParse(json);
  if (!parsed.success) throw new Refused('malformed');
  return parsed.data;
};

/** Both clouds write the time of Beijing, without saying so; either with dashes or without. Undefined for what is no time. */
const readTime = (written: string | undefined): number | undefined => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})-?(\d\d)-?(\d\d)[ T]?(\d\d):?(\d\d):?(\d\d)$/.exec(written ?? '') ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(at) ? undefined : at;
};

/** Throws `Refused` for what is none of theirs. */
export const readAliyun = (json: unknown): readonly (SmsReport | SmsReply)[] =>
  read(FromAliyun, json).map((row) => {
    const mobile = readMobile(row.phone_number);
    if ('content' in row) return { kind: 'reply', id: row.sequence_id, mobile, text: row.content.trim(), at: readTime(row.send_time) };
    const { biz_id, success, err_code, report_time, phone_number } = row;
    return {
      kind: 'report',
      id: `${biz_id}:${mobile ?? phone_number}`,
      isDelivered: success,
      code: err_code ?? '',
      at: readTime(report_time),
    };
  });

/** Throws `Refused` for what is none of theirs. A reply has no number of its own there. */
export const readTencent = (json: unknown): readonly (SmsReport | SmsReply)[] => {
  const said = read(FromTencent, json);
  if (!Array.isArray(said)) {
    const mobile = readMobile(said.mobile);
    return [
      { kind: 'reply', id: `${mobile ?? said.mobile}.${said.time}.${said.text}`, mobile, text: said.text.trim(), at: said.time * 1_000 },
    ];
  }
  return said.map(({ sid, report_status, errmsg, user_receive_time }) => ({
    kind: 'report',
    id: sid,
    isDelivered: report_status === 'SUCCESS',
    code: errmsg ?? report_status,
    at: readTime(user_receive_time),
  }));
};
