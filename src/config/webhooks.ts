import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Subscriber } from '../domain/webhooks/subscriber.ts';
import { ConfigurationError, faultsOf } from './faults.ts';
import { isRead, textField, whereList } from './fields.ts';
import { isLoopback } from './environment-rules.ts';

const secretBytes = { least: 24, most: 64 };

const secret = textField(
  `whsec_ and ${secretBytes.least} to ${secretBytes.most} random bytes in base64`,
  'the output of: echo whsec_$(openssl rand -base64 32)',
  (text): Uint8Array | undefined => {
    const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/u.exec(text)?.[1];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    return bytes.length >= secretBytes.least && bytes.length <= secretBytes.most ? bytes : undefined;
  },
  { isSecret: true },
);

const address = textField(
  'an address that begins with https:// and holds no name and password (http:// on this machine alone)',
  'https://archive.example.cn/zaigang',
  (text) => {
    const url = new URL(text);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replaceAll(/[[\]]/g, '')));
    return isSafe && url.username === '' && url.password === '' ? url.href : undefined;
  },
  { isSecret: true },
);

const name = textField('a short name of lower-case letters, digits and dashes', 'archive', (text) =>
  /^[a-z][a-z\d-]{0,31}$/u.test(text) ? text : undefined,
);

const event = textField('the name of an event of the ledger, or *', 'ObligationMissed', (text) =>
  /^(?:\*|[A-Z][A-Za-z]{2,60})$/u.test(text) ? text : undefined,
);

const subscriber = z
  .strictObject({
    name,
    url: address,
    secrets: z.array(secret).min(1, 'at least one secret').max(2, 'two at most: the one that goes and the one that comes'),
    events: z.array(event).min(1, 'at least one event, or *'),
    allowPrivate: z.boolean().default(false),
  })
  .transform(({ events, allowPrivate, ...rest }): Subscriber => ({
    ...rest,
    events: events.includes('*') ? 'all' : events,
    allowsPrivate: allowPrivate,
  }));

const subscribers = z
  .array(subscriber)
  .max(50, 'fifty at most')
  .refine((read) => !read.every(isRead) || new Set(read.map((one) => one.name)).size === read.length, {
    when: whereList,
    message: 'two subscribers have the same name',
  });

/** Throws ConfigurationError with every fault and its path. */
export const readWebhooks = (json: unknown, source = 'the webhooks'): readonly Subscriber[] => {
  const read = subscribers.safeParse(json);
  if (!read.success) throw new ConfigurationError(source, faultsOf(read.error, ['name', 'url', 'secrets', 'events', 'allowPrivate']));
  return read.data;
};

/** `path` null: nobody hears. */
export const loadWebhooks = (path: string | null): readonly Subscriber[] => {
  if (path === null) return [];
  const broken = (problem: string): ConfigurationError => new ConfigurationError(path, [{ name: 'WEBHOOKS_FILE', problem }]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/u, '');
  } catch {
    throw broken("can't be read");
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw broken('is not JSON');
  }
  return readWebhooks(json, path);
};
