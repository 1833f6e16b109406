/** Whose account it is, and where to find somebody: what the platforms' doors and senders need to know of bindings. */
export type Bindings = {
  /** The person whom a platform's account belongs to; undefined for everybody unknown or disabled. Rejects with ZG_STORE_AWAY. */
  personOf(channel: string, account: string): Promise<string | undefined>;
  /** In the order asked; undefined where a person has no account there. */
  accountsOf(channel: string, personIds: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Binds an account that the platform's own directory names a person's number for. False: it was so already. */
  bindByDirectory(channel: string, account: string, personId: string): Promise<boolean>;
};
