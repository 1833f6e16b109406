import { z } from 'zod';
import { Refused } from '../bot/webhook-door.ts';
import { readInputs } from './render.ts';

/** What Feishu says, read. Source: open.feishu.cn, "接收消息" and "卡片回传交互". */

export const channelName = 'feishu';

const readJson = (text: string): unknown => {
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
const Outer = z.object({ encrypt: z.string().min(1).max(100_000) });
const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000), token: z.unknown() });
const Header = z.object({
  event_id: id,
  event_type: z.string().max(100),
  token: z.unknown(),
  app_id: z.string().max(100),
});
const Event = z.object({ schema: z.literal('2.0'), header: Header, event: z.unknown() });

const Mention = z.object({ key: z.string().min(1).max(100), name: z.string().max(200).default('') });
const Message = z.object({
  sender: z.object({ sender_id: z.object({ open_id: id }), sender_type: z.string().max(50) }),
  message: z.object({
    message_id: id,
    chat_id: id,
    chat_type: z.string().max(50),
    message_type: z.string().max(50),
    content: z.string().max(100_000),
    mentions: z.array(Mention).max(200).nullish(),
  }),
});
const Press = z.object({
  operator: z.object({ open_id: id }),
  action: z.object({
    value: z.record(z.string().max(100), z.string().max(2_000)),
    form_value: z.record(z.string().max(200), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});

/** Source: open.feishu.cn, "消息已读": only of messages to one person. */
const Read = z.object({
  reader: z.object({ reader_id: z.object({ open_id: id }) }),
  message_id_list: z.array(id).max(1_000),
});

const TextContent = z.object({ text: z.string() });
/** What people write with marks or in several paragraphs. */
const PostContent = z.object({
  title: z.string().default(''),
  content: z.array(z.array(z.looseObject({ tag: z.string(), text: z.string().optional(), user_id: z.string().optional() }))),
});

/** The encrypted part of a body. Throws `Refused`. */
export const readEncrypted = (body: Buffer): string => read(Outer, readJson(body.toString('utf8'))).encrypt;

export type FromFeishu =
  /** Whether the address is ours. */
  | { readonly kind: 'challenge'; readonly token: unknown; readonly challenge: string }
  | { readonly kind: 'event'; readonly token: unknown; readonly appId: string; readonly id: string; readonly said: Said };

type Said =
  | {
      readonly kind: 'text';
      readonly messageId: string;
      readonly account: string;
      readonly chatId: string;
      readonly isGroup: boolean;
      readonly text: string;
    }
  | { readonly kind: 'file'; readonly account: string; readonly isGroup: boolean }
  | {
      readonly kind: 'press';
      readonly account: string;
      readonly chatId: string;
      readonly messageId: string;
      readonly value: { readonly [key: string]: string };
    }
  | { readonly kind: 'read'; readonly account: string; readonly messageIds: readonly string[] }
  /** A robot spoke, somebody joined, …: of no interest. */
  | { readonly kind: 'other' };

const other = { kind: 'other' } as const;
const files: ReadonlySet<string> = new Set(['image', 'file', 'media', 'audio']);

const wordsOf = (type: string, content: string): string | undefined => {
  if (type === 'text') return TextContent.safeParse(readJson(content)).data?.text;
  if (type !== 'post') return undefined;
  const post = PostContent.safeParse(readJson(content)).data;
  return (
    post && [post.title, ...post.content.map((line) => line.map((part) => part.text ?? part.user_id ?? '').join(''))].join('\n').trim()
  );
};

/** A message in a group begins with the mention of the robot; others keep the names of whom they mention. */
const withoutMentions = (text: string, mentions: readonly z.output<typeof Mention>[], isGroup: boolean): string => {
  const [first] = mentions;
  const own = isGroup && first && text.trimStart().startsWith(first.key) ? first.key : undefined;
  // the longer key first: `@_user_1` begins `@_user_12`
  return mentions
    .toSorted((a, b) => b.key.length - a.key.length)
    .reduce((left, { key, name }) => left.replaceAll(key, key === own ? '' : name), text)
    .trim();
};

const readMessage = (event: unknown): Said => {
  const { sender, message } = read(Message, event);
  if (sender.sender_type !== 'user') return other;
  const account = sender.sender_id.open_id;
  const isGroup = message.chat_type !== 'p2p';
  if (files.has(message.message_type)) return { kind: 'file', account, isGroup };
  const words = wordsOf(message.message_type, message.content);
  if (words === undefined) return other;
  const text = withoutMentions(words, message.mentions ?? [], isGroup);
  return { kind: 'text', messageId: message.message_id, account, chatId: message.chat_id, isGroup, text };
};

const readPress = (event: unknown): Said => {
  const { operator, action, context } = read(Press, event);
  return {
    kind: 'press',
    account: operator.open_id,
    chatId: context.open_chat_id,
    messageId: context.open_message_id,
    // what the button says wins over what was typed
    value: { ...readInputs(action.form_value ?? {}), ...action.value },
  };
};

/** What was decrypted. Throws `Refused` for what is nothing of Feishu's. */
export const readEvent = (text: string): FromFeishu => {
  const json = readJson(text);
  const asked = Challenge.safeParse(json);
  if (asked.success) return { kind: 'challenge', token: asked.data.token, challenge: asked.data.challenge };
  const { header, event } = read(Event, json);
  const { event_id: eventId, event_type: type, token, app_id: appId } = header;
  const outer = { kind: 'event', token, appId, id: eventId } as const;
  if (type === 'im.message.receive_v1') return { ...outer, said: readMessage(event) };
  if (type === 'card.action.trigger') return { ...outer, said: readPress(event) };
  if (type === 'im.message.message_read_v1') {
    const seen = Read.safeParse(event).data;
    // of use where it can be read, and nobody's loss where not
    if (seen) return { ...outer, said: { kind: 'read', account: seen.reader.reader_id.open_id, messageIds: seen.message_id_list } };
  }
  return { ...outer, said: other };
};
