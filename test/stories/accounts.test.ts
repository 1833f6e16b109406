import { describe, expect, it } from 'vitest';
import { createBindings } from '../../src/app/binding/bindings.ts';
import { talkToStranger } from '../../src/app/binding/talk-to-stranger.ts';
import type { SendResult } from '../../src/ports/channel.ts';
import { idOf, organisation } from '../support/invented.ts';
import { createRecordingChannel, type RecordingChannel } from '../support/recording-channel.ts';
import { startStory } from '../support/story.ts';

const start = async (namesakes = false) => {
  let wecom!: RecordingChannel;
  const people = namesakes ? [...organisation.people, { id: 'm90', name: '东主班', mobile: '13800000090' }] : organisation.people;
  const story = await startStory({
    at: '2021-08-27T13:00',
    organisation: { ...organisation, people },
    channels: (now) => {
      wecom = createRecordingChannel('wecom', now, { goesByAccount: true });
      return [wecom];
    },
  });
  const office = story.person('冯主任');
  return { story, wecom, office, officer: story.person('东主班'), bindings: createBindings(story.world) };
};

describe('the office and whose account is whose', () => {
  it('binds an account after one tap or a yes, says whose it was, and takes it away again', async () => {
    const { story, office, bindings } = await start();
    await office.replies('绑定 东主班 企业微信 DongZhu');
    office.sees(/请确认绑定[^]*企业微信账号 DongZhu → 东主班（东城区 138\*{4}0007）/u);
    expect(await bindings.personOf('wecom', 'DongZhu')).toBeUndefined();
    await office.replies('是');
    office.sees(/已绑定[^]*DongZhu/u);
    expect(await bindings.personOf('wecom', 'DongZhu')).toBe(idOf('东主班'));
    expect(story.events('IdentityBound')).toMatchObject([{ actor: office.id, channel: 'wecom', data: { way: 'office' } }]);

    await office.replies('绑定 东副班 企业微信 DongZhu');
    office.sees(/现在绑定的是 东主班/u);
    await office.presses('bindAccount', /东副班/u);
    office.sees(/已绑定[^]*东副班/u);
    expect(await bindings.personOf('wecom', 'DongZhu')).toBe(idOf('东副班'));

    await office.replies('绑定情况');
    office.sees(/企业微信：已绑定 1 人，共 19 人[^]*以下 18 人一个账号都没有绑定/u);
    await office.replies('东副班的绑定情况');
    office.sees(/企业微信：DongZhu（办公室，2021-08-27）[^]*发绑定码[^]*确认解绑 · 企业微信/u);
    await office.replies('解绑 东副班 企业微信');
    office.sees(/请确认解绑[^]*DongZhu/u);
    await office.presses('revokeAccount');
    office.sees(/已解绑/u);
    expect(await bindings.personOf('wecom', 'DongZhu')).toBeUndefined();
    expect(story.events('IdentityRevoked')).toMatchObject([{ actor: office.id, channel: 'wecom', data: { personId: idOf('东副班') } }]);
    await office.presses('revokeAccount');
    office.sees(/情况已变/u);
  });

  it('forgets what was let be, and confirms nothing that nobody proposed', async () => {
    const { office, bindings } = await start();
    await office.replies('绑定 东主班 企业微信 a');
    office.ignores();
    await office.replies('不');
    office.ignores();
    await office.replies('是');
    office.ignores();
    expect(await bindings.personOf('wecom', 'a')).toBeUndefined();
    await office.pressesValue({ action: 'bindAccount', personId: 'm999', channel: 'wecom', account: 'a' });
    office.sees(/情况已变/u);
    await office.pressesValue({ action: 'bindAccount', personId: idOf('东主班'), channel: 'webchat', account: 'a' });
    office.sees(/情况已变/u);
  });

  it('gives out a code that binds whatever account its owner comes with, once', async () => {
    const { story, office, officer, bindings } = await start();
    await office.replies('绑定码 东主班');
    office.sees(/绑定码 \d{6}[^]*发“13800000007 \d{6}”[^]*短信/u);
    officer.sees(/绑定码 \d{6}[^]*您的手机号/u);
    const code = /绑定码 (\d{6})/u.exec(office.texts().at(-1)!)![1]!;
    // carriers have a form of their own for codes
    expect(story.chat.seenBy(officer.id).at(-1)!.first.code).toBe(code);
    const say = (text: string) => talkToStranger(story.world, { channel: 'wecom', account: 'dong', text });
    expect(await say(`13800000008 ${code}`)).toMatch(/没有可用的验证码/u);
    expect(await say(`13800000007 ${code}`)).toMatch(/已与您绑定/u);
    expect(await bindings.personOf('wecom', 'dong')).toBe(officer.id);
    expect(await say(`13800000007 ${code}`)).toMatch(/没有可用的验证码/u);
    expect(story.events('BindingCodeSent')).toMatchObject([{ actor: office.id, data: { personId: officer.id, way: 'office' } }]);
    expect(JSON.stringify(story.events())).not.toContain(code);
  });

  it('is the only one that may, and says what a command lacks', async () => {
    const { story, office, officer, bindings } = await start();
    await officer.replies('绑定 东主班 企业微信 mine');
    officer.sees(/只有局联络组办公室/u);
    await officer.replies('绑定码 东主班');
    officer.sees(/只有局联络组办公室/u);
    await officer.pressesValue({ action: 'bindAccount', personId: officer.id, channel: 'wecom', account: 'mine' });
    officer.sees(/只有局联络组办公室/u);
    expect([await bindings.personOf('wecom', 'mine'), story.events('IdentityBound', 'BindingCodeSent')]).toEqual([undefined, []]);
    for (const [said, heard] of [
      ['绑定码', /请写明是谁/u],
      ['绑定码 无名氏', /通讯录里没有 无名氏/u],
      ['绑定 东主班', /请写明是哪个通道：企业微信/u],
      ['绑定 东主班 飞书 x', /没有启用飞书。已启用：企业微信/u],
      ['绑定 东主班 网页 x', /网页对话不用绑定账号/u],
      ['绑定 东主班 企业微信', /请写明账号/u],
      ['解绑 东主班 企业微信', /没有绑定企业微信账号/u],
    ] as const) {
      await office.replies(said);
      office.sees(heard);
    }
  });

  it('says which of two namesakes it means', async () => {
    const { office, bindings } = await start(true);
    await office.replies('绑定 东主班 企业微信 dong');
    office.sees(/是哪一位[^]*东主班（东城区 138\*{4}0007）/u);
    await office.pressesValue({ action: 'chooseForAccount', act: 'bind', personId: 'm90', channel: 'wecom', account: 'dong' });
    office.sees(/请确认绑定/u);
    await office.presses('bindAccount', /请确认绑定/u);
    office.sees(/已绑定/u);
    expect(await bindings.personOf('wecom', 'dong')).toBe('m90');
  });
});

describe('trying a channel', () => {
  it.each<[SendResult | undefined, RegExp, object]>([
    [undefined, /通道测试：企业微信[^]*已送达本人/u, { result: 'sent', isDelivered: true }],
    [{ status: 'sent', isDelivered: false }, /平台已收下/u, { result: 'sent', isDelivered: false }],
    [{ status: 'permanent', code: '60111' }, /没有发出（60111）/u, { result: 'permanent', code: '60111' }],
    [{ status: 'transient', code: 'ECONNREFUSED' }, /暂时没有发出（ECONNREFUSED）/u, { result: 'transient', code: 'ECONNREFUSED' }],
  ])('says what came back: %o', async (answer, heard, data) => {
    const { story, wecom, office, officer } = await start();
    if (answer) wecom.answers(officer.id, answer);
    await office.replies('测试通道 企业微信 东主班');
    office.sees(/正在测试企业微信/u, heard);
    const tried = wecom.seenBy(officer.id).filter(({ first }) => first.text.includes('冯主任 正在测试这个通道'));
    expect(tried).toHaveLength(answer === undefined ? 1 : 0);
    expect(story.events('ChannelTested')).toMatchObject([{ actor: office.id, channel: 'wecom', data: { to: officer.id, ...data } }]);
    officer.sawNothing();
  });

  it('goes to whoever asks where nobody is named, and is the office’s alone', async () => {
    const { story, wecom, office, officer } = await start();
    await office.replies('测试通道 企业微信');
    office.sees(/正在测试企业微信/u, /已送达本人/u);
    expect(wecom.seenBy(office.id)).toHaveLength(1);
    await office.replies('测试通道 飞书');
    office.sees(/没有启用飞书/u);
    await officer.replies('测试通道 企业微信');
    officer.sees(/只有局联络组办公室/u);
    expect(story.events('ChannelTested')).toHaveLength(1);
  });
});
