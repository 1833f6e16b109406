import { type EnvelopeKey, isSame, openEnvelope, sortedSignature } from '../bot/envelope.ts';
import { Refused } from '../bot/webhook-door.ts';

/** Whether a callback is really WeCom's. Source: developer.work.weixin.qq.com, "回调配置" and "加解密方案说明". */

export type Signed = {
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
  /** `echostr` of the query, or `Encrypt` of the body. */
  readonly encrypted: string | undefined;
};

/** What was sent; throws `Refused` for what WeCom did not send to us, or not lately. */
export const verify = (
  { timestamp, nonce, signature, encrypted }: Signed,
  { token, key, staleAfterMs }: { readonly token: string; readonly key: EnvelopeKey; readonly staleAfterMs: number },
  now: number,
): string => {
  if (timestamp === undefined || nonce === undefined || signature === undefined || encrypted === undefined) throw new Refused('malformed');
  if (!isSame(sortedSignature(token, timestamp, nonce, encrypted), signature)) throw new Refused('badSignature');
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  if (!(Math.abs(now - sentAt) <= staleAfterMs)) throw new Refused('stale');
  const opened = openEnvelope(encrypted, key);
  if (typeof opened === 'string') throw new Refused(opened);
  return opened.text;
};
