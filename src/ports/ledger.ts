import type { LedgerRow } from '../domain/ledger/event.ts';

/** A signed statement that the rows `from` to `to` were so, and what came before them. */
export type Seal = {
  readonly bureau: string;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** SHA-256, hex, over the previous seal's hash and the hash of each row. */
  readonly hash: string;
  readonly previous: string;
  /** Ed25519 over `hash`, base64url. */
  readonly signature: string;
};

export type LedgerReader = {
  /** Rows with `seq` > `after`, in order, from the archive and the live stream alike. */
  rows(after: number, limit: number): Promise<readonly LedgerRow[]>;
  lastSeq(): Promise<number>;
};

/** What the archive job needs of the live stream. */
export type LedgerStream = LedgerReader & {
  /** The newest seal, or null before the first. */
  lastSeal(): Promise<Seal | null>;
  /** Takes the archive's lease and its fence, or null while somebody else has it. */
  lease(holder: string, ttlMs: number): Promise<number | null>;
  /** Writes the seal if the fence is still the newest and it follows the last seal. */
  writeSeal(seal: Seal, fence: number): Promise<boolean>;
  /** Drops rows up to and including `seq`, which must be sealed and archived. */
  trim(seq: number, fence: number): Promise<void>;
};
