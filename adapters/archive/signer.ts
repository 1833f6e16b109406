import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealSigner } from '../../src/ports/archive.ts';
import { syncFolder } from './durable.ts';

const privateName = 'ledger-private.pem';
export const publicKeyName = 'ledger-public.pem';

/** The key pair of this data directory; made on first use, the private half readable by its owner alone. */
export const openSigner = async (folder: string): Promise<SealSigner> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const privateKey = createPrivateKey(await readOrMakeKey(folder));
  const publicKey = createPublicKey(privateKey);
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' });
  await writeWhole(folder, publicKeyName, publicKeyPem, 0o644, rename);
  return {
    publicKeyPem,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    isSigned: checkWith(publicKey),
  };
};

/** Throws ZG_KEY_UNREADABLE where the text is no Ed25519 public key in PEM. */
export const readPublicKey = (pem: string): SealSigner['isSigned'] => {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return checkWith(key);
  } catch {
    // said below, in words that help
  }
  throw new Error(`ZG_KEY_UNREADABLE: this is no Ed25519 public key in PEM; give the file public-key.pem out of the export.`);
};

const checkWith =
  (key: KeyObject) =>
  (text: string, signature: string): boolean => {
    const bytes = Buffer.from(signature, 'base64url');
    // the last letter of base64url has spare bits: only one spelling of a signature counts
    return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), key, bytes);
  };

const readOrMakeKey = async (folder: string): Promise<string> => {
  const path = join(folder, privateName);
  const existing = await readFile(path, 'utf8').catch(absent);
  if (existing !== undefined) return existing;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  // link fails where the name is taken: of two that start together one key wins, and both then read that one
  await writeWhole(folder, privateName, pem, 0o600, (from, to) => link(from, to).catch(taken));
  return readFile(path, 'utf8');
};

const writeWhole = async (folder: string, name: string, text: string, mode: number, place: (from: string, to: string) => Promise<void>) => {
  const temporary = join(folder, `.${name}.${randomUUID()}`);
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await place(temporary, join(folder, name));
  await unlink(temporary).catch(absent);
  await syncFolder(folder);
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const absent = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
};
const taken = (error: unknown): undefined => {
  if (codeOf(error) !== 'EEXIST') throw error;
};
