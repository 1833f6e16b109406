import { createServer } from 'node:http';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { registerDoor, type TakeDeps } from '../../adapters/bot/webhook-door.ts';
import { createFeishuDoor } from '../../adapters/feishu/door.ts';
import { createInbox } from '../../adapters/redis/inbox.ts';
import { createWecomDoor } from '../../adapters/wecom/door.ts';
import { createBindings } from '../../src/app/binding/bindings.ts';
import { refreshWorld } from '../../src/app/world.ts';
import { benchSettings } from './bureau.ts';
import { benchLog, movedClock, worldOn } from './stage.ts';

/**
 * The doors of platforms as the service opens them, with nobody behind them who takes anything out of the inbox; or,
 * `bare`, what the same machine can do at best: an HTTP server that adds each body to a stream.
 */

export type DoorOrder = { readonly socket: string; readonly port: number; readonly isBare: boolean; readonly settingsAt: number };

/** Of invented applications. */
export const secrets = {
  wecom: { token: 'token', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corpId: 'ww1' },
  feishu: { appId: 'cli_1', verificationToken: 'v', encryptKey: 'key' },
} as const;

const openDoors = async ({ socket, port, settingsAt }: DoorOrder): Promise<void> => {
  const settings = benchSettings(settingsAt);
  const redis = new Redis(socket, { enableOfflineQueue: true });
  const clock = movedClock(settingsAt - Date.now());
  const world = worldOn(redis, settings, clock);
  await refreshWorld(world);
  const bindings = createBindings(world);
  const never = (): Promise<never> => Promise.reject(new Error('nobody is answered here'));
  const taking: TakeDeps = {
    bindings,
    inbox: createInbox({ redis, blocking: redis, bureau: settings.bureau }),
    clock,
    answerStranger: never,
    sayToAccount: never,
    log: benchLog,
  };
  const { wecom, feishu } = secrets;
  const doors = [
    createWecomDoor({
      ...taking,
      bindings,
      conversations: { rememberMessages: never },
      token: wecom.token,
      key: envelopeKey(wecom.aesKey, wecom.corpId)!,
      realNow: Date.now,
    }),
    createFeishuDoor({
      ...taking,
      bindings,
      ...feishu,
      runTurn: never,
      render: never,
      show: never,
      isFirst: async () => true,
      dispatches: { find: never, isReported: never, markReported: never },
      receive: never,
      realNow: Date.now,
    }),
  ];
  const server = fastify({ logger: false });
  for (const door of doors) registerDoor(server, door, { log: benchLog, count: () => {} });
  await server.listen({ host: '127.0.0.1', port });
};

const openBare = async ({ socket, port }: DoorOrder): Promise<void> => {
  const redis = new Redis(socket);
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => void redis.xadd('{bare}:inbox', '*', 'm', body).then(() => response.end('ok')));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
};

const [, , given] = process.argv;
if (given !== undefined && process.send) {
  const order = JSON.parse(given) as DoorOrder;
  await (order.isBare ? openBare(order) : openDoors(order));
  process.once('message', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  process.send({ type: 'ready' });
}
