import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FileRef } from '../../src/domain/items/item.ts';
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
  attachments: z
    .array(
      z.object({ contentType: z.string().max(200).nullish(), contentUrl: z.string().nullish(), name: z.string().max(1_000).nullish() }),
    )
    .nullish(),
});

export type Posted = z.infer<typeof Posted>;

/** Other attachments are cards and the like, which clients show and nobody reads. */
export const isFile = ({ contentUrl }: { readonly contentUrl?: string | null | undefined }): boolean => typeof contentUrl === 'string';

/** Throws ZG_BAD_ACTIVITY naming the field. Whatever an activity has beyond these fields is ignored. Files may stand for words. */
export const parsePosted = (body: unknown, hasFiles = false): Posted => {
  const parsed = Posted.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault('ZG_BAD_ACTIVITY', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { data } = parsed;
  if (data.type !== 'message') return data;
  if (!data.text && (data.value === undefined || data.value === null) && !hasFiles && !data.attachments?.some(isFile))
    throw new Fault('ZG_BAD_ACTIVITY', 'text, value or a file: none is there');
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

/** Where the read side gives it out, from wherever the page is. */
const toAttachment = ({ sha256, name, mime }: FileRef): object => ({
  contentType: mime,
  contentUrl: `api/files/${sha256}?name=${encodeURIComponent(name)}`,
  name,
});

/** `attachmentSizes` is where Web Chat looks for them. */
const withFiles = (activity: { readonly channelData: object }, files: readonly FileRef[]): object => ({
  ...activity,
  attachments: files.map(toAttachment),
  channelData: { ...activity.channelData, attachmentSizes: files.map(({ bytes }) => bytes) },
});

/** Where an answer says which message it answers, by the name that its client gave it. */
export const inReplyTo = 'inReplyTo';

/** A posted message as the bot takes it, and as the conversation shows it. The token says who speaks, not the body. */
export const readPosted = (
  posted: Posted,
  { personId, conversation }: Session,
  receivedAt: number,
  files: readonly FileRef[] = [],
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
  const message: InboundMessage = {
    id: `${conversation}/${clientId ?? randomUUID()}`,
    channel: 'webchat',
    conversation,
    isGroup: conversation === groupConversation,
    from: personId,
    receivedAt,
    ...said,
    ...(clientId === undefined ? {} : { reference: { [inReplyTo]: clientId } }),
  };
  // most messages have none, and pay nothing for those that do
  const hasFiles = files.length > 0;
  return {
    message: hasFiles ? { ...message, files } : message,
    utterance: {
      conversation,
      members: JSON.stringify(hasFiles ? withFiles(activity, files) : activity).slice(1, -1),
      ...(clientId === undefined ? {} : { onceId: `${personId}/${clientId}` }),
    },
  };
};
