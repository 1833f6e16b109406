import { hash, randomFillSync } from 'node:crypto';
import type { Digests } from '../../src/ports/archive.ts';

const saltBytes = 16;

export const createDigests = (): Digests => {
  // drawn many at a time: one call of the generator costs more than hashing a row
  const pool = Buffer.alloc(saltBytes * 256);
  let used = pool.length;
  return {
    sha256: (text) => hash('sha256', text),
    newSalt: () => {
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      used += saltBytes;
      return pool.toString('base64url', used - saltBytes, used);
    },
  };
};
