import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decrypt, signatureOf, verifySignature, verifyToken } from '../../../adapters/feishu/verify.ts';
import { reasonOf } from '../../support/refused.ts';
import { fc } from '../../support/property.ts';

type Vector = { readonly [name: string]: string };
const vectors = JSON.parse(readFileSync(new URL('../../fixtures/channels.json', import.meta.url), 'utf8')) as {
  feishuDecrypt: readonly Vector[];
  feishuSignature: readonly Vector[];
};
const staleAfterMs = 300_000;

describe('a callback of Feishu', () => {
  const [sealed] = vectors.feishuDecrypt as [Vector];
  const [vector] = vectors.feishuSignature as [Vector];
  const body = Buffer.from(vector['rawBody']!);
  const headers = { timestamp: vector['timestamp']!, nonce: vector['nonce']!, signature: vector['signature']! };
  const rules = { encryptKey: vector['encryptKey']!, staleAfterMs };
  const now = Number(vector['timestamp']) * 1_000;

  it('is signed and opens as published', () => {
    expect(signatureOf(headers.timestamp, headers.nonce, rules.encryptKey, body)).toBe(headers.signature);
    expect(reasonOf(() => verifySignature(headers, body, rules, now))).toBe('taken');
    expect(decrypt(sealed['encrypt']!, sealed['encryptKey']!)).toBe(sealed['plain']);
  });

  it('is refused for every byte that is another, even one that means the same', () => {
    expect(reasonOf(() => verifySignature(headers, Buffer.concat([body, Buffer.from(' ')]), rules, now))).toBe('badSignature');
    fc.assert(
      fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(body);
        changed[at] = changed[at]! ^ by;
        expect(reasonOf(() => verifySignature(headers, changed, rules, now))).toBe('badSignature');
      }),
    );
  });

  it('is refused when it is old or early, unsigned, or under another key', () => {
    expect(reasonOf(() => verifySignature(headers, body, rules, now + staleAfterMs + 1))).toBe('stale');
    expect(reasonOf(() => verifySignature(headers, body, rules, now - staleAfterMs - 1))).toBe('stale');
    expect(reasonOf(() => verifySignature({ ...headers, signature: undefined }, body, rules, now))).toBe('malformed');
    expect(reasonOf(() => verifySignature(headers, body, { ...rules, encryptKey: 'other' }, now))).toBe('badSignature');
  });

  it('is refused without the token of the application', () => {
    expect(reasonOf(() => verifyToken('right', 'right'))).toBe('taken');
    for (const wrong of ['wrong', '', undefined, null, 7, { right: 'right' }])
      expect(reasonOf(() => verifyToken(wrong, 'right'))).toBe('foreign');
  });

  it('never throws anything else, whatever is called encrypted', () => {
    const hostile = fc.oneof(fc.string(), fc.base64String({ maxLength: 200 }));
    fc.assert(
      fc.property(hostile, (encrypted) => {
        expect(['malformed', 'taken']).toContain(reasonOf(() => decrypt(encrypted, 'key')));
      }),
    );
  });
});
