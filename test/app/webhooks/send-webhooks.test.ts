import { describe, expect, it } from 'vitest';
import { sendWebhooks, waitAfter, webhookLimits } from '../../../src/app/webhooks/send-webhooks.ts';
import { toWebhook } from '../../../src/app/webhooks/to-webhook.ts';
import type { EventName, LedgerRow } from '../../../src/domain/ledger/event.ts';
import type { Posted, Subscriber, WebhookState, WebhookStates } from '../../../src/ports/webhooks.ts';
import { quietLog } from '../../support/quiet-log.ts';

const iso = (at: number): string => new Date(at).toISOString();
const rowOf = (seq: number, event: EventName = 'CheckOpened', more: Partial<LedgerRow> = {}): LedgerRow => ({
  seq,
  at: seq * 1_000,
  bureau: 'test',
  event,
  data: { subject: 'p1' },
  ...more,
});
const subscriber = (name: string, events: Subscriber['events'] = 'all'): Subscriber => ({
  name,
  url: 'https://x.example/',
  secrets: [],
  events,
  allowsPrivate: false,
});

/** Real use of the sender on states in memory, its time moved by its own waits. */
const start = ({
  subscribers,
  answer,
  holder = 'one',
  kept = new Map<string, WebhookState>(),
  rows = [] as LedgerRow[],
  holders = new Map<string, string>(),
}: {
  subscribers: readonly Subscriber[];
  answer: (name: string, id: string) => Promise<Posted> | Posted;
  holder?: string;
  kept?: Map<string, WebhookState>;
  rows?: LedgerRow[];
  holders?: Map<string, string>;
}) => {
  let now = 1_000_000;
  const states: WebhookStates = {
    read: async (name) => kept.get(name),
    write: async (name, state, who) => holders.get(name) === who && Boolean(kept.set(name, state)),
    hold: async (name, who) => (holders.get(name) ?? who) === who && Boolean(holders.set(name, who)),
    holdOn: async (name, who) => holders.get(name) === who,
    letGo: async (name) => void holders.delete(name),
  };
  const sent: string[] = [];
  const told: string[] = [];
  const sender = sendWebhooks({
    subscribers,
    reader: {
      rows: async (after, limit) => rows.filter(({ seq }) => seq > after).slice(0, limit),
      lastSeq: async () => rows.at(-1)?.seq ?? 0,
    },
    states,
    post: async ({ name }, { id }) => {
      sent.push(`${name} ${id}`);
      return answer(name, id);
    },
    iso,
    holder,
    onFailing: async (name, failures) => void told.push(`${name} fails ${failures}`),
    onBack: async (name) => void told.push(`${name} is back`),
    log: quietLog(),
    now: () => now,
    pause: async (ms) => {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    chance: () => 0,
  });
  return { rows, sent, told, kept, ...sender, passes: (ms: number) => void (now += ms) };
};

const taken: Posted = { isTaken: true };
const failed: Posted = { isTaken: false, code: '500' };

describe('sendWebhooks', () => {
  it('begins with what happens next, keeps the order, and leaves out what is not asked for', async () => {
    const rows = [rowOf(1), rowOf(2)];
    const { sent, kept, stop } = start({ subscribers: [subscriber('a', ['ObligationMissed'])], answer: () => taken, rows });
    await expect.poll(() => kept.get('a')?.seq).toBe(2);
    rows.push(rowOf(3), rowOf(4, 'ObligationMissed'), rowOf(5), rowOf(6, 'ObligationMissed'));
    await expect.poll(() => kept.get('a')?.seq).toBe(6);
    expect(sent).toEqual(['a test.4', 'a test.6']);
    await stop();
  });

  it('sends again under the same id until it is taken, tells the office once, and once that it is over; others hear meanwhile', async () => {
    const rows = [rowOf(1)];
    let isDead = true;
    const { sent, told, kept, stop } = start({
      subscribers: [subscriber('dead'), subscriber('well')],
      answer: (name) => (name === 'dead' && isDead ? failed : taken),
      rows,
    });
    await expect.poll(() => kept.size).toBe(2);
    rows.push(rowOf(2), rowOf(3));
    await expect.poll(() => kept.get('well')?.seq).toBe(3);
    await expect.poll(() => told).toEqual([expect.stringMatching(/^dead fails \d+$/)]);
    expect(kept.get('dead')).toMatchObject({ seq: 1, lastCode: '500', isTold: true });
    isDead = false;
    await expect.poll(() => kept.get('dead')?.seq).toBe(3);
    expect(told.at(-1)).toBe('dead is back');
    expect(told).toHaveLength(2);
    const toDead = sent.filter((one) => one.startsWith('dead'));
    expect(new Set(toDead)).toEqual(new Set(['dead test.2', 'dead test.3']));
    expect(toDead.at(-1)).toBe('dead test.3');
    expect(sent.filter((one) => one.startsWith('well'))).toEqual(['well test.2', 'well test.3']);
    await stop();
  });

  it('is not held up by whoever says nothing for long', async () => {
    const rows = [rowOf(1)];
    const silent = Promise.withResolvers<Posted>();
    const { kept, stop } = start({
      subscribers: [subscriber('slow'), subscriber('well')],
      answer: (name) => (name === 'slow' ? silent.promise : taken),
      rows,
    });
    await expect.poll(() => kept.size).toBe(2);
    rows.push(rowOf(2));
    await expect.poll(() => kept.get('well')?.seq).toBe(2);
    expect(kept.get('slow')?.seq).toBe(1);
    silent.resolve(taken);
    await stop();
    expect(kept.get('slow')?.seq).toBe(2);
  });

  it('goes on from where another has come that took over while it stood still', async () => {
    const rows = [rowOf(1)];
    const shared = { subscribers: [subscriber('a')], rows, kept: new Map<string, WebhookState>(), holders: new Map<string, string>() };
    const still = Promise.withResolvers<Posted>();
    const one = start({ ...shared, answer: () => still.promise });
    await expect.poll(() => shared.kept.get('a')?.seq).toBe(1);
    rows.push(rowOf(2), rowOf(3), rowOf(4));
    await expect.poll(() => one.sent).toEqual(['a test.2']);
    // it has stood still for so long that it is held no more
    shared.holders.clear();
    const two = start({ ...shared, holder: 'two', answer: () => taken });
    await expect.poll(() => shared.kept.get('a')?.seq).toBe(4);
    still.resolve(taken);
    await one.stop();
    expect(shared.kept.get('a')?.seq).toBe(4);
    await two.stop();
    expect([...one.sent, ...two.sent]).toEqual(['a test.2', 'a test.2', 'a test.3', 'a test.4']);
  });

  it('sends nothing by what it read while it was held, once it was not', async () => {
    const rows = [rowOf(1)];
    const kept = new Map<string, WebhookState>();
    const holders = new Map<string, string>();
    const shared = { subscribers: [subscriber('a')], rows, kept, holders, answer: () => taken };
    const one = start({ ...shared, holder: 'one' });
    await expect.poll(() => kept.get('a')?.seq).toBe(1);
    await one.stop();
    const read = Promise.withResolvers<void>();
    const reads = kept.get.bind(kept);
    // it stands still after it has read how far it has come
    const slow = Object.assign(new Map<string, WebhookState>(), {
      get: (name: string) => {
        const found = reads(name);
        return read.promise.then(() => found) as never;
      },
      set: (name: string, state: WebhookState) => (kept.set(name, state), slow),
    });
    rows.push(rowOf(2), rowOf(3));
    const two = start({ ...shared, kept: slow, holder: 'two' });
    await expect.poll(() => holders.get('a')).toBe('two');
    holders.clear();
    const three = start({ ...shared, holder: 'three' });
    await expect.poll(() => kept.get('a')?.seq).toBe(3);
    await three.stop();
    read.resolve();
    await expect.poll(() => holders.get('a')).toBe('two');
    await two.stop();
    expect([two.sent, three.sent]).toEqual([[], ['a test.2', 'a test.3']]);
  });

  it('waits twice as long after each failure, at most five minutes', () => {
    expect([1, 2, 3, 20].map((failures) => waitAfter(failures, 0))).toEqual([1_000, 2_000, 4_000, webhookLimits.longestWaitMs]);
    expect(waitAfter(1, 1)).toBe(750);
  });
});

describe('what is sent', () => {
  it('names nobody: neither what stands beside the row nor a number that got into it', () => {
    const { id, body } = toWebhook(
      rowOf(7, 'ItemHandedOver', {
        itemId: 'iD2SD202108270001',
        data: { subject: 'p1', note: 'call 138-0000-0001', sha: 'a'.repeat(64), dueAt: 1_630_029_300_000 },
        personal: { text: '群众张三' },
      }),
      iso,
    );
    expect(id).toBe('test.7');
    expect(JSON.parse(body)).toEqual({
      type: 'ItemHandedOver',
      timestamp: iso(7_000),
      data: {
        seq: 7,
        bureau: 'test',
        itemId: 'iD2SD202108270001',
        data: { subject: 'p1', note: 'call ***', sha: 'a'.repeat(64), dueAt: 1_630_029_300_000 },
      },
    });
  });
});
