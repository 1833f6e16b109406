/** What is remembered of conversations with people, so that the product can speak first and change what it said. */

/** Where to reach people in channels that need more than an id. */
export type Conversations = {
  /** `reference` is whatever the channel's adapter wants back, as JSON; the newest wins. */
  rememberReference(channel: string, personId: string, reference: unknown): Promise<void>;
  /** In the order asked; undefined where the person has never written. */
  referencesOf(channel: string, personIds: readonly string[]): Promise<readonly unknown[]>;
  /** The platform's ids of cards that may have to be changed later. Forgotten after a week. */
  rememberMessages(channel: string, sent: readonly SentCard[]): Promise<void>;
  /** In the order asked. */
  messagesOf(channel: string, cards: readonly Omit<SentCard, 'platformMessageId'>[]): Promise<readonly (string | undefined)[]>;
};

export type SentCard = { readonly to: string; readonly cardKey: string; readonly platformMessageId: string };

/** One thing said in a conversation that the product keeps itself. */
export type Utterance = {
  readonly conversation: string;
  /** The members of a JSON object other than `id` and `type`, without braces, at least one of them. */
  readonly members: string;
  /** Taken once in this conversation as long as it is kept. */
  readonly onceId?: string;
  readonly cardKey?: string;
  /** Changes every kept utterance with the same `cardKey`; where there is none, nothing is said and the number is 0. */
  readonly isUpdate?: boolean;
  /** The obligation it asks about, for knowing once that it was seen. */
  readonly obligationId?: string;
};

export type Said = {
  /** Counts from 1 in each conversation, without gaps. */
  readonly number: number;
  /** Somebody was listening to the conversation at that moment. */
  readonly isHeard: boolean;
};

/** `number`s with their JSON, oldest first. `last` is the newest number of the conversation, 0 before the first. */
export type Passage = { readonly last: number; readonly lines: readonly { readonly number: number; readonly json: string }[] };

export type Listener = {
  heard(number: number, json: string): void;
  /** The connection was away: something may have been missed. */
  missed(): void;
};

/** The kept end of each conversation, shared by every instance of the service. */
export type Transcripts = {
  /** Durable when it resolves; in order for each conversation. Rejects with ZG_STORE_AWAY. */
  append(utterance: Utterance): Promise<Said>;
  /** What came after a number; `null`: the last of what is kept, as a newcomer should see it. */
  read(conversation: string, after: number | null): Promise<Passage>;
  /** The obligations among these that nobody had been known to see before. */
  markSeen(conversation: string, obligationIds: readonly string[]): Promise<readonly string[]>;
  listen(conversation: string, listener: Listener): Promise<() => void>;
};
