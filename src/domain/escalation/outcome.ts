import type { LedgerEvent } from '../ledger/event.ts';

/** Why somebody may not do what they asked for. Each has a sentence in the catalogues. */
export type Refusal =
  | 'ended'
  | 'notYours'
  | 'wrongRole'
  | 'codeWanted'
  | 'notForThisKind'
  | 'unknown'
  | 'standIn'
  | 'nobodyLeft'
  | 'nobodyAsked'
  | 'tooSoon';

/** What a decision comes to: what happened, or why nothing did. */
export type Outcome = { readonly events: readonly LedgerEvent[]; readonly refusal?: Refusal };

export const refuse = (refusal: Refusal): Outcome => ({ events: [], refusal });
