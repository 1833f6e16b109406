/** What one delivery saw of a channel. */
export type SeenOfChannel = {
  /** Recipients that something went out to, each time they were. */
  readonly reached: readonly string[];
  /**
   * Messages that a channel took which tells later what became of them: they went out, and show of nobody that they are
   * reached. Taken back, as a negative number, for those of whom it has told.
   */
  readonly handedOver?: number;
  /** Recipients whom it did not reach, with what it was about; `by`: the channel that did instead, where one did. */
  readonly failed: readonly { readonly to: string; readonly obligationId?: string; readonly by?: string }[];
};

export type Unreached = { readonly obligationId?: string; readonly by?: string };

/** A failure that has been told and is not over. Instants in campaign time, epoch ms. */
export type FailingChannel = {
  readonly since: number;
  readonly lastFailedAt: number;
  /** When it last reached somebody whom it had failed; anybody, where it was given up altogether. */
  readonly lastReachedAt?: number;
  /** Sends that failed since. */
  readonly failures: number;
};

export type BegunFailure = {
  readonly at: number;
  /** Whom it did not reach. */
  readonly people: readonly string[];
  /** Nobody is written to through it for the moment: whoever is reached at all shows that it works. */
  readonly isGivenUp: boolean;
};

export type ChannelTally = {
  /** Messages that went out in this window. */
  readonly sent: number;
  /** Sends that failed in it. */
  readonly failures: number;
  /** Recipients whom this channel has not reached since. */
  readonly failed: ReadonlyMap<string, Unreached>;
  readonly failing?: FailingChannel;
};

/** How a channel does, as all instances have seen it together in one window of time. */
export type ChannelHealth = {
  /** Adds it and answers the sum; a window begins with what is first seen after the last one is over. */
  record(channel: string, seen: SeenOfChannel, window: { readonly now: number; readonly ms: number }): Promise<ChannelTally>;
  /** Its failure has been told: from now on it is failing until it is `over`, and a new window begins. */
  begin(channel: string, begun: BegunFailure): Promise<void>;
  /** It works again; true for the one who ends the failure that began then. */
  over(channel: string, since: number): Promise<boolean>;
  /** Those of these that are failing. */
  failing(channels: readonly string[]): Promise<ReadonlyMap<string, FailingChannel>>;
};
