import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addAccountCommands } from '../../../adapters/cli/account-commands.ts';
import type { CliActions } from '../../../adapters/cli/actions.ts';
import { accountActionsFor } from '../../support/cli-accounts.ts';

const asked: unknown[] = [];

const run = async (line: string): Promise<{ exit: number; text: string; json: unknown }> => {
  const told = { exit: 2, text: '', json: undefined as unknown };
  const program = new Command();
  const quiet = (command: Command): Command => command.exitOverride().configureOutput({ writeErr: () => {} });
  quiet(program);
  addAccountCommands(
    accountActionsFor(asked) as CliActions,
    program,
    (parent, name, description) => quiet(parent.command(name)).description(description),
    (name, description) => quiet(program.command(name)).description(description),
    (_command, answer) => void Object.assign(told, answer),
  );
  await program.parseAsync(line.split(' '), { from: 'user' }).catch(() => undefined);
  return told;
};

it('looks after accounts: who has which, codes, binding and taking away', async () => {
  expect((await run('accounts list --unbound')).text).toMatch(/姜洋\s+wecom jiang/u);
  expect(asked.at(-1)).toEqual({ isUnbound: true });
  const unknown = await run('accounts list --person 无名');
  expect([unknown.exit, unknown.json]).toMatchObject([1, { ok: false, errors: [{ code: 'ZG_PERSON_UNKNOWN' }] }]);
  expect((await run('accounts code 姜洋')).text).toMatch(/绑定码 012345：[^]*“13800005106 012345”/u);
  expect((await run('accounts bind 姜洋 wecom jiang')).text).toBe('已绑定：姜洋 wecom\n');
  expect((await run('accounts bind 姜洋 wecom same')).text).toMatch(/本来就是这样/u);
  expect(await run('accounts revoke 姜洋 wecom')).toMatchObject({ exit: 1, text: '姜洋在该通道没有绑定账号。 [ZG_NOT_BOUND]\n' });
  expect(asked.at(-1)).toEqual({ person: '姜洋', channel: 'wecom', reason: 'command' });
  expect((await run('accounts bind 姜洋 wecom')).exit).toBe(2);
});

it('tries a channel, and ends with 1 where nothing went out', async () => {
  expect(await run('channels test wecom --to 姜洋')).toMatchObject({ exit: 0, text: expect.stringMatching(/已收下发给姜洋/u) as string });
  const failed = await run('channels test email --to 姜洋');
  expect([failed.exit, failed.json]).toMatchObject([1, { ok: false, channel: 'email', code: 'unreachable' }]);
  expect((await run('channels test wecom')).exit).toBe(2);
});

it('gives the office a link, and says to the first of all what comes next', async () => {
  const first = await run('sign-in 冯主任 --mobile 13800009001');
  expect(asked.at(-1)).toEqual({ person: '冯主任', mobile: '13800009001' });
  expect(first.text).toMatch(/已登记冯主任[^]*http:\/\/127\.0\.0\.1:3978\/sign-in\/m1\.x\n$/u);
  expect((await run('sign-in 冯主任')).text).not.toContain('已登记');
  expect(await run('sign-in 无名')).toMatchObject({ exit: 1, text: expect.stringContaining('ZG_NOT_OFFICE') as string });
});
