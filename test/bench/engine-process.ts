import { flushCompileCache } from 'node:module';
import { connectAll } from '../../src/wiring/redis.ts';
import { startEngine } from '../../src/wiring/engine.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { sayIn } from '../../src/wiring/rehearse.ts';
import { benchSettings, inBureau, officerOf } from './bureau.ts';
import { benchLog, movedClock, worldOn } from './stage.ts';

/**
 * The service without its doors, in a process of its own: sweep, calendar, outbox relay, BullMQ and delivery as
 * `npm start` wires them, over a channel that only counts what it is handed.
 */

export type EngineOrder = {
  readonly address: string;
  readonly offsetMs: number;
  readonly settingsAt: number;
  /** Where there are several. */
  readonly bureau?: string;
};

/** What the process says about itself: `handed` since its start, `latenessMs` since its clock was moved. */
export type EngineReport = {
  readonly handed: number;
  readonly lastHandedAt: number;
  readonly latenessMs: readonly number[];
  /** Processor time since the start of the process. */
  readonly cpuMs: number;
  readonly rssBytes: number;
};

export type ToEngine =
  | { readonly type: 'moveClock'; readonly offsetMs: number }
  | { readonly type: 'report' }
  /** The officers of these posts say that they are there. */
  | { readonly type: 'answer'; readonly from: number; readonly to: number }
  | { readonly type: 'stop' };
export type FromEngine = { readonly type: 'ready' } | { readonly type: 'answered' } | ({ readonly type: 'report' } & EngineReport);

const order = JSON.parse(process.argv[2] ?? '{}') as EngineOrder;
const settings = inBureau(benchSettings(order.settingsAt), order.bureau);
const clock = movedClock(order.offsetMs);
let handed = 0;
let lastHandedAt = 0;
let latenessMs: number[] = [];

const sink: Channel = {
  name: 'sink',
  capabilities: { vias: ['card'], canUpdate: false, canReachGroups: true, batchSize: 500 },
  canReach: async () => true,
  send: async (messages) => {
    handed += messages.length;
    lastHandedAt = clock.now();
    return messages.map(() => ({ status: 'sent', isDelivered: false }));
  },
};

const connections = await connectAll(order.address, settings.bureau, benchLog);
const world = worldOn(connections.commands, settings, clock);
const engine = await startEngine({
  world,
  connections,
  channels: [sink],
  scale: 1,
  consumer: `bench-${process.pid}`,
  onSwept: (swept) => void latenessMs.push(...swept.latenessMs),
});

const say = sayIn(world);
const speakers = 100;

const answer = async (from: number, to: number): Promise<void> => {
  let next = from;
  const speak = async (): Promise<void> => {
    while (next <= to) {
      const post = next;
      next += 1;
      await say(officerOf(post), { text: '在岗' });
    }
  };
  await Promise.all(Array.from({ length: speakers }, speak));
};

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const tell = (message: FromEngine): void => void process.send?.(message);

process.on('message', (message: ToEngine) => {
  if (message.type === 'moveClock') {
    latenessMs = [];
    clock.offsetMs = message.offsetMs;
  } else if (message.type === 'report') {
    tell({ type: 'report', handed, lastHandedAt, latenessMs, cpuMs: cpuMs(), rssBytes: process.memoryUsage.rss() });
  } else if (message.type === 'answer') {
    void answer(message.from, message.to).then(() => tell({ type: 'answered' }));
  } else {
    void engine.stop().then(() => process.exit(0));
  }
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'ready' });
// as the service does some time after its start: one that is killed can't do it in the end
flushCompileCache();
