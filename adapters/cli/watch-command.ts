import { InvalidArgumentError, type Command } from 'commander';
import { watchTexts as texts } from '../../src/messages/watch-texts.ts';
import type { CliActions } from './actions.ts';
import type { Tell } from './roster-commands.ts';

/** The watchdog on the command line. */

const readUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InvalidArgumentError(texts.badUrl);
  return url.href;
};

type Flags = { readonly webhook?: string; readonly command?: string; readonly test?: boolean; readonly json?: boolean };

export const addWatch = (
  actions: CliActions,
  out: (text: string) => void,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  leaf(parent, 'watch', texts.watch)
    .argument('<url...>', texts.urls, (text: string, before: readonly string[] | undefined) => [...(before ?? []), readUrl(text)])
    .option('--webhook <url>', texts.webhook, readUrl)
    .option('--command <command>', texts.command)
    .option('--test', texts.testOption)
    .action(async (urls: readonly string[], { webhook, command: runs, test }: Flags, command: Command) => {
      const isJson = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const ways = { ...(webhook === undefined ? {} : { webhook }), ...(runs === undefined ? {} : { command: runs }) };
      const answer = await actions.watch({ urls, ...ways, isTest: test === true }, (line) =>
        out(
          isJson
            ? `${JSON.stringify(line)}\n`
            : `${line.text}${line.faults.length > 0 ? ` ${texts.untold.replace('{faults}', line.faults.join(texts.comma))}` : ''}\n`,
        ),
      );
      if (answer.status === 'noWay') return command.error(texts.noWay);
      if (answer.status === 'ended') return;
      const text = answer.faults.length === 0 ? texts.tested : texts.untold.replace('{faults}', answer.faults.join(texts.comma));
      tell(command, {
        exit: answer.faults.length === 0 ? 0 : 1,
        json: { ok: answer.faults.length === 0, faults: answer.faults },
        text: `${text}\n`,
      });
    });
};
