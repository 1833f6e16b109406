import { createCipheriv, createDecipheriv, hash, timingSafeEqual } from 'node:crypto';

/**
 * The encrypted envelope that WeCom and DingTalk share: AES-256-CBC under a key given as 43 characters of base64, over
 * 16 random bytes, the length of the text, the text, and the id of whom it is for; padded to 32 bytes.
 * Sources: developer.work.weixin.qq.com, "加解密方案说明"; open.dingtalk.com, "回调事件消息体加解密".
 */

const blockBytes = 32;
const randomBytes = 16;
const lengthBytes = 4;
const keyPattern = /^[A-Za-z0-9+/]{43}$/;

export type EnvelopeKey = { readonly key: Buffer; readonly receiveId: string };

/** Undefined where the key is none. */
export const envelopeKey = (encodingAesKey: string, receiveId: string): EnvelopeKey | undefined =>
  keyPattern.test(encodingAesKey) ? { key: Buffer.from(`${encodingAesKey}=`, 'base64'), receiveId } : undefined;

/** The same whether the texts are of one length or not, and whatever they differ in. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));

/** SHA-1 over the parts in order of their bytes, lower-case hex. */
export const sortedSignature = (...parts: readonly string[]): string => {
  const bytes = parts.map((part) => Buffer.from(part, 'utf8')).toSorted(Buffer.compare);
  return hash('sha1', Buffer.concat(bytes), 'hex');
};

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Undefined for whatever is no envelope under this key and for this receiver; `foreign` where only the receiver is another. */
export const openEnvelope = (encrypted: string, { key, receiveId }: EnvelopeKey): { readonly text: string } | 'malformed' | 'foreign' => {
  if (encrypted === '' || !base64Pattern.test(encrypted)) return 'malformed';
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length % 16 !== 0) return 'malformed';
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > blockBytes || padding > padded.length) return 'malformed';
  if (!padded.subarray(-padding).every((byte) => byte === padding)) return 'malformed';
  const plain = padded.subarray(0, -padding);
  const from = randomBytes + lengthBytes;
  if (plain.length < from) return 'malformed';
  const to = from + plain.readUInt32BE(randomBytes);
  if (to > plain.length) return 'malformed';
  if (!isSame(plain.subarray(to).toString('utf8'), receiveId)) return 'foreign';
  return { text: plain.subarray(from, to).toString('utf8') };
};

/** For answers, which the platforms want encrypted too. `random`: 16 bytes. */
export const sealEnvelope = (text: string, { key, receiveId }: EnvelopeKey, random: Buffer): string => {
  const body = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random.subarray(0, randomBytes), length, body, Buffer.from(receiveId, 'utf8')]);
  const padding = blockBytes - (plain.length % blockBytes);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString('base64');
};
