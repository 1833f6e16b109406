import { describe, expect, it } from 'vitest';
import { envelopeKey, isSame, openEnvelope, sealEnvelope } from '../../../adapters/bot/envelope.ts';
import { fc } from '../../support/property.ts';

const base64 = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
const aesKey = fc.array(fc.constantFrom(...base64), { minLength: 43, maxLength: 43 }).map((letters) => letters.join(''));
const random = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
const text = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('an encrypted envelope', () => {
  it('opens to what was put in, for whom it is, and for nobody else', () => {
    fc.assert(
      fc.property(aesKey, text, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), random, (encoded, said, to, other, bytes) => {
        const key = envelopeKey(encoded, to)!;
        const sealed = sealEnvelope(said, key, bytes);
        expect(openEnvelope(sealed, key)).toEqual({ text: said });
        expect(openEnvelope(sealed, { ...key, receiveId: other })).toEqual(other === to ? { text: said } : 'foreign');
      }),
    );
  });

  it('never throws, and never takes bytes that nobody sealed for a text to us', () => {
    const key = envelopeKey('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'corp')!;
    const hostile = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    );
    fc.assert(
      fc.property(hostile, (sealed) => {
        expect(['malformed', 'foreign']).toContain(openEnvelope(sealed, key));
      }),
    );
  });

  it('has a key of 43 characters or none', () => {
    for (const wrong of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)} `])
      expect(envelopeKey(wrong, 'x')).toBeUndefined();
  });

  it('compares texts of any length', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(isSame(one, other)).toBe(one === other);
      }),
    );
  });
});
