import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { fc } from '../../support/property.ts';

describe('nodeSecrets', () => {
  it('makes seeds of 32 bytes that differ', () => {
    const seeds = Array.from({ length: 100 }, () => nodeSecrets.newSeed());
    expect(new Set(seeds).size).toBe(100);
    expect(seeds.every((seed) => Buffer.from(seed, 'base64url').length === 32)).toBe(true);
  });

  it('digests UTF-8 as everybody else does', () => {
    expect(nodeSecrets.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(nodeSecrets.sha256('在岗')).toBe('1d5c46b3a1725a352e0d83e65cbc5f8aeb2d97ce077ace5fd9046104cfebf048');
  });

  it('draws the first 53 bits of an HMAC-SHA256, as everybody can check who knows the seed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.string({ unit: 'grapheme' }), (seed, label) => {
        const bits = createHmac('sha256', seed).update(label, 'utf8').digest().readBigUInt64BE() >> 11n;
        expect(nodeSecrets.draw(seed, label)).toBe(Number(bits) / 2 ** 53);
      }),
    );
  });

  it('draws the same for the same seed and label, below 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, label) => {
        const drawn = nodeSecrets.draw(seed, label);
        expect(drawn).toBe(nodeSecrets.draw(seed, label));
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThan(1);
      }),
    );
  });

  it('draws evenly', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 10_000; index += 1) {
      const bucket = Math.floor(nodeSecrets.draw('seed', `label ${index}`) * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // 1000 each, with a standard deviation of 30
    expect(Math.min(...buckets)).toBeGreaterThan(850);
    expect(Math.max(...buckets)).toBeLessThan(1150);
  });
});
