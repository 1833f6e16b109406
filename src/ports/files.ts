import type { FileAbout } from '../domain/items/file-rules.ts';
import type { FileRef } from '../domain/items/item.ts';

/** What people hand in, kept for good under the SHA-256 of its content: it is written once and never changed. */
export type Files = {
  /**
   * Durable when it resolves; the same content again is the same file. The name comes back clean (`cleanFileName`).
   * Rejects with ZG_STORE_AWAY where it can't be written, ZG_FILE_DAMAGED where what is kept under the hash is not it.
   */
  put(bytes: Uint8Array, about: FileAbout): Promise<FileRef>;
  /** Undefined where there is none. Rejects with ZG_FILE_DAMAGED, naming the hash, where the content no longer has it. */
  get(sha256: string): Promise<Uint8Array | undefined>;
};
