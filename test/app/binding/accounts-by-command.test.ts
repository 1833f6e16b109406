import { expect, it } from 'vitest';
import { bindByCommand, giveCode, listAccounts, revokeByCommand } from '../../../src/app/binding/accounts-by-command.ts';
import { createBindings } from '../../../src/app/binding/bindings.ts';
import { talkToStranger } from '../../../src/app/binding/talk-to-stranger.ts';
import { testChannel } from '../../../src/app/binding/test-channel.ts';
import { createRecordingChannel } from '../../support/recording-channel.ts';
import { startService } from '../../support/service.ts';

const iso = (at: number) => new Date(at).toISOString();

it('binds, lists and takes away by name or number, and refuses what it does not know', async () => {
  const { world, store } = await startService();
  expect(await bindByCommand(world, { person: '东主班', channel: 'feishu', account: 'ou_1' })).toMatchObject({ ok: true, isChanged: true });
  expect(await bindByCommand(world, { person: '138-0000-0007', channel: 'feishu', account: 'ou_1' })).toMatchObject({ isChanged: false });
  expect(await listAccounts(world, { person: 'm7', isUnbound: false }, iso)).toMatchObject({
    ok: true,
    people: [{ name: '东主班', accounts: [{ channel: 'feishu', account: 'ou_1', way: 'office' }] }],
  });
  const unbound = await listAccounts(world, { isUnbound: true }, iso);
  expect(unbound.ok && unbound.people.map(({ name }) => name)).not.toContain('东主班');
  expect(await revokeByCommand(world, { person: '东主班', channel: 'feishu', reason: 'lost' })).toMatchObject({ ok: true });
  expect(await revokeByCommand(world, { person: '东主班', channel: 'feishu', reason: 'lost' })).toMatchObject({ code: 'ZG_NOT_BOUND' });
  expect(await bindByCommand(world, { person: '东主班', channel: 'webchat', account: 'x' })).toMatchObject({ code: 'ZG_CHANNEL_UNKNOWN' });
  expect(await giveCode(world, '无名氏')).toMatchObject({ ok: false, code: 'ZG_PERSON_UNKNOWN' });
  expect(
    store
      .rows()
      .filter(({ event }) => event.startsWith('Identity'))
      .map(({ event }) => event),
  ).toEqual(['IdentityBound', 'IdentityRevoked']);
});

it('gives a code that binds, and no more than may be tried in an hour', async () => {
  const { world } = await startService();
  const made = await giveCode(world, '东主班');
  expect(made).toMatchObject({ ok: true, mobile: '13800000007' });
  const code = made.ok ? made.code : '';
  expect(await talkToStranger(world, { channel: 'teams', account: 'aad', text: `13800000007 ${code}` })).toMatch(/已与您绑定/u);
  expect(await createBindings(world).personOf('teams', 'aad')).toBe('m7');
  const more = [];
  for (let count = 0; count < 12; count++) more.push(await giveCode(world, '东主班'));
  expect(more.at(-1)).toMatchObject({ ok: false, code: 'ZG_TOO_MANY_CODES' });
});

it('tries a channel through the running service, and says where none runs or there is no such channel', async () => {
  const service = await startService({ channels: (now) => [createRecordingChannel('wecom', now)] });
  const { world, store, settle } = service;
  const stream = {
    lastSeq: async () => store.rows().length,
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
  };
  const tested = (channel: string, wait: () => Promise<boolean>) =>
    testChannel({ world, stream, wait }, { channel, to: '东主班', name: 'zaigang' });
  const runs = async () => (await settle(), true);
  expect(await tested('wecom', runs)).toEqual({ ok: true, person: '东主班', channel: 'wecom', result: 'sent', isDelivered: true });
  expect(await tested('feishu', runs)).toMatchObject({ ok: false, channel: 'feishu', result: 'permanent', code: 'unreachable' });
  expect(service.chat.seenBy('m7').filter(({ first }) => /测试/u.test(first.text))).toEqual([]);
  expect(await tested('wecom', async () => false)).toMatchObject({ ok: false, code: 'ZG_NO_SERVICE' });
  await service.skipTo(service.clock.now() + 3_600_000);
  await settle();
  expect(store.rows().filter(({ event }) => event === 'ChannelTested')).toHaveLength(2);
});
