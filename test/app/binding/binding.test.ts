import { beforeEach, describe, expect, it } from 'vitest';
import { bindAccount, revokeAccount } from '../../../src/app/binding/bind-account.ts';
import { createBindings } from '../../../src/app/binding/bindings.ts';
import { makeOfficeCode, talkToStranger } from '../../../src/app/binding/talk-to-stranger.ts';
import { codeLifeMs } from '../../../src/domain/binding/one-time-code.ts';
import { startService } from '../../support/service.ts';

type Service = Awaited<ReturnType<typeof startService>>;

describe('whose account it is', () => {
  let service: Service;
  let one: string;
  let other: string;
  beforeEach(async () => {
    service = await startService();
    [one, other] = service.world.directory.organisation.people.map(({ id }) => id) as [string, string];
  });
  const channel = 'wecom';
  const bindings = () => createBindings(service.world);
  const say = (text: string, account = 'zhao') => talkToStranger(service.world, { channel, account, text });
  const mobileOf = (personId: string) => service.world.directory.people.get(personId)!.mobile;
  const codeSent = async (to: string): Promise<string> => {
    await service.settle();
    return /\d{6}/u.exec(service.chat.seenBy(to).at(-1)?.first.text ?? '')![0];
  };
  const events = (name: string) => service.store.rows().filter(({ event }) => event === name);

  it('binds an account to a person, and says so in the ledger without the account in what is sealed', async () => {
    expect(await bindAccount(service.world, { channel, account: 'zhao', personId: one, way: 'office', by: other })).toBe(true);
    expect(await bindings().personOf(channel, 'zhao')).toBe(one);
    expect(await bindings().personOf('feishu', 'zhao')).toBeUndefined();
    expect(await bindings().accountsOf(channel, [other, one])).toEqual([undefined, 'zhao']);
    const [row] = events('IdentityBound');
    expect(row).toMatchObject({ actor: other, channel, data: { personId: one, way: 'office' }, personal: { account: 'zhao' } });
    expect(JSON.stringify(row!.data)).not.toContain('zhao');
    expect(await bindAccount(service.world, { channel, account: 'zhao', personId: one, way: 'directory' })).toBe(false);
    expect(events('IdentityBound')).toHaveLength(1);
  });

  it('gives an account to another, and another account to a person: the old ties are gone', async () => {
    await bindAccount(service.world, { channel, account: 'zhao', personId: one, way: 'directory' });
    await bindAccount(service.world, { channel, account: 'zhao', personId: other, way: 'office' });
    expect(await bindings().personOf(channel, 'zhao')).toBe(other);
    expect(await bindings().accountsOf(channel, [one, other])).toEqual([undefined, 'zhao']);
    await bindAccount(service.world, { channel, account: 'zhao2', personId: other, way: 'code' });
    expect(await bindings().personOf(channel, 'zhao')).toBeUndefined();
    expect(await bindings().personOf(channel, 'zhao2')).toBe(other);
    expect(events('IdentityBound').map(({ data }) => [data['previous'] ?? null, data['isMoved']])).toEqual([
      [null, false],
      [one, false],
      [null, true],
    ]);
  });

  it('lets one of two who bind the same account at the same instant stand, and both are in the ledger', async () => {
    await Promise.all([one, other].map((personId) => bindAccount(service.world, { channel, account: 'zhao', personId, way: 'office' })));
    const owner = await bindings().personOf(channel, 'zhao');
    const accounts = await bindings().accountsOf(channel, [one, other]);
    expect(accounts.filter((account) => account !== undefined)).toHaveLength(1);
    expect(accounts[[one, other].indexOf(owner!)]).toBe('zhao');
    expect(events('IdentityBound')).toHaveLength(2);
  });

  it('takes an account from a person, once', async () => {
    await bindAccount(service.world, { channel, account: 'zhao', personId: one, way: 'directory' });
    expect(await revokeAccount(service.world, { channel, personId: one, reason: 'lost phone', by: other })).toBe(true);
    expect(await bindings().personOf(channel, 'zhao')).toBeUndefined();
    expect(await revokeAccount(service.world, { channel, personId: one, reason: 'lost phone' })).toBe(false);
    expect(events('IdentityRevoked')).toHaveLength(1);
  });

  it('binds by a code to the phone on file, however it is typed', async () => {
    expect(await say('在岗')).toMatch(/手机号/u);
    const mobile = mobileOf(one);
    expect(await say(`我是 ${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}`)).toMatch(/验证码已发出/u);
    const code = await codeSent(one);
    const fullWidth = [...code].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('');
    expect(await say(`验证码:${fullWidth}`)).toMatch(/已与您绑定/u);
    expect(await bindings().personOf(channel, 'zhao')).toBe(one);
    expect(await say(code)).toMatch(/没有可用的验证码/u);
  });

  it('says the same of a number of nobody, and sends nothing', async () => {
    expect(await say('13800009999')).toBe(await say(mobileOf(one), 'other'));
    await service.settle();
    expect(
      service.chat
        .everybody()
        .flatMap((to) => service.chat.seenBy(to))
        .filter(({ first }) => /验证码/u.test(first.text)),
    ).toHaveLength(1);
    for (const code of ['000000', '111111', '222222', '333333', '444444']) await say(code);
    expect(await say('555555')).toMatch(/没有可用的验证码/u);
    expect(await bindings().personOf(channel, 'zhao')).toBeUndefined();
  });

  it('does not take a code from another account, after its time, or after five wrong ones', async () => {
    await say(mobileOf(one));
    const code = await codeSent(one);
    expect(await say(code, 'thief')).toMatch(/没有可用的验证码/u);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 4; tries++) expect(await say(wrong)).toMatch(/不对/u);
    expect(await say(wrong)).toMatch(/没有可用/u);
    expect(await say(code)).toMatch(/没有可用/u);
    await say(mobileOf(one));
    const second = await codeSent(one);
    await service.skipTo(service.clock.now() + codeLifeMs);
    expect(await say(second)).toMatch(/没有可用/u);
    expect(await bindings().personOf(channel, 'zhao')).toBeUndefined();
  });

  it('sends three codes in an hour and no more', async () => {
    for (let times = 0; times < 3; times++) expect(await say(mobileOf(one))).toMatch(/已发出/u);
    expect(await say(mobileOf(one))).toMatch(/太频繁/u);
    await service.skipTo(service.clock.now() + 3_600_001);
    expect(await say(mobileOf(one))).toMatch(/已发出/u);
  });

  it('binds by a code that the office tells, whatever the account', async () => {
    const made = await makeOfficeCode(service.world, one, other);
    const { code } = made as { code: string };
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await say(`${mobileOf(one)} ${wrong}`)).toMatch(/不对/u);
    expect(await say(`${mobileOf(other)} ${code}`)).toMatch(/没有可用/u);
    expect(await say(`${mobileOf(one)} ${code}`)).toMatch(/已与您绑定/u);
    expect(await bindings().personOf(channel, 'zhao')).toBe(one);
    expect(JSON.stringify(service.store.rows())).not.toContain(code);
  });

  it('gives a disabled person neither a code nor an entry', async () => {
    await bindAccount(service.world, { channel, account: 'zhao', personId: one, way: 'office' });
    service.world.directory = {
      ...service.world.directory,
      people: new Map(
        [...service.world.directory.people].map(([id, person]) => [id, id === one ? { ...person, isDisabled: true } : person]),
      ),
    };
    expect(await bindings().personOf(channel, 'zhao')).toBeUndefined();
  });
});
