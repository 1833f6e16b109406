import { expect, it } from 'vitest';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { createRecordingChannel, type RecordingChannel, wholeText } from '../support/recording-channel.ts';
import { startService } from '../support/service.ts';

/** A bureau with text messages and telephones, where the officer of one post is silent in the chat. */
const start = async () => {
  const phones: { sms?: RecordingChannel; voice?: RecordingChannel } = {};
  const service = await startService({
    hasVoice: true,
    channels: (now) => {
      phones.sms = createRecordingChannel('sms', now, { vias: ['sms'], canUpdate: false, canReachGroups: false });
      phones.voice = createRecordingChannel('voice', now, { vias: ['voice'], canUpdate: false, canReachGroups: false });
      return [phones.sms, { ...phones.voice, canReach: async () => true }];
    },
  });
  const { world, store, clock, passTo, deliverMessage, chat, settle } = service;
  const holder = world.directory.organisation.people.find(({ name }) => name === '赵主班')!.id;
  await passTo(clock.now() + 9 * 60_000);
  const seen = (channel: RecordingChannel, to: string) => channel.seenBy(to).map(({ message }) => message);
  let ids = 0;
  return {
    holder,
    texts: () => seen(phones.sms!, holder),
    calls: (to: string) => seen(phones.voice!, to),
    chats: () => seen(chat, holder).map(wholeText),
    says: async (said: Partial<InboundMessage>) => {
      ids += 1;
      await deliverMessage({
        id: `y${ids}`,
        channel: 'sms',
        conversation: holder,
        isGroup: false,
        from: holder,
        receivedAt: clock.now(),
        ...said,
      });
      await settle();
    },
    rows: (event: string) =>
      store.rows().filter((row) => row.event === event && (row.data['subject'] === 'p1' || row.data['by'] === holder)),
  };
};

it('asks by text message after six minutes, and tells whoever replies that it proves contact', async () => {
  const { texts, says, rows } = await start();
  expect(texts().map(({ text }) => text)).toEqual([expect.stringContaining('市局值班室 再次查岗')]);
  expect(texts()[0]!.about).toEqual([{ obligationId: expect.stringMatching(/^ocp1\./) as string, stepNo: 2 }]);
  await says({ text: '1', phone: 'sms' });
  expect(rows('AnswerRecorded')[0]).toMatchObject({ channel: 'sms', data: { proves: 'contact', proof: 'sms' } });
  expect(rows('ContactProven').map(({ data }) => data['proves'])).not.toContain('presence');
  expect(texts().at(-1)!.text).toMatch(/已收到您的应答[\s\S]*证明联系得上，不证明在岗/);
});

it('rings the officer and the post after eight minutes, each with what the keys stand for', async () => {
  const { calls, holder } = await start();
  for (const to of [holder, 'l:p1']) {
    const [call] = calls(to);
    expect(call).toMatchObject({ mobile: expect.stringMatching(/\d{4}/) as string, card: { tone: 'asking' } });
    expect(call!.card!.buttons.map(({ value }) => value.action)).toEqual(expect.arrayContaining(['acknowledge', 'passOn', 'help']));
  }
});

it('takes a key on the landline for presence, and tells it in the chat instead of ringing again', async () => {
  const { calls, says, rows, chats } = await start();
  const [call] = calls('l:p1');
  const value = call!.card!.buttons.find((button) => button.value.action === 'acknowledge')!.value;
  await says({ channel: 'voice', conversation: 'l:p1', value, phone: 'landline' });
  expect(rows('AnswerRecorded')[0]).toMatchObject({ channel: 'voice', data: { proof: 'landline' } });
  expect(rows('AnswerRecorded')[0]!.data).not.toHaveProperty('proves');
  expect(chats().at(-1)).toMatch(/已确认在岗/);
  expect(calls('l:p1')).toHaveLength(1);
});

it('takes a key on the mobile for contact alone, and says so', async () => {
  const { calls, says, rows, chats, holder } = await start();
  const value = calls(holder)[0]!.card!.buttons.find((button) => button.value.action === 'acknowledge')!.value;
  await says({ channel: 'voice', conversation: holder, value, phone: 'mobile' });
  expect(rows('AnswerRecorded')[0]).toMatchObject({ channel: 'voice', data: { proves: 'contact', proof: 'key' } });
  expect(rows('ContactProven').map(({ data }) => data['proves'])).not.toContain('presence');
  expect(chats().at(-1)).toMatch(/证明联系得上，不证明在岗/);
  // nor is it presence once nothing is asked any more
  await says({ channel: 'voice', conversation: holder, value, phone: 'mobile' });
  expect(rows('ContactProven').map(({ data }) => data['proves'])).not.toContain('presence');
});

it('calls for help at once when that key is pressed, and goes on to the next when the other is', async () => {
  const one = await start();
  await one.says({ channel: 'voice', value: { action: 'help' }, phone: 'mobile' });
  expect(one.rows('ObligationOpened')).toMatchObject([{ data: { kind: 'help', subject: 'p1' } }]);
  const other = await start();
  const value = other.calls(other.holder)[0]!.card!.buttons.find((button) => button.value.action === 'passOn')!.value;
  await other.says({ channel: 'voice', value, phone: 'mobile' });
  expect(other.rows('StepFired').at(-1)).toMatchObject({ actor: other.holder, data: { roles: ['coDuty', 'shiftLeader'] } });
  expect(other.rows('AnswerRecorded')).toEqual([]);
});
