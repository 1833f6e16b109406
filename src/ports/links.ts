/** Vouches for what a link says: nobody without the secret can make one up. */
export type LinkSigner = {
  /** Of any text; 43 characters of base64url (HMAC-SHA-256). */
  sign(text: string): string;
  /** In a time that says nothing about how near a guess was. */
  isSigned(text: string, signature: string): boolean;
};

/** One entry of a calendar. */
export type FeedEvent = {
  /** The same for the same shift, whatever changes about it. */
  readonly uid: string;
  readonly from: number;
  readonly to: number;
  readonly summary: string;
  /** Grows with each change. */
  readonly sequence: number;
  readonly modifiedAt: number;
};

export type Feed = { readonly name: string; readonly timeZone: string; readonly events: readonly FeedEvent[] };

/** An iCalendar file (RFC 5545). */
export type WriteFeed = (feed: Feed) => Promise<string>;
