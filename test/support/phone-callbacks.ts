import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { type Door, registerDoor } from '../../adapters/bot/webhook-door.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { Receipt } from '../../src/ports/receipts.ts';
import { quietLog } from './quiet-log.ts';

type Fixtures = { readonly [channel in 'aliyunSms' | 'tencentSms' | 'aliyunVoice' | 'tencentVoice']: { readonly [name: string]: object } };

/** What the clouds say, as their manuals give it. */
export const callbacks = JSON.parse(readFileSync(new URL('../fixtures/phone-callbacks.json', import.meta.url), 'utf8')) as Fixtures;

/** The time that the fixtures speak of. */
export const calledAt = Date.parse('2021-08-27T10:10:00+08:00');

export const secret = '0123456789abcdef';

/** A door behind a server, with what came of each request. */
export const openDoor = (make: (deps: DoorDeps) => Door) => {
  const put: InboundMessage[] = [];
  const receipts: Receipt[] = [];
  const counted: string[] = [];
  const pauses: number[] & { meanwhile?: () => Promise<void> } = [];
  const state = { isAway: false };
  const away = (): void => {
    if (state.isAway) throw Object.assign(new Error('ZG_STORE_AWAY: as asked'), { code: 'ZG_STORE_AWAY' });
  };
  const door = make({
    secret,
    allowed: [],
    inbox: {
      put: async (message) => {
        away();
        if (put.some(({ id }) => id === message.id)) return false;
        put.push(message);
        return true;
      },
    },
    receive: async (more) => {
      away();
      receipts.push(...more);
    },
    count: (_channel, what) => void counted.push(what),
    clock: { now: () => 1_000 },
    log: quietLog(),
    realNow: () => calledAt,
    pause: async (ms) => {
      pauses.push(ms);
      await pauses.meanwhile?.();
    },
  });
  const server = fastify();
  registerDoor(server, door, { log: quietLog(), count: (_channel, what) => void counted.push(what) });
  const post = async (
    body: object | string,
    { at = secret, from = '203.0.113.5' }: { readonly at?: string; readonly from?: string } = {},
  ) => {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const url = door.path.replace(':secret', at);
    return server.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' }, remoteAddress: from });
  };
  return { post, put, receipts, counted, pauses, goesAway: (isAway: boolean) => void (state.isAway = isAway) };
};

export type DoorDeps = {
  readonly secret: string;
  readonly allowed: readonly string[];
  readonly inbox: { readonly put: (message: InboundMessage) => Promise<boolean> };
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly count: (channel: string, what: string) => void;
  readonly clock: { readonly now: () => number };
  readonly log: ReturnType<typeof quietLog>;
  readonly realNow: () => number;
  readonly pause: (ms: number) => Promise<void>;
};
