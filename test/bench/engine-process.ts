import { flushCompileCache } from 'node:module';
import { connectAll } from '../../src/wiring/redis.ts';
import { startEngine } from '../../src/wiring/engine.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { benchSettings } from './bureau.ts';
import { benchLog, movedClock, worldOn } from './stage.ts';

/**
 * The service without its doors, in a process of its own: sweep, calendar, outbox relay, BullMQ and delivery as
 * `npm start` wires them, over a channel that only counts what it is handed.
 */

export type EngineOrder = { readonly address: string; readonly offsetMs: number; readonly settingsAt: number };

/** What the process says about itself: `handed` since its start, `latenessMs` since its clock was moved. */
export type EngineReport = { readonly handed: number; readonly lastHandedAt: number; readonly latenessMs: readonly number[] };

export type ToEngine = { readonly type: 'moveClock'; readonly offsetMs: number } | { readonly type: 'report' } | { readonly type: 'stop' };
export type FromEngine = { readonly type: 'ready' } | ({ readonly type: 'report' } & EngineReport);

const order = JSON.parse(process.argv[2] ?? '{}') as EngineOrder;
const settings = benchSettings(order.settingsAt);
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

const tell = (message: FromEngine): void => void process.send?.(message);

process.on('message', (message: ToEngine) => {
  if (message.type === 'moveClock') {
    latenessMs = [];
    clock.offsetMs = message.offsetMs;
  } else if (message.type === 'report') {
    tell({ type: 'report', handed, lastHandedAt, latenessMs });
  } else {
    void engine.stop().then(() => process.exit(0));
  }
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'ready' });
// as the service does some time after its start: one that is killed can't do it in the end
flushCompileCache();
