import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Utterance } from '../../src/ports/conversations.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { groupConversation } from './conversation-id.ts';
import { limits } from './limits.ts';
import type { Session } from './verify.ts';

const Simple = z.union([z.string().max(limits.clientIdLength), z.number(), z.boolean()]);

const Posted = z.object({
  type: z.string().min(1).max(100),
  text: z.string().max(limits.textLength).nullish(),
  value: z.unknown().optional(),
  locale: z.string().max(35).nullish(),
  channelData: z.record(z.string(), z.unknown()).nullish(),
});

export type Posted = z.infer<typeof Posted>;

/** Throws ZG_BAD_ACTIVITY naming the field. Whatever an activity has beyond these fields is ignored. */
export const parsePosted = (body: unknown): Posted => {
  const parsed = Posted.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault('ZG_BAD_ACTIVITY', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { data } = parsed;
  if (data.type !== 'message') return data;
  if (!data.text && (data.value === undefined || data.value === null))
    throw new Fault('ZG_BAD_ACTIVITY', 'text or value: neither is there');
  if (JSON.stringify(data.value ?? null).length > limits.valueLength)
    throw new Fault('ZG_TOO_LARGE', `value: over ${limits.valueLength} characters`);
  return data;
};

/** Clients name their messages, so that one that is posted again is taken once. */
const clientIdOf = (channelData: Posted['channelData']): string | undefined => {
  const id = channelData?.['clientActivityID'];
  if (typeof id !== 'string' || id === '') return undefined;
  return id.length <= limits.clientIdLength ? id : createHash('sha256').update(id).digest('base64url');
};

/** Small values alone, and never the member that says that the product asks for an answer. */
const echoed = (channelData: Posted['channelData']): object =>
  Object.fromEntries(Object.entries(channelData ?? {}).filter(([key, value]) => key !== 'zaigang' && Simple.safeParse(value).success));

/** A posted message as the bot takes it, and as the conversation shows it. The token says who speaks, not the body. */
export const readPosted = (
  posted: Posted,
  { personId, conversation }: Session,
  receivedAt: number,
): { message: InboundMessage; utterance: Utterance } => {
  const clientId = clientIdOf(posted.channelData);
  const said = {
    ...(posted.text ? { text: posted.text } : {}),
    ...(posted.value === undefined || posted.value === null ? {} : { value: posted.value }),
    ...(posted.locale ? { locale: posted.locale } : {}),
  };
  const activity = {
    timestamp: new Date(receivedAt).toISOString(),
    channelId: 'webchat',
    from: { id: personId, role: 'user' },
    conversation: { id: conversation },
    ...said,
    channelData: echoed(posted.channelData),
  };
  return {
    message: {
      id: `${conversation}/${clientId ?? randomUUID()}`,
      channel: 'webchat',
      conversation,
      isGroup: conversation === groupConversation,
      from: personId,
      receivedAt,
      ...said,
    },
    utterance: {
      conversation,
      members: JSON.stringify(activity).slice(1, -1),
      ...(clientId === undefined ? {} : { onceId: `${personId}/${clientId}` }),
    },
  };
};
