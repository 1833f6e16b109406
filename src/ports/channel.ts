/** How a message leaves the house. One folder in `adapters` for each channel. */

export type ButtonValue = { readonly action: string; readonly obligationId?: string; readonly [key: string]: string | undefined };

export type Button = {
  readonly title: string;
  readonly value: ButtonValue;
  readonly style?: 'positive' | 'destructive';
  /** Works although required inputs are empty, and sends none of them. */
  readonly ignoresInputs?: boolean;
};

/**
 * Something to fill in. Pressing a button sends its value with what was put in, a string under each input's `id`
 * (so `id` is none of the button's own keys, such as `action`); an empty one comes as `''` or not at all.
 */
export type CardInput = {
  readonly id: string;
  readonly label: string;
  /** `date` is sent as `YYYY-MM-DD`, `time` as `HH:MM`, `choice` as the `value` of the one chosen. */
  readonly type: 'text' | 'date' | 'time' | 'choice';
  readonly isRequired: boolean;
  /** Of a text. */
  readonly isMultiline?: boolean;
  /** Of a choice. */
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  /** What it begins with, in the form in which it is sent. */
  readonly value?: string;
  /** Said beside it when it is required and empty; filled in where it is left out. */
  readonly errorMessage?: string;
};

export type Card = {
  readonly title: string;
  readonly tone: 'neutral' | 'asking' | 'alert' | 'done';
  readonly lines: readonly string[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly inputs?: readonly CardInput[];
  readonly buttons: readonly Button[];
};

/** What contracts promise to clients beside each card that wants an answer. */
export type Asking = {
  readonly obligationId: string;
  /** The item whose clock it is. */
  readonly itemId?: string;
  readonly kind: string;
  readonly stepNo: number;
  /** ISO 8601 with offset. */
  readonly answerBy: string;
};

export type OutgoingMessage = {
  /** Made from what is sent: the same message sent twice has the same id. */
  readonly id: string;
  /** A person's id (`m…`), a group chat's (`g:…`) or a post's telephone (`l:…`). */
  readonly to: string;
  /** The person's number, or a post's landline, for channels that go by it. */
  readonly mobile?: string;
  /** Where to reply; without it the channel finds the recipient's own conversation. */
  readonly reference?: unknown;
  /** The whole message as plain text, for channels and readers without cards. */
  readonly text: string;
  readonly card?: Card;
  readonly asking?: Asking;
  /** The steps that this message carries out, for channels that hear only later what became of it. */
  readonly about?: readonly { readonly obligationId: string; readonly stepNo: number }[];
  /** A one-time code that it brings, for channels with a form of their own for codes. */
  readonly code?: string;
  /** What the message is about: an update changes the messages that the recipient has under the same key. */
  readonly cardKey?: string;
  /** Only changes what is there: where the recipient has no such message, nothing is sent. */
  readonly isUpdate?: boolean;
  /** It answers that nothing came of what was asked for: a form that was sent keeps what was filled in. */
  readonly isRefusal?: boolean;
  /** Given where the channel told us a platform id for the message of this `cardKey`. */
  readonly platformMessageId?: string;
};

export type SendResult =
  /** `isDelivered`: the channel knows that it reached the person, not only the platform. */
  | { readonly status: 'sent'; readonly isDelivered: boolean; readonly platformMessageId?: string }
  /**
   * `isTransport`: the platform was not reached, or said nothing in time. `triesNext`: the recipient's next channel gets
   * it now, for this one won't take it soon. `mayAskAgain`: the platform takes it once under its id, so a call that may
   * have been heard can be made again.
   */
  | {
      readonly status: 'transient';
      readonly code: string;
      readonly retryAfterMs?: number;
      readonly isTransport?: boolean;
      readonly triesNext?: boolean;
      readonly mayAskAgain?: boolean;
    }
  | { readonly status: 'permanent'; readonly code: string };

/** How a channel says that something was so: it never does, in a callback, when it is asked, or in its answer to the sending. */
export type ReceiptWay = 'never' | 'callback' | 'query' | 'answer';

/** What a channel tells of a message after it has taken it, with where its platform documents it. */
export type ReceiptWays = { readonly delivered: ReceiptWay; readonly read: ReceiptWay; readonly source: string };

export type Capabilities = {
  readonly vias: readonly ('card' | 'sms' | 'voice')[];
  readonly canUpdate: boolean;
  /** An update needs the platform's id of the message: whoever sends keeps it. */
  readonly updatesById?: boolean;
  readonly canReachGroups: boolean;
  /** It keeps what nobody is there to read: taking a message is not yet reaching anybody. */
  readonly isMailbox?: boolean;
  /** It knows people by accounts, which are bound to them: by its directory, by a code, or by the office. */
  readonly goesByAccount?: boolean;
  /** Left out: it tells nothing. */
  readonly receipts?: ReceiptWays;
  /** Most messages in one `send`. */
  readonly batchSize: number;
};

export type Channel = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Whether this channel knows how to reach them at all. */
  canReach(to: string): Promise<boolean>;
  /** One result for each message, in order. Rejecting counts as transient for all. */
  send(messages: readonly OutgoingMessage[]): Promise<readonly SendResult[]>;
};
