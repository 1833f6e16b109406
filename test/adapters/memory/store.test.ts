import { expect, it } from 'vitest';
import { createMemoryInbox } from '../../../adapters/memory/memory-inbox.ts';
import { createMemoryStore } from '../../../adapters/memory/memory-store.ts';
import { friday10 as now, sampleEvent, sampleNotice, transition, writeWatch } from '../../support/samples.ts';
import { contractOptions, describeStore } from '../store-contract.ts';

describeStore('the store in memory', async () => {
  const inbox = createMemoryInbox();
  const store = createMemoryStore({ ...contractOptions, settle: inbox.settle });
  return { store, inbox, outbox: store.outbox, rows: async () => store.rows(), close: async () => {} };
});

it('can be copied: what happens to one leaves the other as it is', async () => {
  const store = createMemoryStore(contractOptions);
  await store.commit([transition([writeWatch('p1', 0, now)], { events: [sampleEvent('a')], notices: [sampleNotice('m1')] })], 0);
  const other = store.clone();
  await other.commit([transition([writeWatch('p1', 1, null)], { events: [sampleEvent('b')] })], 0);
  expect(store.all().map((one) => one.version)).toEqual([1]);
  expect(other.all().map((one) => one.version)).toEqual([2]);
  expect([store.rows().length, other.rows().length]).toEqual([1, 2]);
  expect([store.outbox.size(), other.outbox.size()]).toEqual([1, 1]);
});

it('gives back what a dead consumer of the outbox had taken and not finished', async () => {
  const store = createMemoryStore(contractOptions);
  await store.commit([transition([writeWatch('p1', 0, now)], { notices: [sampleNotice('m1')] })], 0);
  expect(await store.outbox.take('one', 10, 0)).toHaveLength(1);
  expect(await store.outbox.take('two', 10, 0)).toHaveLength(0);
  store.outbox.giveBack('one');
  expect(await store.outbox.take('two', 10, 0)).toHaveLength(1);
});
