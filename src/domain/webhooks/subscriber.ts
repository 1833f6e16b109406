/** A system of a bureau's own that hears of what happens. */
export type Subscriber = {
  readonly name: string;
  readonly url: string;
  /** The keys, raw: every message is signed with each, so that one can take the other's place. */
  readonly secrets: readonly Uint8Array[];
  /** Names of events of the ledger. */
  readonly events: 'all' | readonly string[];
  /** Its address may be one of a private network. */
  readonly allowsPrivate: boolean;
};
