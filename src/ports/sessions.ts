/** How somebody came in: by a link of the chat, or through the house's own sign-in (OpenID Connect). */
export type SignInWay = 'link' | 'openId';

/** Real epoch ms: people at a page live in real time, whatever a demo's clock does. */
export type KeptSession = {
  readonly personId: string;
  readonly way: SignInWay;
  /** Their roles as they were then: a session ends with them. */
  readonly stamp: string;
  readonly beganAt: number;
  readonly seenAt: number;
};

/**
 * Who is signed in, shared by every instance. Keys are digests of the secrets that browsers hold: whoever reads the store
 * cannot come in with what they find. All reject with ZG_STORE_AWAY.
 */
export type Sessions = {
  begin(key: string, session: KeptSession, keepMs: number): Promise<void>;
  read(key: string): Promise<KeptSession | undefined>;
  /** Keeps it longer, where it is still there: what has been ended meanwhile stays ended. */
  touch(key: string, session: KeptSession, keepMs: number): Promise<void>;
  /** True for whoever ended it, false where somebody had before. */
  end(key: string, personId: string): Promise<boolean>;
  /** How many of one person there are. */
  countOf(personId: string): Promise<number>;
  /** Ends all of one person; how many there were. */
  endAll(personId: string): Promise<number>;
  /** True once, for whoever comes first, and only where that outlasts the loss of the primary; else it rejects and is not used up. */
  useUp(name: string, keepMs: number): Promise<boolean>;
  isUsedUp(name: string): Promise<boolean>;
  /** Something small, such as what a sign-in elsewhere was begun with. */
  put(name: string, value: string, keepMs: number): Promise<void>;
  look(name: string): Promise<string | undefined>;
  /** Of many at once one gets it. */
  take(name: string): Promise<string | undefined>;
};
