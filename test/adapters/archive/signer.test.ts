import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSigner, readPublicKey } from '../../../adapters/archive/signer.ts';
import { type Workshop, openWorkshop } from '../../support/ledger.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

it('makes one key pair, for its owner alone, however many start together', async () => {
  const folder = join(workshop.dir, 'keys');
  const signers = await Promise.all(Array.from({ length: 5 }, () => openSigner(folder)));
  expect(new Set(signers.map((signer) => signer.publicKeyPem)).size).toBe(1);
  expect((await stat(join(folder, 'ledger-private.pem'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, 'ledger-public.pem'), 'utf8')).toBe(signers[0]?.publicKeyPem);
});

it('accepts one spelling of one signature over one text', async () => {
  const { sign, publicKeyPem } = await openSigner(join(workshop.dir, 'keys'));
  const isSigned = readPublicKey(publicKeyPem);
  const signature = sign('text');
  expect(isSigned('text', signature)).toBe(true);
  expect(isSigned('Text', signature)).toBe(false);
  expect(isSigned('text', '')).toBe(false);
  expect(isSigned('text', `${signature}=`)).toBe(false);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const accepted = [...alphabet].filter((letter) => isSigned('text', signature.slice(0, -1) + letter));
  expect(accepted).toEqual([signature.at(-1)]);
});
