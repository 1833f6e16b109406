import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Secrets } from '../../src/ports/secrets.ts';

const bitsOfADouble = 53;

export const nodeSecrets: Secrets = {
  newSeed: () => randomBytes(32).toString('base64url'),
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  draw: (seed, label) => {
    const digest = createHmac('sha256', seed).update(label, 'utf8').digest();
    // as many bits as a double holds exactly: uniform, and 1 is never reached
    return Number(digest.readBigUInt64BE() >> BigInt(64 - bitsOfADouble)) / 2 ** bitsOfADouble;
  },
};
