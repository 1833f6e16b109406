import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { Refused } from '../bot/webhook-door.ts';
import { fromKey, type PressedKey } from './render.ts';

/** What WeCom says, read. Source: developer.work.weixin.qq.com, "接收消息与事件". */

export const channelName = 'wecom';

// as it comes: numbers stay as they are written, entities are nobody's business, and there are no attributes
const parser = new XMLParser({ parseTagValue: false, processEntities: false, ignoreAttributes: true });

const rootOf = (text: string): unknown => {
  try {
    return (parser.parse(text) as { readonly xml?: unknown }).xml;
  } catch {
    return undefined;
  }
};

const Outer = z.object({ Encrypt: z.string().min(1).max(100_000) });

/** The encrypted part of a body. Throws `Refused`. */
export const readEncrypted = (body: Buffer): string => {
  const parsed = Outer.safeParse(rootOf(body.toString('utf8')));
  if (!parsed.success) throw new Refused('malformed');
  return parsed.data.Encrypt;
};

const account = z.string().min(1).max(64);
const Inner = z.object({
  ToUserName: z.string(),
  FromUserName: account,
  CreateTime: z.string().regex(/^\d{1,12}$/),
  MsgType: z.string().max(50),
  MsgId: z.string().max(100).optional(),
  Content: z.string().max(20_000).optional(),
  Event: z.string().max(100).optional(),
  EventKey: z.string().max(2_000).optional(),
  TaskId: z.string().max(200).optional(),
  ResponseCode: z.string().max(500).optional(),
});

export type FromWecom =
  | { readonly kind: 'text'; readonly id: string; readonly account: string; readonly text: string }
  | {
      readonly kind: 'press';
      readonly id: string;
      readonly account: string;
      readonly pressed: PressedKey;
      /** Changes the pressed card, once. */
      readonly responseCode: string | undefined;
    }
  /** Somebody has come into the application, a place was told, …: of no interest. */
  | { readonly kind: 'other' };

/** What was decrypted. Throws `Refused` for what is no message of WeCom's. */
export const readMessage = (text: string): FromWecom => {
  const parsed = Inner.safeParse(rootOf(text));
  if (!parsed.success) throw new Refused('malformed');
  const { MsgType, Event, EventKey = '', FromUserName, CreateTime, MsgId, Content = '', TaskId = '', ResponseCode } = parsed.data;
  if (MsgType === 'text') return { kind: 'text', id: MsgId ?? `${FromUserName}.${CreateTime}`, account: FromUserName, text: Content };
  if (MsgType !== 'event' || Event !== 'template_card_event') return { kind: 'other' };
  const pressed = fromKey(EventKey);
  if (!pressed) return { kind: 'other' };
  const id = [FromUserName, TaskId, CreateTime, ResponseCode ?? ''].join('.');
  return { kind: 'press', id, account: FromUserName, pressed, responseCode: ResponseCode };
};
