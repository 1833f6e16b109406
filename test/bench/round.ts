import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { roundAt } from './bureau.ts';
import { measureTimerCeiling } from './ceilings.ts';
import { moveClock, startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, toFigure } from './figure.ts';
import { type Stage, startStage } from './stage.ts';

const pageRows = 1_000;
/** More than it takes to set the bureau up, and to start the service, on a slow machine. */
const stagingMs = 3_600_000;
const startingMs = 180_000;

/** When the calendar decided the round, campaign ms: the tick that everything is counted from. */
const openedAt = async (stage: Stage, after: number): Promise<number> => {
  const ledger = createLedgerStream(stage.redis, stage.keys, stage.settings.bureau);
  for (let seq = after; ;) {
    const rows = await ledger.rows(seq, pageRows);
    const opened = rows.find((row) => row.event === 'RoundOpened');
    if (opened) return opened.at;
    if (rows.length === 0) throw new Error('no round was opened');
    seq = rows.at(-1)!.seq;
  }
};

/**
 * A round over `posts` posts in a service that has just been started: from the calendar's tick until the last notice
 * has been handed to a channel that only counts. In between lie the decision of each check, its commit, the outbox,
 * the relay, BullMQ and the delivery worker's rendering, all in one process. `limit`: timers that one script fires
 * into a sink, without decisions, messages or queues.
 */
export const measureRound = async (posts: number): Promise<readonly Figure[]> => {
  const limit = await measureTimerCeiling(posts);
  const stage = await startStage(posts, roundAt, roundAt - stagingMs);
  moveClock(stage, roundAt - startingMs);
  const engine = await startEngineProcess(stage);
  await untilQuiet(stage);
  const before = (await engine.report()).handed;
  const lastSeq = Number((await stage.redis.hget(stage.keys.meta, 'seq')) ?? 0);
  engine.moveClock(roundAt - 1000);
  // a few posts have had a check at a time of their own while the service started: the round leaves them in peace
  await until(async () => (await engine.report()).handed >= posts, 'every notice is handed over');
  const report = await engine.report();
  const [handed, { lastHandedAt }] = [report.handed - before, report];
  const tookMs = lastHandedAt - (await openedAt(stage, lastSeq));
  await engine.stop();
  await stage.end();
  return [toFigure({ name: 'round', value: handed / (tookMs / 1000), unit: 'notices/s', limit, n: handed })];
};
