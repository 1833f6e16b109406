import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { createTokens } from '../../adapters/webchat/verify.ts';
import { conversationOf } from '../../adapters/webchat/conversation-id.ts';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import type { PostView } from '../../src/app/views/view-wall.ts';
import { startAnswering, type Answering } from './answers.ts';
import { officeOf } from './bureau.ts';
import { type Figure, percentile, toFigure } from './figure.ts';

export type WallSize = {
  readonly posts: number;
  /** Walls that are open at once. */
  readonly watchers: number;
  /** Answers of which each is timed, 20 a second. */
  readonly updates: number;
  /** Answers a second that are offered without and with watchers. */
  readonly rate: number;
  readonly measuredMs: number;
};

type Watcher = {
  /** By post: when its tile was heard to be green, epoch ms. */
  readonly greenAt: ReadonlyMap<string, number>;
  readonly close: () => void;
};

const nowMs = (): number => performance.timeOrigin + performance.now();

/**
 * Somebody of the office before a wall, there once the whole wall is. It takes what browsers take; only who times what
 * comes reads it, all others let it go by.
 */
const openWall = async ({ port, stage }: Answering, posts: number, isTimed: boolean): Promise<Watcher> => {
  const personId = officeOf(posts);
  const tokens = createTokens(await loadServerSecret(stage.redis, stage.settings.bureau, 'directline'));
  const token = tokens.issue({ personId, conversation: conversationOf(personId) });
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  const request = get({ host: '127.0.0.1', port, path: '/api/wall/live', headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  request.on('error', () => undefined);
  const greenAt = new Map<string, number>();
  const watcher = { greenAt, close: () => request.destroy() };
  if (!isTimed) {
    await once(response, 'data');
    response.resume();
    return watcher;
  }
  const { promise: isWhole, resolve: haveWhole } = Promise.withResolvers<void>();
  let text = '';
  const unpacked = response.pipe(createGunzip());
  unpacked.on('error', () => undefined);
  unpacked.setEncoding('utf8');
  unpacked.on('data', (chunk: string) => {
    const at = nowMs();
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      if (event.startsWith('event: wall')) haveWhole();
      if (!event.startsWith('event: news')) continue;
      const news = JSON.parse(event.slice(event.indexOf('data: ') + 6)) as { readonly posts: readonly PostView[] };
      for (const { subject, color } of news.posts) if (color === 'green') greenAt.set(subject, at);
    }
  });
  await isWhole;
  return watcher;
};

const timedRate = 20;
const lastMs = 3_000;

/**
 * `wall.update`: from the instant at which somebody who reads the ledger sees an answer until whoever watches the wall
 * has heard that its tile is green, p99, ms, among `posts` posts. `wall.watched`: answers a second while `watchers` walls
 * are open; `limit`, without any in the same service. `wall.cost`: processor time that the service takes for an answer
 * while they are open, µs; `limit`, without any. On a machine that does other things too the last holds best.
 */
export const measureWall = async ({ posts, watchers, updates, rate, measuredMs }: WallSize): Promise<readonly Figure[]> => {
  const count = Math.ceil((rate * measuredMs) / 1000);
  const answering = await startAnswering(Math.max(posts, updates + 3 * count));
  const all = Math.max(posts, updates + 3 * count);
  await answering.answer(count, rate, 0);
  const costOf = async () => {
    const before = answering.cpuMs();
    const answered = await answering.answer(count, rate, 0);
    return { rate: answered.rate, cpuUs: ((answering.cpuMs() - before) / count) * 1_000 };
  };
  const without = await costOf();
  const watcher = await openWall(answering, all, true);
  const { durableAt } = await answering.answer(updates, timedRate, 0);
  await new Promise((resolve) => setTimeout(resolve, lastMs));
  const latencies = [...durableAt].flatMap(([post, at]) => {
    const heardAt = watcher.greenAt.get(post);
    return heardAt === undefined ? [] : [heardAt - at];
  });
  const others = await Promise.all(Array.from({ length: watchers - 1 }, () => openWall(answering, all, false)));
  const watched = await costOf();
  for (const { close } of [watcher, ...others]) close();
  await answering.end();
  const shared = { n: latencies.length, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  return [
    toFigure({ name: 'wall.update', value: shared.p99, unit: 'ms', ...shared }),
    toFigure({ name: 'wall.watched', value: watched.rate, unit: 'answers/s', limit: without.rate, n: count }),
    ...(Number.isNaN(watched.cpuUs)
      ? []
      : [toFigure({ name: 'wall.cost', value: watched.cpuUs, unit: 'µs', limit: without.cpuUs, n: count })]),
  ];
};
