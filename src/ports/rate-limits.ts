/** At most so many in so much real time. */
export type RateRule = { readonly count: number; readonly perMs: number };

export type Taken = { readonly isTaken: true } | { readonly isTaken: false; readonly retryAfterMs: number };

/** What a platform lets us do, counted on our side and shared by every instance. */
export type RateLimits = {
  /** One of each rule for this key, or nothing of any. Rejects with ZG_STORE_AWAY: then nobody knows, and nothing may be sent. */
  take(key: string, rules: readonly RateRule[]): Promise<Taken>;
  /** How many are left of each rule, in their order. */
  left(key: string, rules: readonly RateRule[]): Promise<readonly number[]>;
};
