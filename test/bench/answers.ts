import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { conversationOf } from '../../adapters/webchat/conversation-id.ts';
import { startRedis } from '../support/redis.ts';
import type { AnsweringOrder } from './answering-process.ts';
import { campaignFile, officerOf, postIdOf } from './bureau.ts';
import { forkPart, hears, untilQuiet } from './engine.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import type { PostingOrder, PostingReport } from './posting-process.ts';
import type { ServiceOrder } from './service-process.ts';
import { openChecks, startStage, type Stage } from './stage.ts';

export type AnswersSize = {
  /** Answers a second that are offered. */
  readonly rate: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const endPart = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.send({ type: 'stop' });
  await gone;
};

const runPosting = async (order: PostingOrder): Promise<PostingReport> =>
  hears<PostingReport>(forkPart('posting-process.ts', order), 'posted');

/** A check that nobody has answered, in as many bytes as the service keeps of one. */
const openState = '1|[0,"p400",0,1630029600000,600000,0,0,0,1,null,"m800",null,"rpkstpjcw0"]';

/** A bare HTTP server that runs one answering script a request, as fast as it goes; a second. */
const measureCeiling = async (count: number): Promise<number> => {
  const { redis, socket, stop } = await startRedis({ appendfsync: 'always' });
  const order: AnsweringOrder = { socket, port: await freePort(), state: '{c}:state', due: '{c}:due' };
  for (let from = 1; from <= count; from += 1000) {
    const open = Array.from({ length: Math.min(1000, count - from + 1) }, (_, index) => conversationOf(officerOf(from + index)));
    await redis.hset(order.state, ...open.flatMap((id) => [id, openState]));
    await redis.zadd(order.due, ...open.flatMap((id) => [1, id]));
  }
  const server = forkPart('answering-process.ts', order);
  await hears(server, 'ready');
  const { sentAt, durableAt, refused } = await runPosting({ port: order.port, socket, bureau: 'ceiling', firstPost: 1, count });
  await endPart(server);
  await stop();
  if (refused > 0) throw new Error(`the bare server refused ${refused} answers`);
  return count / ((Math.max(...durableAt) - Math.min(...sentAt)) / 1000);
};

const startServiceProcess = async (stage: Stage, port: number): Promise<ChildProcess> => {
  const file = join(stage.server.dir, 'campaign.json');
  await writeFile(file, JSON.stringify(campaignFile(stage.settingsAt, [])));
  const variables = {
    ZAIGANG_MODE: 'production',
    PORT: String(port),
    DATA_DIR: join(stage.server.dir, 'data'),
    CAMPAIGN_FILE: file,
    DIRECTLINE_SECRET: 'x'.repeat(40),
    LOG_LEVEL: 'warn',
    // left empty, as many processes as production has
    WORKERS: process.env['WORKERS'] ?? '',
  };
  const order: ServiceOrder = { variables, address: stage.server.url };
  const service = forkPart('service-process.ts', order);
  await hears(service, 'ready');
  return service;
};

/** A service under way in which as many posts as wished have somebody who can answer for them. */
export type Answering = {
  readonly port: number;
  readonly stage: Stage;
  /** Asks `count` more posts, and has their people answer at this rate. Resolves with what came of those after the first `warmUps`. */
  readonly answer: (count: number, rate: number, warmUps: number) => Promise<Answered>;
  /** Processor time that the service has taken so far, all its processes together, ms; NaN where the system does not tell. */
  readonly cpuMs: () => number;
  readonly end: () => Promise<void>;
};

type Answered = {
  /** From the instant at which a request was due to be sent until its answer was seen in the ledger, ms, of each that was. */
  readonly latencies: readonly number[];
  /** Answers a second, until the last was durable. */
  readonly rate: number;
  readonly lost: number;
  /** By post: when its answer was seen in the ledger, epoch ms. */
  readonly durableAt: ReadonlyMap<string, number>;
};

/** Of what `/proc` counts in a second, everywhere on Linux. */
const ticksPerSecond = 100;

/** Of a process and those that it has started, ms; of a machine without `/proc`, NaN. */
const cpuMsOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name, which may hold anything, stands in brackets before the rest
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const own = (Number(fields[11]) + Number(fields[12])) * (1_000 / ticksPerSecond);
    return children.reduce((sum, child) => sum + cpuMsOf(Number(child)), own);
  } catch {
    return Number.NaN;
  }
};

export const startAnswering = async (posts: number): Promise<Answering> => {
  const now = Date.now();
  const stage = await startStage(posts, now, now);
  const port = await freePort();
  const service = await startServiceProcess(stage, port);
  let asked = 0;
  return {
    port,
    stage,
    answer: async (count, rate, warmUps) => {
      const firstPost = asked + 1;
      asked += count;
      await openChecks(stage, firstPost, asked, () => stage.clock.now());
      await untilQuiet(stage);
      const { socket } = stage.server;
      const order = { port, socket, bureau: stage.settings.bureau, ledger: stage.keys.ledger, firstPost, count, rate };
      const { sentAt, durableAt, refused } = await runPosting(order);
      const durable = sentAt.flatMap((_, index) => (index >= warmUps && durableAt[index] !== 0 ? [index] : []));
      const lost = count - warmUps - durable.length;
      if (refused + lost > 0) console.error(`answers: ${refused} refused, ${lost} not in the ledger`);
      const seconds = (Math.max(...durable.map((index) => durableAt[index]!)) - sentAt[warmUps]!) / 1000;
      return {
        latencies: durable.map((index) => durableAt[index]! - sentAt[index]!),
        rate: durable.length / seconds,
        lost: refused + lost,
        durableAt: new Map(durableAt.flatMap((at, index) => (at === 0 ? [] : [[postIdOf(firstPost + index), at]]))),
      };
    },
    cpuMs: () => cpuMsOf(service.pid ?? 0),
    end: async () => {
      await endPart(service);
      await stage.end();
    },
  };
};

const figureOf = (name: string, limit: number, { latencies, rate }: Answered): Figure =>
  toFigure({
    name,
    value: rate,
    unit: 'answers/s',
    limit,
    n: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  });

/**
 * People who are being checked answer on their own Direct Line conversations, each once, offered at a steady rate that
 * does not wait for responses: HTTP, the inbox, the bot, the commit, and beside it the replies and the changed cards.
 * The latency of an answer runs from the instant at which its request was due to be sent until somebody who reads the
 * ledger sees its AnswerRecorded, which is after it is on disk. The whole service runs in as many processes as in
 * production, those who answer in another. `value` is what came in durably a second; `limit` a bare HTTP server with one
 * script.
 */
export const measureAnswers = async ({ rate, warmUpMs, measuredMs }: AnswersSize): Promise<readonly Figure[]> => {
  const measured = Math.ceil((rate * measuredMs) / 1000);
  const warmUps = Math.ceil((rate * warmUpMs) / 1000);
  const limit = await measureCeiling(measured);
  const answering = await startAnswering(warmUps + measured);
  const answered = await answering.answer(warmUps + measured, rate, warmUps);
  await answering.end();
  return [figureOf('answers', limit, answered)];
};

export type SustainedSize = Omit<AnswersSize, 'rate'> & {
  /** What is offered, one after the other. */
  readonly rates: readonly number[];
  /** Answers that come before everything else: a service that has been up for a while has its code compiled. */
  readonly first: number;
};

/** Beyond it an offered rate is not sustained: what is late is a queue. */
const mostP99Ms = 50;

/**
 * The highest of the offered rates at which nothing is lost and the latency of answers keeps its limit: from the lowest on,
 * up to the first that does not. Offered more than it can take, the service only shows how long its queue has grown.
 * 0 where not even the lowest is sustained, with the latency that was seen there.
 */
export const measureSustained = async ({ rates, warmUpMs, measuredMs, first }: SustainedSize): Promise<readonly Figure[]> => {
  const sizeOf = (rate: number): number => Math.ceil((rate * (warmUpMs + measuredMs)) / 1000);
  const limit = await measureCeiling(Math.ceil((Math.max(...rates) * measuredMs) / 1000));
  const answering = await startAnswering(rates.reduce((posts, rate) => posts + sizeOf(rate), first));
  await answering.answer(first, Math.min(...rates), 0);
  let best: Answered = { latencies: [], rate: 0, lost: 0, durableAt: new Map() };
  for (const rate of rates) {
    const answered = await answering.answer(sizeOf(rate), rate, Math.ceil((rate * warmUpMs) / 1000));
    const isSustained = answered.lost === 0 && percentile(answered.latencies, 0.99) <= mostP99Ms;
    if (isSustained) best = answered;
    else if (best.rate === 0) best = { ...answered, rate: 0 };
    if (!isSustained) break;
  }
  await answering.end();
  return [figureOf('answers.sustained', limit, best)];
};
