import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../src/ports/secrets.ts';

const bitsOfADouble = 53;
/** Bytes of a block of SHA-256, and of what it makes. */
const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA256 (RFC 2104) under one key out of two plain digests: half of what the object for it costs, and each answer
 * draws the times of the next checks.
 */
const keyedBy = (key: string): ((text: string) => string) => {
  const given = Buffer.from(key, 'utf8');
  const secret = given.length > blockBytes ? hash('sha256', given, 'buffer') : given;
  const pad = (byte: number): Uint8Array => Uint8Array.from({ length: blockBytes }, (_, index) => (secret[index] ?? 0) ^ byte);
  const inner = pad(0x36);
  const outer = Buffer.concat([pad(0x5c), Buffer.alloc(digestBytes)]);
  return (text) => {
    outer.write(hash('sha256', Buffer.concat([inner, Buffer.from(text, 'utf8')]), 'hex'), blockBytes, 'hex');
    return hash('sha256', outer, 'hex');
  };
};

let latest = { seed: '', draw: keyedBy('') };

export const nodeSecrets: Secrets = {
  newSeed: () => randomBytes(32).toString('base64url'),
  sha256: (text) => hash('sha256', text, 'hex'),
  draw: (seed, label) => {
    // a day has one seed, of which thousands of times are drawn
    if (latest.seed !== seed) latest = { seed, draw: keyedBy(seed) };
    const first = BigInt(`0x${latest.draw(label).slice(0, 16)}`);
    // as many bits as a double holds exactly: uniform, and 1 is never reached
    return Number(first >> BigInt(64 - bitsOfADouble)) / 2 ** bitsOfADouble;
  },
};
