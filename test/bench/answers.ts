import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startRedis } from '../support/redis.ts';
import type { AnsweringOrder } from './answering-process.ts';
import { campaignFile } from './bureau.ts';
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

const freePort = async (): Promise<number> => {
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

/** A bare HTTP server that runs one answering script a request, as fast as it goes; a second. */
const measureCeiling = async (count: number): Promise<number> => {
  const { socket, stop } = await startRedis({ appendfsync: 'always' });
  const order: AnsweringOrder = { socket, port: await freePort() };
  const server = forkPart('answering-process.ts', order);
  await hears(server, 'ready');
  const { sentAt, durableAt } = await runPosting({ port: order.port, socket, bureau: 'ceiling', firstPost: 1, count });
  await endPart(server);
  await stop();
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
  };
  const order: ServiceOrder = { variables, address: stage.server.url };
  const service = forkPart('service-process.ts', order);
  await hears(service, 'ready');
  return service;
};

/**
 * People who are being checked answer on their own Direct Line conversations, each once, offered at a steady rate that
 * does not wait for responses: HTTP, the inbox, the bot, the commit, and beside it the replies and the changed cards.
 * The latency of an answer runs from the instant at which its request was due to be sent until somebody who reads the
 * ledger sees its AnswerRecorded, which is after it is on disk. The whole service runs in one process as in production,
 * those who answer in another. `value` is what came in durably a second; `limit` a bare HTTP server with one script.
 */
export const measureAnswers = async ({ rate, warmUpMs, measuredMs }: AnswersSize): Promise<readonly Figure[]> => {
  const limit = await measureCeiling(Math.ceil((rate * measuredMs) / 1000));
  const warmUps = Math.ceil((rate * warmUpMs) / 1000);
  const count = warmUps + Math.ceil((rate * measuredMs) / 1000);
  const now = Date.now();
  const stage = await startStage(count, now, now);
  const port = await freePort();
  await openChecks(stage, 1, count, () => stage.clock.now());
  const service = await startServiceProcess(stage, port);
  await untilQuiet(stage);
  const { sentAt, durableAt, refused } = await runPosting({
    port,
    socket: stage.server.socket,
    bureau: stage.settings.bureau,
    ledger: stage.keys.ledger,
    firstPost: 1,
    count,
    rate,
  });
  await endPart(service);
  await stage.end();
  const measured = sentAt
    .map((_, index) => index)
    .slice(warmUps)
    .filter((index) => durableAt[index] !== 0);
  if (refused > 0 || measured.length < count - warmUps)
    console.error(`answers: ${refused} refused, ${count - warmUps - measured.length} not in the ledger`);
  const late = measured.map((index) => durableAt[index]! - sentAt[index]!);
  const seconds = (Math.max(...measured.map((index) => durableAt[index]!)) - sentAt[warmUps]!) / 1000;
  return [
    toFigure({
      name: 'answers',
      value: measured.length / seconds,
      unit: 'answers/s',
      limit,
      n: measured.length,
      p50: percentile(late, 0.5),
      p99: percentile(late, 0.99),
    }),
  ];
};
