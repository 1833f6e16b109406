import type { LedgerRow } from '../domain/ledger/event.ts';
import type { Seal } from '../domain/ledger/seal.ts';
import type { SealedRow } from '../domain/ledger/sealed-row.ts';

/** Rows that one seal closes. */
export type SealedBatch = { readonly rows: readonly SealedRow[]; readonly seal: Seal };

/** Where sealed rows stay for good. One writer at a time; the lease on the live stream says who. */
export type Archive = {
  /**
   * The first whole batch behind `last` that is already here: the writer died before it could tell the live stream.
   * Null where there is none. Rejects with ZG_ARCHIVE_BEHIND where `last` itself is not here.
   */
  batchAfter(last: Seal | null): Promise<SealedBatch | null>;
  /** Drops whatever stands behind `last`: a torn batch, or what a writer left that had lost its lease. */
  cutAfter(last: Seal | null): Promise<void>;
  /** Durable when it resolves. Rejects with ZG_ARCHIVE_RACED where another writer wrote at the same time. */
  append(batch: SealedBatch, last: Seal | null): Promise<void>;
  /** Rows with `seq` > `after`, in order, with their personal part as far as it is still here. */
  rows(after: number, limit: number): Promise<readonly LedgerRow[]>;
  /** Copies everything up to and including `last` into an empty or absent folder, with small texts beside it. */
  copyTo(folder: string, last: Seal, beside: readonly TextFile[]): Promise<readonly string[]>;
};

export type TextFile = { readonly name: string; readonly text: string };

export type SealSigner = {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  /** Ed25519 over UTF-8 text, base64url. */
  readonly sign: (text: string) => string;
  readonly isSigned: (text: string, signature: string) => boolean;
};

export type Digests = {
  /** SHA-256 of UTF-8 text, lower-case hex. */
  readonly sha256: (text: string) => string;
  /** 16 random bytes, base64url. */
  readonly newSalt: () => string;
};

/** A line of a file, without its line feed. `text` is null where the bytes are no UTF-8. */
export type FileLine = {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
  /** The file ends before its line feed. */
  readonly isTorn: boolean;
};

export type ArchiveFile = {
  readonly name: string;
  /** The first row's `seq`, by the name; null where the name says none. */
  readonly from: number | null;
  lines(): AsyncIterable<readonly FileLine[]>;
  /** Lines of the file beside it with what can be removed; nothing where that is gone. */
  readonly personalName: string;
  personalLines(): AsyncIterable<readonly FileLine[]>;
};

/** What a check reads. */
export type ArchiveFiles = {
  /** A folder should hold everything from row 1; one file may begin anywhere. */
  readonly isFolder: boolean;
  /** In the order of their rows. */
  readonly files: readonly ArchiveFile[];
};
