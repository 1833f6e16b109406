import { expect, it } from 'vitest';
import { createWebhooksDoor } from '../../../src/app/set-up/webhooks-door.ts';
import { idOf } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';

const office = idOf('冯主任');

const open = async (takes = 100) => {
  const { world, store } = await startService();
  let taken = 0;
  const limits = {
    take: async () => {
      taken += 1;
      return taken <= takes ? ({ isTaken: true } as const) : ({ isTaken: false, retryAfterMs: 1_500 } as const);
    },
  };
  const post = async (name: string) =>
    name === 'archive' ? ({ isTaken: true } as const) : name === 'old' ? ({ isTaken: false, code: '500' } as const) : undefined;
  return { store, door: createWebhooksDoor({ world, limits, post }) };
};

it('says whether a system takes a message, and has it in the ledger as theirs who tried', async () => {
  const { store, door } = await open();
  expect(await door.test('archive', office)).toEqual({ result: 'taken' });
  expect(await door.test('old', office)).toEqual({ result: 'refused', code: '500' });
  expect(store.rows().slice(-2)).toMatchObject([
    { event: 'ChannelTested', actor: office, channel: 'webhook:archive', data: { result: 'sent' } },
    { event: 'ChannelTested', actor: office, channel: 'webhook:old', data: { result: 'transient', code: '500' } },
  ]);
});

it('knows only those that the file names, and is tried by hand', async () => {
  const { store, door } = await open(1);
  const rows = store.rows().length;
  expect(await door.test('nobody')).toEqual({ result: 'unknown' });
  expect(await door.test('archive')).toEqual({ result: 'tooOften', retryAfterS: 2 });
  expect(store.rows()).toHaveLength(rows);
});
