import type { Channel, Capabilities, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';

/** A message as its reader has it now: what it said first, and what it says after changes. */
export type Seen = { message: OutgoingMessage; readonly first: OutgoingMessage; readonly at: number; isRead: boolean };

export type RecordingChannel = Channel & {
  readonly seenBy: (to: string) => readonly Seen[];
  readonly everybody: () => readonly string[];
  /** What the channel says of messages to somebody from now on; `sent` again with undefined. */
  readonly answers: (to: string, result: SendResult | undefined) => void;
};

export const wholeText = ({ text, card }: OutgoingMessage): string =>
  [
    text,
    card?.title,
    ...(card?.lines ?? []),
    ...(card?.facts ?? []).map(({ name, value }) => `${name}：${value}`),
    ...(card?.buttons ?? []).map(({ title }) => `[${title}]`),
  ].join('\n');

/** Keeps what it is given, changes cards in place as a chat does, and takes each message id once. */
export const createRecordingChannel = (name: string, now: () => number, capabilities: Partial<Capabilities> = {}): RecordingChannel => {
  const chats = new Map<string, Seen[]>();
  const taken = new Set<string>();
  const answers = new Map<string, SendResult>();

  const sendOne = (message: OutgoingMessage): SendResult => {
    const refused = answers.get(message.to);
    if (refused) return refused;
    const sent = { status: 'sent', isDelivered: !message.to.startsWith('g:') } as const;
    const once = `${message.to} ${message.id}`;
    if (taken.has(once)) return sent;
    taken.add(once);
    const chat = chats.get(message.to) ?? [];
    chats.set(message.to, chat);
    if (!message.isUpdate) chat.push({ message, first: message, at: now(), isRead: false });
    for (const seen of chat) if (message.isUpdate && seen.message.cardKey === message.cardKey) seen.message = message;
    return sent;
  };

  return {
    name,
    capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 50, ...capabilities },
    canReach: async (to) => !to.startsWith('l:'),
    send: async (messages) => messages.map(sendOne),
    seenBy: (to) => chats.get(to) ?? [],
    everybody: () => [...chats.keys()],
    answers: (to, result) => void (result ? answers.set(to, result) : answers.delete(to)),
  };
};
