import { createHmac } from 'node:crypto';

/**
 * Headers of a signed webhook: HMAC-SHA256 over id, time and body with points between, base64, one for each secret.
 * Source: Standard Webhooks (github.com/standard-webhooks/standard-webhooks, "spec/standard-webhooks.md").
 * `at` in epoch ms; secrets raw.
 */
export const signedHeaders = (
  { id, body }: { readonly id: string; readonly body: string },
  secrets: readonly Uint8Array[],
  at: number,
): { readonly [name: string]: string } => {
  const timestamp = String(Math.floor(at / 1_000));
  const signatureOf = (secret: Uint8Array): string =>
    `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(signatureOf).join(' ') };
};
