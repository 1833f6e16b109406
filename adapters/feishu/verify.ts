import { createDecipheriv, hash } from 'node:crypto';
import { isSame } from '../bot/envelope.ts';
import { Refused } from '../bot/webhook-door.ts';

/**
 * Whether a callback is really Feishu's. Its SDK serialises the body anew before it checks, and does not look at the
 * token: so this is ours. Source: open.feishu.cn, "配置 Encrypt Key" and "处理事件".
 */

/** SHA-256 over time, nonce, key and the body's bytes, lower-case hex. */
export const signatureOf = (timestamp: string, nonce: string, encryptKey: string, body: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${timestamp}${nonce}${encryptKey}`, 'utf8'), body]), 'hex');

const ivBytes = 16;
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** AES-256-CBC under the key's SHA-256; the first block is the initial vector. Throws `Refused`. */
export const decrypt = (encrypted: string, encryptKey: string): string => {
  const bytes = base64Pattern.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (bytes.length < 2 * ivBytes || bytes.length % ivBytes !== 0) throw new Refused('malformed');
  const cipher = createDecipheriv('aes-256-cbc', hash('sha256', encryptKey, 'buffer'), bytes.subarray(0, ivBytes));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(ivBytes)), cipher.final()]).toString('utf8');
  } catch {
    throw new Refused('malformed');
  }
};

export type FeishuHeaders = {
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
};

/** Looks at the bytes before anything in them is read. Throws `Refused`. */
export const verifySignature = (
  { timestamp, nonce, signature }: FeishuHeaders,
  body: Buffer,
  { encryptKey, staleAfterMs }: { readonly encryptKey: string; readonly staleAfterMs: number },
  now: number,
): void => {
  if (timestamp === undefined || nonce === undefined || signature === undefined) throw new Refused('malformed');
  if (!isSame(signatureOf(timestamp, nonce, encryptKey, body), signature)) throw new Refused('badSignature');
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  if (!(Math.abs(now - sentAt) <= staleAfterMs)) throw new Refused('stale');
};

/** The token of the application, which stands in the body once that is opened. Throws `Refused`. */
export const verifyToken = (token: unknown, expected: string): void => {
  if (typeof token !== 'string' || !isSame(token, expected)) throw new Refused('foreign');
};
