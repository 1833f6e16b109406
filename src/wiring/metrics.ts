import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Swept } from '../app/contact/fire-due.ts';
import type { Connections } from './redis.ts';

/** The product's own figures for Prometheus; process and Node figures come with the server. */
export const createMetrics = (connections: Pick<Connections, 'commands' | 'keys'>) => {
  const decided = new Counter({
    name: 'zaigang_decided_total',
    help: 'Due obligations and watches decided by this process.',
    registers: [],
  });
  const failed = new Counter({
    name: 'zaigang_decisions_failed_total',
    help: 'Decisions that failed in this process and were put off.',
    registers: [],
  });
  const lateness = new Histogram({
    name: 'zaigang_lateness_seconds',
    help: 'From the instant something was due until its decision was durable, campaign time.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [],
  });
  const turns = new Counter({ name: 'zaigang_turns_total', help: 'Messages handled by the bot in this process.', registers: [] });
  const { commands, keys } = connections;
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      // every process sees the same
      aggregator: 'max',
      registers: [],
      async collect() {
        this.set(await read().catch(() => Number.NaN));
      },
    });
  const gauges = [
    gauge('zaigang_due', 'Obligations, watches and rounds with a clock of their own.', () => commands.zcard(keys.due)),
    gauge('zaigang_inbox_length', 'Messages that wait for the bot.', () => commands.xlen(keys.inbox)),
    gauge('zaigang_outbox_length', 'Commits whose messages wait for the relay.', () => commands.xlen(keys.outbox)),
    gauge('zaigang_aside_length', 'Messages that could not be handled.', () => commands.xlen(keys.aside)),
  ];
  return {
    onSwept: (swept: Swept): void => {
      decided.inc(swept.committed);
      failed.inc(swept.failed.length);
      for (const ms of swept.latenessMs) lateness.observe(Math.max(0, ms) / 1_000);
    },
    onTurn: (): void => turns.inc(),
    collect: (registry: Registry): void => {
      for (const metric of [decided, failed, lateness, turns, ...gauges]) registry.registerMetric(metric);
    },
  };
};
