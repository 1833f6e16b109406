import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { createTurnRunner } from '../../../adapters/bot/turn-runner.ts';
import { createHttpServer, type HttpServerDeps } from '../../../adapters/http/server.ts';
import { createMemoryFiles, type MemoryFiles } from '../../../adapters/memory/memory-files.ts';
import { createInbox } from '../../../adapters/redis/inbox.ts';
import { INBOX_GROUP, keysOf } from '../../../adapters/redis/keys.ts';
import { createTranscripts } from '../../../adapters/redis/transcripts.ts';
import { registerDirectLine } from '../../../adapters/webchat/direct-line.ts';
import { createWebchatChannel } from '../../../adapters/webchat/outbound.ts';
import { createTokens } from '../../../adapters/webchat/verify.ts';
import { consumeInbox } from '../../../src/app/consume-inbox.ts';
import type { Caller } from '../../../src/ports/callers.ts';
import type { Channel } from '../../../src/ports/channel.ts';
import { Fault } from '../../../src/ports/fault.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import { quietLog } from '../../support/quiet-log.ts';
import type { TestRedis } from '../../support/redis.ts';

export const people: readonly (Caller & { readonly mobile: string })[] = [
  { personId: 'm1', mobile: '13800000001', isOffice: false },
  { personId: 'm2', mobile: '13800000002', isOffice: true },
  { personId: 'm3', mobile: '13912345678', isOffice: true },
];

export type Service = {
  readonly origin: string;
  readonly server: FastifyInstance;
  readonly channel: Channel;
  readonly files: MemoryFiles;
  /** What the bot was given, in order. */
  readonly heard: readonly InboundMessage[];
  readonly delivered: readonly { readonly obligationId: string; readonly personId: string }[];
  /** Requests by channel and what became of them, in order. */
  readonly counted: readonly string[];
  /** Real time as tokens see it, moved by hand. */
  passes(ms: number): void;
  close(): Promise<void>;
};

export type ServiceOptions = {
  readonly mode?: 'demo' | 'production';
  readonly directLineSecret?: string;
  readonly secret?: Buffer;
  readonly port?: number;
  /** Conversations show nothing that is written to them. */
  readonly losesLines?: boolean;
} & Partial<HttpServerDeps>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One instance of the service around a bot that says back what it hears. */
export const startService = async (redis: TestRedis, options: ServiceOptions = {}): Promise<Service> => {
  const { mode = 'demo', secret = Buffer.alloc(32, 7), directLineSecret, port = 0, losesLines = false, ...more } = options;
  const clients: Redis[] = [];
  const connect = (failsFast: boolean): Redis => {
    const client = new Redis(redis.socket, {
      maxRetriesPerRequest: failsFast ? 1 : null,
      enableOfflineQueue: !failsFast,
      retryStrategy: () => 20,
    });
    client.on('error', () => {}); // some tests take Redis away
    clients.push(client);
    return client;
  };
  const commands = connect(true);
  await new Promise((resolve) => commands.once('ready', resolve));
  const transcripts = createTranscripts({ redis: commands, listening: connect(false), bureau: 'test' });
  const inbox = createInbox({ redis: commands, blocking: connect(false), bureau: 'test', idleMs: 500 });
  const clock = { now: () => Date.parse('2021-08-27T10:00:00+08:00') };
  const log = quietLog();
  let now = Date.parse('2026-01-01T00:00:00Z');
  const tokens = createTokens(secret, () => now);
  const files = createMemoryFiles();
  const channel = createWebchatChannel({ transcripts, clock });
  const heard: InboundMessage[] = [];
  const counted: string[] = [];
  const delivered: { obligationId: string; personId: string }[] = [];
  const keys = keysOf('test');
  const runTurn = createTurnRunner({
    decide: async (message) => {
      heard.push(message);
      const notice = { to: message.from, via: 'card', template: 'reply.confirmed', params: { text: message.text ?? '' } } as const;
      return { transition: { writes: [], events: [], notices: [] }, replies: message.isGroup ? [] : [notice] };
    },
    commit: async ({ notices, settles }) => {
      const messages = notices.map((notice, index) => ({
        id: `${settles}-${index}`,
        to: notice.to,
        text: `heard: ${String(notice.params?.['text'])}`,
      }));
      const results = await channel.send(messages);
      if (results.some(({ status }) => status !== 'sent')) throw new Fault('ZG_STORE_AWAY');
      if (settles !== undefined) await commands.multi().xack(keys.inbox, INBOX_GROUP, settles).xdel(keys.inbox, settles).exec();
      return 'committed';
    },
    log,
  });
  const consumer = consumeInbox({
    inbox,
    runTurn,
    append: async () => {},
    clock,
    log,
    consumer: 'test',
    pause,
    limits: { blockMs: 100, awayMs: 20 },
  });
  const callers = {
    findByMobile: async (mobile: string) => people.find((person) => person.mobile === mobile),
    findById: async (personId: string) => people.find((person) => person.personId === personId),
  };
  const server = await createHttpServer({
    mode,
    log,
    whoCalls: async (token) => {
      const caller = await callers.findById(tokens.check(token).personId);
      return caller && { personId: caller.personId, held: [caller.isOffice ? { role: 'office' } : { role: 'officer', unitId: 'u1' }] };
    },
    readiness: async () => ({ ok: true, reasons: [] }),
    views: () => ({}) as ReturnType<HttpServerDeps['views']>,
    items: () => ({ mayReadFile: async () => true }) as unknown as ReturnType<HttpServerDeps['items']>,
    sheets: {} as HttpServerDeps['sheets'],
    channels: async () => ({ at: '2021-08-27T10:00:00+08:00', windowMinutes: 5, items: [] }),
    handovers: {} as HttpServerDeps['handovers'],
    closerLook: {} as HttpServerDeps['closerLook'],
    figures: {} as HttpServerDeps['figures'],
    follow: async () => async function* follow() {},
    wallFor: () => Promise.reject(new Error('no wall')),
    files,
    webRoot: '/nowhere',
    ...more,
    doors: [
      (door) =>
        registerDirectLine(door, {
          count: (channel, what) => void counted.push(`${channel} ${what}`),
          transcripts: losesLines ? { ...transcripts, append: () => Promise.reject(new Fault('ZG_STORE_AWAY')) } : transcripts,
          inbox,
          files,
          callers,
          tokens,
          mode,
          clock,
          log,
          realNow: () => now,
          onDelivered: async (seen) => void delivered.push(seen),
          ...(directLineSecret === undefined ? {} : { directLineSecret }),
        }),
      ...(more.doors ?? []),
    ],
  });
  const origin = await server.listen({ host: '127.0.0.1', port });
  return {
    origin,
    server,
    channel,
    files,
    heard,
    counted,
    delivered,
    passes: (ms) => void (now += ms),
    close: async () => {
      await server.close();
      const stopped = consumer.stop();
      for (const client of clients) client.disconnect();
      await stopped;
    },
  };
};
