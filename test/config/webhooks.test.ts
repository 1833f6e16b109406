import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadWebhooks, readWebhooks } from '../../src/config/webhooks.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const least = { name: 'archive', url: 'https://archive.example.cn/in', secrets: [secret], events: ['ObligationMissed'] };
const dir = mkdtempSync(join(tmpdir(), 'zg-'));
afterAll(() => rmSync(dir, { recursive: true }));

it('reads who hears of what', () => {
  expect(
    readWebhooks([least, { ...least, name: 'other', url: 'http://127.0.0.1:8080/', events: ['*'], secrets: [secret, secret] }]),
  ).toMatchObject([
    { name: 'archive', events: ['ObligationMissed'], allowsPrivate: false, secrets: [Buffer.alloc(32, 7)] },
    { name: 'other', events: 'all', url: 'http://127.0.0.1:8080/' },
  ]);
});

it.each([
  ['[0].url', { url: 'http://archive.example.cn/' }],
  ['[0].url', { url: 'https://user:pass@archive.example.cn/' }],
  ['[0].url', { url: 'file:///etc/passwd' }],
  ['[0].secrets[0]', { secrets: ['whsec_TOOFEW'] }],
  ['[0].secrets', { secrets: [] }],
  ['[0].secrets', { secrets: [secret, secret, secret] }],
  ['[0].events[0]', { events: ['check opened'] }],
  ['[0].name', { name: 'Archive!' }],
  ['[0].event', { event: ['ObligationMissed'] }],
])('names %s where it is wrong, and never a secret', (name, wrong) => {
  let told = '';
  try {
    readWebhooks([{ ...least, ...wrong }]);
  } catch (error) {
    told = String(error);
  }
  expect(told).toContain(`  ${name}: `);
  expect(told).not.toMatch(/whsec_[A-Z]|pass@/u);
});

it('says what is wrong with the whole and with the file', () => {
  expect(() => readWebhooks([least, least])).toThrow(/two subscribers have the same name/u);
  expect(() => readWebhooks({})).toThrow(/ZG_CONFIGURATION/u);
  const file = join(dir, 'webhooks.json');
  writeFileSync(file, '[');
  expect(() => loadWebhooks(file)).toThrow(/WEBHOOKS_FILE: is not JSON/u);
  expect(() => loadWebhooks(join(dir, 'absent.json'))).toThrow(/WEBHOOKS_FILE: can't be read/u);
  expect(loadWebhooks(null)).toEqual([]);
});
