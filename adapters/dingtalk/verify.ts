import { createHmac } from 'node:crypto';
import { type EnvelopeKey, isSame, openEnvelope, sortedSignature } from '../bot/envelope.ts';
import { Refused } from '../bot/webhook-door.ts';

/** Whether something is really DingTalk's, and our own signature for its group robots. */

/**
 * HMAC-SHA256 over the time and the secret, base64. `timestamp` in epoch ms.
 * Source: open.dingtalk.com, "自定义机器人安全设置" (加签) and "机器人接收消息".
 */
export const robotSignature = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`, 'utf8').digest('base64');

/** A robot's message: signed with the application's secret, and not older than the hour that DingTalk names. */
export const verifyRobot = (
  { timestamp, sign }: { readonly timestamp: string | undefined; readonly sign: string | undefined },
  { appSecret, staleAfterMs }: { readonly appSecret: string; readonly staleAfterMs: number },
  now: number,
): void => {
  if (timestamp === undefined || sign === undefined || !/^\d{1,15}$/.test(timestamp)) throw new Refused('malformed');
  if (!isSame(robotSignature(timestamp, appSecret), sign)) throw new Refused('badSignature');
  if (Math.abs(now - Number(timestamp)) > staleAfterMs) throw new Refused('stale');
};

/** An event or a card's press over HTTP: what was sent. Source: open.dingtalk.com, "回调事件消息体加解密". */
export const verifyCallback = (
  {
    timestamp,
    nonce,
    signature,
    encrypted,
  }: {
    readonly timestamp: string | undefined;
    readonly nonce: string | undefined;
    readonly signature: string | undefined;
    readonly encrypted: string | undefined;
  },
  { token, key, staleAfterMs }: { readonly token: string; readonly key: EnvelopeKey; readonly staleAfterMs: number },
  now: number,
): string => {
  if (timestamp === undefined || nonce === undefined || signature === undefined || encrypted === undefined) throw new Refused('malformed');
  if (!isSame(sortedSignature(token, timestamp, nonce, encrypted), signature)) throw new Refused('badSignature');
  const sentAt = /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (!(Math.abs(now - sentAt) <= staleAfterMs)) throw new Refused('stale');
  const opened = openEnvelope(encrypted, key);
  if (typeof opened === 'string') throw new Refused(opened);
  return opened.text;
};

/**
 * A press on a card over HTTP: HMAC-SHA256 over the time alone, base64, under the secret that its address was registered
 * with. Source: open.dingtalk.com, "事件回调" (of cards).
 */
export const cardSignature = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(timestamp, 'utf8').digest('base64');

export const verifyCard = (
  { timestamp, signature }: { readonly timestamp: string | undefined; readonly signature: string | undefined },
  { secret, staleAfterMs }: { readonly secret: string; readonly staleAfterMs: number },
  now: number,
): void => {
  if (timestamp === undefined || signature === undefined || !/^\d{1,15}$/.test(timestamp)) throw new Refused('malformed');
  if (!isSame(cardSignature(timestamp, secret), signature)) throw new Refused('badSignature');
  if (Math.abs(now - Number(timestamp)) > staleAfterMs) throw new Refused('stale');
};
