import { adaptiveCardType } from '../bot/adaptive-card.ts';

/** Web Chat tells who it is with what it asks over HTTP. Source: botframework-webchat, `createDirectLine`. */
export const isWebChat = (agent: string | readonly string[] | undefined): boolean => /\bWebChat\//u.test(String(agent ?? ''));

type Line = {
  readonly id: string;
  readonly text?: string;
  readonly attachments?: readonly { readonly contentType?: string }[];
  readonly channelData?: object;
};

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('|') + 1));

/**
 * An activity as Web Chat shows it well. It has nothing to draw `messageUpdate` with, and replaces a message by one of the
 * same id; it goes by the time of a message unless it is told its place; and it draws text and card below each other, so
 * the text goes where only readers for the blind look for it.
 * Source: botframework-webchat-core, `createActivitiesReducer`; botframework-webchat, "webchat:fallback-text".
 */
export const toWebChat = (json: string): string => {
  const { text, ...line } = JSON.parse(json) as Line;
  const isCard = line.attachments?.some(({ contentType }) => contentType === adaptiveCardType) ?? false;
  const data = { ...line.channelData, 'webchat:sequence-id': numberOf(line.id) };
  const spoken = text === undefined ? {} : { text };
  const shown =
    isCard && text !== undefined ? { channelData: { ...data, 'webchat:fallback-text': text } } : { ...spoken, channelData: data };
  return JSON.stringify({ ...line, type: 'message', ...shown });
};
