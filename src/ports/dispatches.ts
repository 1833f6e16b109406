/** A message, or a call that went to a phone, kept until its report, its reply or a key comes back. */
export type Dispatch = {
  /** A person's id (`m…`) or a post's telephone (`l:…`). */
  readonly to: string;
  /** What it was about; see `OutgoingMessage`. */
  readonly about: readonly { readonly obligationId: string; readonly stepNo: number }[];
  /** What each key stands for, of a call. */
  readonly keys?: { readonly [key: string]: { readonly [name: string]: string } };
};

/** What went out, by an id that comes back with what became of it. Forgotten after three days. */
export type Dispatches = {
  /** Rejects with ZG_STORE_AWAY. */
  remember(channel: string, id: string, dispatch: Dispatch): Promise<void>;
  find(channel: string, id: string): Promise<Dispatch | undefined>;
  /** Whether its report has been taken in: platforms repeat them. */
  isReported(channel: string, id: string): Promise<boolean>;
  markReported(channel: string, id: string): Promise<void>;
};
