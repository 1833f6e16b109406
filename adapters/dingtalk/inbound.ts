import { z } from 'zod';
import { Refused } from '../bot/webhook-door.ts';

/** What DingTalk says, read. Source: open.dingtalk.com, "机器人接收消息" and "事件回调" (of cards). */

export const channelName = 'dingtalk';

export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused('malformed');
  }
};

const read = <S extends z.ZodType>(shape: S, value: unknown): z.output<S> => {
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new Refused('malformed');
  return parsed.data;
};

const id = z.string().min(1).max(200);
const RobotMessage = z.object({
  msgId: id,
  conversationId: id,
  /** 1: one person; 2: a group. */
  conversationType: z.enum(['1', '2']),
  /** Of somebody outside the company there is none. */
  senderStaffId: z.string().max(200).optional(),
  robotCode: z.string().max(200).optional(),
  msgtype: z.string().max(50),
  text: z.object({ content: z.string().max(20_000) }).optional(),
});
const Press = z.object({
  type: z.string().max(50).optional(),
  outTrackId: id,
  userId: id,
  content: z.string().max(20_000),
});
const Pressed = z.object({
  cardPrivateData: z.object({ params: z.record(z.string().max(100), z.unknown()).default({}) }),
});
const Encrypted = z.object({ encrypt: z.string().min(1).max(100_000) });
const Event = z.looseObject({ EventType: z.string().max(100) });

export type FromDingtalk =
  | {
      readonly kind: 'text';
      readonly id: string;
      readonly account: string;
      readonly conversation: string;
      readonly isGroup: boolean;
      readonly text: string;
    }
  | { readonly kind: 'file'; readonly account: string; readonly isGroup: boolean }
  | {
      readonly kind: 'press';
      readonly account: string;
      readonly outTrackId: string;
      readonly value: { readonly [key: string]: string };
    }
  /** Of no interest, or of nobody who could be known. */
  | { readonly kind: 'other' };

const other = { kind: 'other' } as const;
const files: ReadonlySet<string> = new Set(['picture', 'file', 'video', 'audio']);

/** A robot's message that has been verified. Throws `Refused`. */
export const readRobotMessage = (json: unknown, robotCode: string): FromDingtalk => {
  const message = read(RobotMessage, json);
  if (message.robotCode !== undefined && message.robotCode !== robotCode && message.robotCode !== 'normal') throw new Refused('foreign');
  const account = message.senderStaffId ?? '';
  const isGroup = message.conversationType === '2';
  if (account === '') return other;
  if (files.has(message.msgtype)) return { kind: 'file', account, isGroup };
  if (message.msgtype !== 'text' || !message.text) return other;
  return { kind: 'text', id: message.msgId, account, conversation: message.conversationId, isGroup, text: message.text.content.trim() };
};

/** A press on a card, verified. Throws `Refused`. */
export const readPress = (json: unknown): FromDingtalk => {
  const { type, outTrackId, userId, content } = read(Press, json);
  if (type !== undefined && type !== 'actionCallback') return other;
  const { params } = read(Pressed, readJson(content)).cardPrivateData;
  const value = Object.fromEntries(Object.entries(params).flatMap(([name, said]) => (typeof said === 'string' ? [[name, said]] : [])));
  return value['action'] === undefined ? other : { kind: 'press', account: userId, outTrackId, value };
};

/** The encrypted part of a body. Throws `Refused`. */
export const readEncrypted = (body: Buffer): string => read(Encrypted, readJson(body.toString('utf8'))).encrypt;

/** What was encrypted: a press, or an event, of which none is of interest. */
export const readCallback = (json: unknown): FromDingtalk => (Event.safeParse(json).success ? other : readPress(json));
