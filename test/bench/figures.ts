import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import type { Json, LedgerEvent } from '../../src/domain/ledger/event.ts';
import { startRedis } from '../support/redis.ts';
import { benchSettings, roundAt } from './bureau.ts';
import { type Figure, toFigure } from './figure.ts';
import type { FiguresOrder, FiguresReport } from './figures-process.ts';

const minute = 60_000;
const day = 1_440 * minute;
const posts = 200;
const rowsPerCheck = 5;
/** Rows in one entry of the stream, as in a busy round. */
const chunkSize = 250;

const ids = Array.from({ length: posts }, (_, index) => index + 1);

/** Units with a post each, and who stands them, a day at a time. */
const campaignTold = (fromAt: number, days: number): readonly LedgerEvent[] => [
  {
    at: fromAt,
    event: 'OrganisationChanged',
    data: { version: 1, people: ids.map((id) => `m${id}`), units: ids.map((id) => `u${id}`), groups: [], opened: [], closed: [] },
  },
  {
    at: fromAt,
    event: 'RosterChanged',
    data: {
      version: 1,
      part: 1,
      parts: 1,
      posts: ids.map((id) => [`p${id}`, `u${id}`, 1]),
      shifts: ids.flatMap((id) =>
        Array.from({ length: days }, (_, no): Json => [`p${id}`, fromAt + no * day, fromAt + (no + 1) * day, [['onDuty', `m${id}`]]]),
      ),
      replaced: [],
    },
  },
];

/** One in ten is silent, one in ten late. */
const checkTold = (no: number, at: number): readonly LedgerEvent[] => {
  const id = (no % posts) + 1;
  const [subject, personId] = [`p${id}`, `m${id}`];
  const obligationId = `oc${subject}.${at.toString(36)}`;
  const reminders: Json = [[180_000, at + 13 * minute, 3]];
  const step = { subject, stepNo: 0, afterMs: 0, baseAt: at, via: 'card', roles: ['onDuty'], notified: [personId], reminders };
  const afterMs = no % 10 === 1 ? 15 * minute : ((no * 37) % 590) * 1_000;
  const end: LedgerEvent =
    no % 10 === 0
      ? { at: at + 40 * minute, event: 'ObligationTakenOver', obligationId, actor: 'm1', data: { subject, kind: 'check', by: 'm1' } }
      : {
          at: at + afterMs,
          event: 'AnswerRecorded',
          obligationId,
          actor: personId,
          channel: 'webchat',
          data: {
            subject,
            kind: 'check',
            by: personId,
            role: 'onDuty',
            isLate: no % 10 === 1,
            proof: 'acknowledgement',
            stepNo: 1,
            afterMs,
          },
        };
  return [
    {
      at,
      event: 'CheckOpened',
      obligationId,
      data: { kind: 'check', subject, policy: 'check', cause: 'round', answerBy: at + 10 * minute, baseAt: at, throughMs: -1 },
    },
    { at, event: 'StepFired', obligationId, data: step },
    { at: at + 2_000, event: 'NoticeDelivered', obligationId, channel: 'webchat', data: { subject, to: personId } },
    { at: at + 3 * minute, event: 'StepFired', obligationId, data: { ...step, stepNo: 1, afterMs: 180_000 } },
    end,
  ];
};

const run = promisify(execFile);

/** A month of a bureau, as many rows as are asked for, from the stream in Redis to every figure. */
export const measureFigures = async (rows: number): Promise<readonly Figure[]> => {
  const days = 31;
  const fromAt = roundAt - days * day;
  const settings = benchSettings(roundAt);
  const server = await startRedis({});
  try {
    const store = createRedisStore(server.redis, keysOf(settings.bureau), { bundleWindowMs: 0, now: () => roundAt });
    await store.append(campaignTold(fromAt, days));
    const checks = Math.ceil((rows - 2) / rowsPerCheck);
    for (let no = 0; no < checks;) {
      const chunk: LedgerEvent[] = [];
      for (; no < checks && chunk.length < chunkSize; no += 1)
        chunk.push(...checkTold(no, fromAt + Math.floor((no / checks) * (days * day - 60 * minute))));
      await store.append(chunk);
    }
    const order: FiguresOrder = { socket: server.socket, fromAt, toAt: roundAt };
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'figures-process.ts'), JSON.stringify(order)]);
    const report = JSON.parse(stdout) as FiguresReport;
    return [
      toFigure({ name: 'figures.month', value: report.ms / 1_000, unit: 's', n: report.rows }),
      toFigure({ name: 'figures.memory', value: report.peakBytes / 1e6, unit: 'MB', n: report.rows }),
    ];
  } finally {
    await server.stop();
  }
};
