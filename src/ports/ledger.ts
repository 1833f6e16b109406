import type { LedgerRow } from '../domain/ledger/event.ts';
import type { Seal } from '../domain/ledger/seal.ts';

export type { Seal } from '../domain/ledger/seal.ts';

export type LedgerReader = {
  /** Rows with `seq` > `after`, in order, from the archive and the live stream alike. */
  rows(after: number, limit: number): Promise<readonly LedgerRow[]>;
  lastSeq(): Promise<number>;
};

/** What the archive job needs of the live stream. Its `rows` begin with the oldest that has not been trimmed. */
export type LedgerStream = LedgerReader & {
  /** The newest row that outlasts the loss of the primary, as the last one does where there are no replicas. */
  lastingSeq(): Promise<number>;
  /** The newest seal, or null before the first. */
  lastSeal(): Promise<Seal | null>;
  /** Takes the archive's lease, or takes it anew, and gives its fence, which grows; null while somebody else has it. */
  lease(holder: string, ttlMs: number): Promise<number | null>;
  /** Gives the lease back early, if the fence is still the newest. */
  release(fence: number): Promise<void>;
  /** Writes the seal if the fence is still the newest and it follows the last seal. */
  writeSeal(seal: Seal, fence: number): Promise<boolean>;
  /** Drops rows up to and including `seq`, but never beyond the last seal; a commit's rows go together or stay. */
  trim(seq: number, fence: number): Promise<void>;
};
