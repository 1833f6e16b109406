import { canonicalJson } from './canonical.ts';

/** A signed statement that the rows `from` to `to` were so, and what came before them. */
export type Seal = {
  readonly bureau: string;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** SHA-256, hex: see `sealHashOf`. */
  readonly hash: string;
  /** Hash of the seal before; `genesis` in the first. */
  readonly previous: string;
  /** Ed25519 over the text of `hash`, base64url. */
  readonly signature: string;
};

/** What a seal says, apart from its proof. */
export type SealHead = Omit<Seal, 'hash' | 'signature'>;

/** SHA-256 of UTF-8 text, lower-case hex. */
export type Sha256 = (text: string) => string;

export const genesis = '0'.repeat(64);

/**
 * Over everything that a seal says (bureau, bounds, instant, the previous seal's hash) and the hash of each row in
 * order. Were the head left out, the signature would not cover it and its fields could be changed unseen.
 */
export const sealHashOf = (head: SealHead, rowHashes: readonly string[], sha256: Sha256): string => {
  const { at, bureau, from, previous, to } = head;
  return sha256(canonicalJson({ at, bureau, from, previous, rows: sha256(rowHashes.join('\n')), to }));
};

/** Whether `seal` stands right behind `last`. */
export const followsSeal = (seal: Seal, last: Seal | null): boolean =>
  seal.previous === (last?.hash ?? genesis) && seal.from === (last?.to ?? 0) + 1 && seal.to >= seal.from;
