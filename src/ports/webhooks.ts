import type { Subscriber } from '../domain/webhooks/subscriber.ts';

export type { Subscriber } from '../domain/webhooks/subscriber.ts';

export type WebhookMessage = {
  /** The same each time that the same event is sent. */
  readonly id: string;
  readonly body: string;
};

/** `code`: an HTTP status, or why there was none; never an address or a body. */
export type Posted = { readonly isTaken: true } | { readonly isTaken: false; readonly code: string };

/** Never rejects. */
export type PostWebhook = (subscriber: Subscriber, message: WebhookMessage) => Promise<Posted>;

/** How far a subscriber has come; instants in real epoch ms. */
export type WebhookState = {
  /** Everything up to this row of the ledger has been taken, or was not asked for. */
  readonly seq: number;
  readonly lastTakenAt: number | null;
  /** In a row, since the last that was taken. */
  readonly failures: number;
  readonly failingSince: number | null;
  readonly lastCode: string | null;
  readonly nextTryAt: number;
  /** The office has been told that it fails. */
  readonly isTold: boolean;
};

export type WebhookStates = {
  read(name: string): Promise<WebhookState | undefined>;
  /** Only while this holder may send: false where another has taken over, or may have. */
  write(name: string, state: WebhookState, holder: string): Promise<boolean>;
  /** Whether this holder may send to the subscriber for `ttlMs`: one process at a time does. */
  hold(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** For `ttlMs` more; false where it is not held by this one any more: what was read while it was may be old. */
  holdOn(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Lets another take over at once. */
  letGo(name: string, holder: string): Promise<void>;
};
