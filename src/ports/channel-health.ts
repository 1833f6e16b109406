/** What one delivery saw of a channel. */
export type SeenOfChannel = {
  /** Recipients that something went out to, each time they were. */
  readonly reached: readonly string[];
  /** Recipients that nothing will reach, with what it was about. */
  readonly failed: readonly { readonly to: string; readonly obligationId: string }[];
};

export type ChannelTally = {
  /** Messages that went out in this window. */
  readonly sent: number;
  /** Recipient whom nothing has reached since, to what it was about. */
  readonly failed: ReadonlyMap<string, string>;
};

/** How a channel does, as all instances have seen it together in one window of time. */
export type ChannelHealth = {
  /** Adds it and answers the sum; a window begins with what is first seen after the last one is over. */
  record(channel: string, seen: SeenOfChannel, window: { readonly now: number; readonly ms: number }): Promise<ChannelTally>;
  /** Begins anew: what was seen has been told. */
  forget(channel: string): Promise<void>;
};
