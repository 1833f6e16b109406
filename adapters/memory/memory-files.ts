import { createHash } from 'node:crypto';
import { cleanFileName } from '../../src/domain/items/file-rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';

/** Files as a map. `spoil` is what a failing disk does to one. */
export type MemoryFiles = Files & { readonly spoil: (sha256: string) => void };

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const createMemoryFiles = (): MemoryFiles => {
  const kept = new Map<string, Uint8Array>();
  const get = async (sha256: string): Promise<Uint8Array | undefined> => {
    const bytes = kept.get(sha256);
    if (bytes && sha256Of(bytes) !== sha256) throw new Fault('ZG_FILE_DAMAGED', sha256);
    return bytes && Uint8Array.from(bytes);
  };
  return {
    put: async (bytes, { name, mime }) => {
      const sha256 = sha256Of(bytes);
      if (!(await get(sha256))) kept.set(sha256, Uint8Array.from(bytes));
      return { sha256, name: cleanFileName(name), bytes: bytes.length, mime };
    },
    get,
    spoil: (sha256) => void kept.set(sha256, Uint8Array.of(0)),
  };
};
