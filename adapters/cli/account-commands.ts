import type { Command } from 'commander';
import type { AccountRow, Changed, Refused } from '../../src/app/binding/accounts-by-command.ts';
import type { Tested } from '../../src/app/binding/test-channel.ts';
import { accountCliTexts } from '../../src/messages/account-cli-texts.ts';
import type { CliActions } from './actions.ts';
import type { Tell } from './roster-commands.ts';
import { toTable } from './table.ts';

/** Whose account is whose, and trying a channel, on the command line. */

const texts = accountCliTexts;
const comma = '\u3001';

const fill = (pattern: string, values: { readonly [name: string]: string }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');

type Failed = {
  readonly ok: false;
  readonly code: keyof typeof texts.refusals;
  readonly person: string;
  readonly candidates: readonly string[];
};

const sayRefusal = ({ code, person, candidates }: Failed): string =>
  fill(texts.refusals[code], { person, candidates: candidates.join(comma) });

const refusal = (answer: Failed) => ({
  exit: 1 as const,
  json: { ok: false, errors: [{ code: answer.code, message: sayRefusal(answer), person: answer.person }] },
  text: `${sayRefusal(answer)} [${answer.code}]\n`,
});

const showRows = (rows: readonly AccountRow[]): string => {
  if (rows.length === 0) return `${texts.nobody}\n`;
  const { person, accounts } = texts.columns;
  return toTable(
    [person, accounts],
    rows.map(({ name, accounts: bound }) => [name, bound.map(({ channel, account }) => `${channel} ${account}`).join(comma) || texts.none]),
  );
};

const showTested = (tested: Extract<Tested, { result: string }>): string => {
  const { result, isDelivered, code = '', person, channel } = tested;
  const what = result === 'sent' ? (isDelivered ? 'delivered' : 'sent') : result;
  return `${fill(texts.tested[what], { person, channel, code })}\n`;
};

export const addAccountCommands = (
  actions: CliActions,
  program: Command,
  leaf: (parent: Command, name: string, description: string) => Command,
  group: (name: string, description: string) => Command,
  tell: Tell,
): void => {
  const accounts = group('accounts', texts.accounts);
  const tellChange = (command: Command, answer: Changed | Refused, done: string): void => {
    if (!answer.ok) return tell(command, refusal(answer));
    const text = fill(answer.isChanged ? done : texts.unchanged, { person: answer.person, channel: answer.channel });
    return tell(command, { exit: 0, json: answer, text: `${text}\n` });
  };
  leaf(accounts, 'list', texts.list)
    .option('--person <name>', texts.person)
    .option('--unbound', texts.unbound)
    .action(async ({ person, unbound }: { person?: string; unbound?: boolean }, command: Command) => {
      const answer = await actions.listAccounts({ ...(person === undefined ? {} : { person }), isUnbound: unbound === true });
      tell(command, answer.ok ? { exit: 0, json: answer, text: showRows(answer.people) } : refusal(answer));
    });
  leaf(accounts, 'code', texts.code)
    .argument('<person>', texts.person)
    .action(async (person: string, _flags: object, command: Command) => {
      const answer = await actions.giveCode(person);
      tell(
        command,
        answer.ok
          ? { exit: 0, json: answer, text: `${fill(texts.codeMade, answer as unknown as { [name: string]: string })}\n` }
          : refusal(answer),
      );
    });
  leaf(accounts, 'bind', texts.bind)
    .argument('<person>', texts.person)
    .argument('<channel>', texts.channel)
    .argument('<account>', texts.account)
    .action(async (person: string, channel: string, account: string, _flags: object, command: Command) =>
      tellChange(command, await actions.bindAccount({ person, channel, account }), texts.bound),
    );
  leaf(accounts, 'revoke', texts.revoke)
    .argument('<person>', texts.person)
    .argument('<channel>', texts.channel)
    .option('--reason <text>', texts.reason)
    .action(async (person: string, channel: string, { reason }: { reason?: string }, command: Command) =>
      tellChange(command, await actions.revokeAccount({ person, channel, reason: reason ?? 'command' }), texts.revoked),
    );
  leaf(program, 'sign-in', texts.signIn)
    .argument('<person>', texts.person)
    .option('--mobile <number>', texts.mobile)
    .action(async (person: string, { mobile }: { mobile?: string }, command: Command) => {
      const answer = await actions.signInLink({ person, ...(mobile === undefined ? {} : { mobile }) });
      if (!answer.ok) return tell(command, refusal(answer));
      const lines = [...(answer.isFirst ? [texts.linkFirst] : []), texts.linkMade];
      const text = lines
        .map(
          (line) =>
            `${fill(
              line.replaceAll('{url}', () => answer.url),
              { person: answer.person },
            )}\n`,
        )
        .join('');
      return tell(command, { exit: 0, json: answer, text });
    });
  leaf(group('channels', texts.channels), 'test', texts.test)
    .argument('<channel>', texts.anyChannel)
    .requiredOption('--to <person>', texts.person)
    .action(async (channel: string, { to }: { to: string }, command: Command) => {
      const answer = await actions.testChannel({ channel, to });
      if (!('result' in answer)) return tell(command, refusal(answer));
      return tell(command, { exit: answer.ok ? 0 : 1, json: answer, text: showTested(answer) });
    });
};
