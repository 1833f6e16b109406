import { afterEach, expect, it } from 'vitest';
import { consumeInbox, type InboxLimits } from '../../src/app/consume-inbox.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Inbox, InboxEntry } from '../../src/ports/inbox.ts';
import { quietLog } from '../support/quiet-log.ts';

const entry = (n: number, conversation: string, attempts = 1): InboxEntry => ({
  entryId: `${n}-0`,
  attempts,
  message: { id: String(n), channel: 'webchat', conversation, isGroup: false, from: 'm1', receivedAt: n },
});

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const until = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 10_000 && !isSo(); turn++) await tick();
  if (!isSo()) throw new Error('it never came about');
};

let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});

type Handler = (entryId: string, attempt: number) => Promise<unknown>;

const consume = (batches: InboxEntry[][], handler: Handler, limits: Partial<InboxLimits> = {}) => {
  const begun: string[] = [];
  const attempts = new Map<string, number>();
  const aside: string[] = [];
  const held: (readonly string[])[] = [];
  const events: LedgerEvent[] = [];
  const pauses: number[] = [];
  let rounds = 0;
  const inbox: Inbox = {
    put: async () => true,
    hold: async (_consumer, ids) => void held.push(ids),
    setAside: async (one, reason) => void aside.push(`${one.entryId} ${reason}`),
    take: async () => {
      await tick();
      return batches.shift() ?? [];
    },
  };
  const consumer = consumeInbox({
    inbox,
    runTurn: async ({ id }, entryId) => {
      begun.push(id);
      const attempt = (attempts.get(entryId) ?? 0) + 1;
      attempts.set(entryId, attempt);
      return handler(entryId, attempt);
    },
    append: async (more) => void events.push(...more),
    clock: { now: () => 7 },
    log: quietLog(),
    consumer: 'a',
    pause: async (ms) => {
      pauses.push(ms);
      await tick();
    },
    limits,
    onRound: () => void (rounds += 1),
  });
  stops.push(consumer.stop);
  return { begun, aside, events, pauses, held, rounds: () => rounds, stop: consumer.stop };
};

it('keeps the order within a conversation and lets others pass', async () => {
  const first = Promise.withResolvers<void>();
  const { begun } = consume([[entry(1, 'a'), entry(2, 'a'), entry(3, 'b')], [entry(4, 'b')]], (id) =>
    id === '1-0' ? first.promise : Promise.resolve(),
  );
  await until(() => begun.length === 3);
  expect(begun).toEqual(['1', '3', '4']);
  first.resolve();
  await until(() => begun.length === 4);
  expect(begun.at(-1)).toBe('2');
});

it('goes round while there is room, and stands once turns that never end have taken all of it', async () => {
  const never = Promise.withResolvers<void>();
  const { begun, rounds } = consume([[entry(1, 'a')], [entry(2, 'b')], []], () => never.promise, { concurrent: 2 });
  await until(() => begun.length === 2);
  const reached = rounds();
  expect(reached).toBeGreaterThan(0);
  for (let turn = 0; turn < 100; turn++) await tick();
  expect(rounds() - reached).toBeLessThanOrEqual(1);
  never.resolve();
  await until(() => rounds() > reached + 10);
});

it('tries a failing turn again, then sets it aside for the office and goes on', async () => {
  const { begun, aside, events } = consume([[entry(1, 'a'), entry(2, 'a')]], (id) =>
    id === '1-0' ? Promise.reject(new Error('poison')) : Promise.resolve(),
  );
  await until(() => begun.includes('2'));
  expect(begun).toEqual(['1', '1', '1', '1', '1', '2']);
  expect(aside).toEqual(['1-0 too many attempts']);
  expect(events).toEqual([{ at: 7, event: 'MessageSetAside', channel: 'webchat', data: { entryId: '1-0', reason: 'too many attempts' } }]);
});

it('counts the attempts of those who died over it', async () => {
  const { begun, aside } = consume([[entry(1, 'a', 6)], [entry(2, 'a')]], () => Promise.resolve());
  await until(() => begun.includes('2'));
  expect([begun, aside]).toEqual([['2'], ['1-0 too many attempts']]);
});

it('waits for a store that is away, without counting', async () => {
  const { begun, aside } = consume([[entry(1, 'a')]], (_id, attempt) =>
    attempt < 20 ? Promise.reject(new Fault('ZG_STORE_AWAY')) : Promise.resolve(),
  );
  await until(() => begun.length === 20);
  expect(aside).toEqual([]);
});

it('runs what may have killed others alone', async () => {
  const gate = Promise.withResolvers<void>();
  const { begun } = consume([[entry(1, 'a'), entry(2, 'b', 4), entry(3, 'c')]], (id) => (id === '3-0' ? Promise.resolve() : gate.promise));
  await until(() => begun.length === 1);
  for (let turn = 0; turn < 50; turn++) await tick();
  expect(begun).toEqual(['1']);
  gate.resolve();
  await until(() => begun.length === 3);
  expect(begun).toEqual(['1', '2', '3']);
});

it('takes no more than it may have in hand, and holds what it has', async () => {
  const gate = Promise.withResolvers<void>();
  const batches = [1, 2, 3, 4, 5].map((n) => [entry(n, `c${n}`)]);
  const { begun, held, stop } = consume(batches, () => gate.promise, { concurrent: 2 });
  await until(() => begun.length === 2);
  for (let turn = 0; turn < 50; turn++) await tick();
  expect(batches).toHaveLength(3);
  expect(held.some((ids) => ids.length === 1)).toBe(true);
  gate.resolve();
  await until(() => begun.length === 5);
  await stop();
});

it('does not begin again what it has in hand, and finishes it before it stops', async () => {
  const gate = Promise.withResolvers<void>();
  const { begun, stop } = consume([[entry(1, 'a')], [entry(1, 'a', 2)], [entry(1, 'a', 3)]], () => gate.promise);
  await until(() => begun.length === 1);
  for (let turn = 0; turn < 50; turn++) await tick();
  expect(begun).toEqual(['1']);
  let isStopped = false;
  const stopping = stop().then(() => (isStopped = true));
  for (let turn = 0; turn < 50; turn++) await tick();
  expect(isStopped).toBe(false);
  gate.resolve();
  await stopping;
});
