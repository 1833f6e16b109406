import type { Command } from 'commander';
import type { WebhookView } from '../../src/app/webhooks/view-webhooks.ts';
import { webhookCliTexts } from '../../src/messages/webhook-cli-texts.ts';
import type { CliActions } from './actions.ts';
import type { Tell } from './roster-commands.ts';
import { toTable } from './table.ts';

/** Systems of one's own that hear of events, on the command line. */

const texts = webhookCliTexts;

const showAll = (items: readonly WebhookView[]): string => {
  if (items.length === 0) return `${texts.nobody}\n`;
  const { name, host, state, behind, lastTakenAt, failures } = texts.columns;
  return toTable(
    [name, host, state, behind, lastTakenAt, failures],
    items.map((one) => [
      one.name,
      one.host,
      texts.states[one.state],
      String(one.behind),
      one.lastTakenAt ?? '',
      one.failures === 0 ? '' : `${one.failures} ${one.lastCode ?? ''}`,
    ]),
  );
};

export const addWebhookCommands = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  webhooks: Command,
  tell: Tell,
): void => {
  leaf(webhooks, 'list', texts.list).action(async (_flags: object, command: Command) => {
    const answer = await actions.listWebhooks();
    tell(command, { exit: 0, json: answer, text: showAll(answer.items) });
  });
  leaf(webhooks, 'test', texts.test)
    .argument('<name>', texts.name)
    .action(async (name: string, _flags: object, command: Command) => {
      const answer = await actions.testWebhook(name);
      const said = answer === undefined ? texts.unknown : answer.isTaken ? texts.taken : texts.failed;
      const code = answer === undefined ? 'ZG_SUBSCRIBER_UNKNOWN' : answer.isTaken ? '' : answer.code;
      const text = said.replace('{name}', name).replace('{code}', code);
      const isTaken = answer?.isTaken === true;
      tell(command, {
        exit: isTaken ? 0 : 1,
        json: isTaken ? { ok: true, name } : { ok: false, errors: [{ code, message: text }] },
        text: `${text}\n`,
      });
    });
};
