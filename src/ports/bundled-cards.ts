/** Which card of a recipient speaks of several obligations, so that the end of one can be shown on it. */
export type BundledCards = {
  remember(to: string, cardKey: string, obligationIds: readonly string[]): Promise<void>;
  /** In the order asked; undefined where the obligation has a card of its own, or none. */
  find(asked: readonly { readonly to: string; readonly obligationId: string }[]): Promise<readonly (BundledCard | undefined)[]>;
};

export type BundledCard = { readonly cardKey: string; readonly obligationIds: readonly string[] };
