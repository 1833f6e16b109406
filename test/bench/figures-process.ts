import { Redis } from 'ioredis';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createReadFigures } from '../../src/app/figures/read-figures.ts';
import { benchSettings, roundAt } from './bureau.ts';

/** One month's figures, read from the ledger in a process of its own, so that what it weighs is its own. */

export type FiguresOrder = { readonly socket: string; readonly fromAt: number; readonly toAt: number };
export type FiguresReport = { readonly ms: number; readonly rows: number; readonly counted: number; readonly peakBytes: number };

const { socket, ...ask } = JSON.parse(process.argv[2] ?? '{}') as FiguresOrder;
const settings = { ...benchSettings(roundAt), fromAt: ask.fromAt, toAt: ask.toAt };
const redis = new Redis(socket);
const reader = createLedgerStream(redis, keysOf(settings.bureau), settings.bureau);
const read = createReadFigures({ settings, clock: { now: () => ask.toAt } }, reader);
const startedAt = performance.now();
const { figures, seq } = await read({ ...ask, unitIds: [] });
const ms = performance.now() - startedAt;
const report: FiguresReport = { ms, rows: seq, counted: figures.league.all.counted, peakBytes: process.resourceUsage().maxRSS * 1024 };
process.stdout.write(JSON.stringify(report));
redis.disconnect();
