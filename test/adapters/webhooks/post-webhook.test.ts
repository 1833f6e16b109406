import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createPostWebhook } from '../../../adapters/webhooks/post-webhook.ts';
import { isPrivate } from '../../../adapters/webhooks/private-addresses.ts';
import { signedHeaders } from '../../../adapters/webhooks/sign.ts';
import type { Subscriber } from '../../../src/ports/webhooks.ts';
import { isSigned, startReceiver } from '../../support/receiver.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${'B'.repeat(40)}`];
const keys = secrets.map((secret) => Buffer.from(secret.slice(6), 'base64'));
const to = (url: string, more: Partial<Subscriber> = {}): Subscriber => ({
  name: 'a',
  url,
  secrets: keys,
  events: 'all',
  allowsPrivate: false,
  ...more,
});
const message = { id: 'jinan.7', body: '{"type":"CheckOpened"}' };

const open = async (timeoutMs?: number) => {
  const receiver = await startReceiver();
  const { post, close } = createPostWebhook(timeoutMs === undefined ? {} : { timeoutMs });
  ends.push(close, receiver.kill);
  return { receiver, post };
};

it('signs as the specification’s own example is signed', () => {
  const { id, body } = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  expect(signedHeaders({ id, body }, [keys[0]!], 1_614_265_330_000)).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('posts what either secret verifies, and no other', async () => {
  const { receiver, post } = await open();
  expect(await post(to(receiver.url), message)).toEqual({ isTaken: true });
  const [received] = receiver.received;
  expect(received).toMatchObject({ id: 'jinan.7', body: message.body });
  expect(secrets.map((secret) => isSigned(received!, secret))).toEqual([true, true]);
  expect(isSigned(received!, `whsec_${'C'.repeat(40)}`)).toBe(false);
  expect(isSigned({ ...received!, body: '{"type":"Forged"}' }, secrets[0]!)).toBe(false);
});

it('posts what the example in the README verifies, as long as it is young', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const example = /```js\n(import \{ createHmac[^]*?)```/u.exec(readme)![1]!;
  const folder = await mkdtemp(join(tmpdir(), 'zg-'));
  ends.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'is-ours.mjs'), example);
  const { isOurs } = (await import(join(folder, 'is-ours.mjs'))) as {
    readonly isOurs: (headers: object, body: string, secret: string, now?: number) => boolean;
  };
  const { receiver, post } = await open();
  await post(to(receiver.url), message);
  const { headers, body } = receiver.received[0]!;
  expect(secrets.map((secret) => isOurs(headers, body, secret))).toEqual([true, true]);
  expect(isOurs(headers, `${body} `, secrets[0]!)).toBe(false);
  expect(isOurs(headers, body, secrets[0]!, Date.now() + 600_000)).toBe(false);
});

it('takes nothing but 2xx for taken, and follows nobody elsewhere', async () => {
  const { receiver, post } = await open();
  const elsewhere = await startReceiver();
  ends.push(elsewhere.kill);
  receiver.answers(307, { location: elsewhere.url });
  expect(await post(to(receiver.url), message)).toEqual({ isTaken: false, code: '307' });
  expect(elsewhere.received).toEqual([]);
  receiver.answers(500);
  expect(await post(to(receiver.url), message)).toEqual({ isTaken: false, code: '500' });
  receiver.answers(204);
  expect(await post(to(receiver.url), message)).toEqual({ isTaken: true });
});

it('gives up on whoever says nothing or is not there', async () => {
  const { receiver, post } = await open(200);
  receiver.answers(undefined);
  expect(await post(to(receiver.url), message)).toEqual({ isTaken: false, code: 'timeout' });
  expect(await post(to('http://127.0.0.1:9/'), message)).toEqual({ isTaken: false, code: 'ECONNREFUSED' });
});

describe('addresses of private networks', () => {
  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '127.0.0.2',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'nonsense',
  ])('%s is one', (address) => expect(isPrivate(address)).toBe(true));
  it.each(['8.8.8.8', '172.32.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s is none', (address) => expect(isPrivate(address)).toBe(false));

  it.each([
    'https://10.1.2.3/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest',
    'https://0xa000001/',
    'https://[::ffff:10.0.0.1]/',
  ])('%s is refused unless it is allowed', async (url) => {
    const { post } = await open(200);
    expect(await post(to(url), message)).toEqual({ isTaken: false, code: 'privateAddress' });
  });

  it('nor a name that leads to one', async () => {
    const { receiver, post } = await open();
    // every system resolves this name to itself; it is not written as an address of this machine
    const byName = receiver.url.replace('127.0.0.1', 'ip6-localhost');
    expect((await post(to(byName), message)).isTaken).toBe(false);
    expect(receiver.received).toEqual([]);
  });
});
