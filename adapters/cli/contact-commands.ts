import { InvalidArgumentError, type Command } from 'commander';
import type { ContactsRestored, ContactVersionsAnswer } from '../../src/app/roster/contact-versions.ts';
import { cliTexts } from '../../src/messages/cli-texts.ts';
import type { CliActions } from './actions.ts';
import type { Tell } from './roster-commands.ts';

/** Versions of the contact list, and the way back to one of them. */

const { contacts } = cliTexts;

const put = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

const showVersions = ({ versions }: ContactVersionsAnswer): string =>
  versions.length === 0
    ? `${contacts.none}\n`
    : versions
        .map(({ actor, by, ...row }) => `${put(contacts.row, { ...row, actor: actor ?? contacts.command, by: contacts.by[by] })}\n`)
        .join('');

const showRestored = (answer: ContactsRestored, version: number): string => {
  if (!answer.ok) return `${put(contacts.refusals[answer.code], { version })}\n`;
  const { counts } = answer;
  return `${put(answer.version === null ? contacts.same : contacts.restored, { ...counts, from: version, version: answer.version ?? version })}\n`;
};

const readNumber = (text: string): number => {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError(contacts.number);
  return Number(text);
};

export const addContactCommands = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  leaf(parent, 'versions', contacts.versions).action(async (_flags: object, command: Command) => {
    const answer = await actions.contactVersions();
    tell(command, { exit: 0, json: answer, text: showVersions(answer) });
  });
  leaf(parent, 'restore', contacts.restore)
    .argument('<number>', contacts.number, readNumber)
    .action(async (version: number, _flags: object, command: Command) => {
      const answer = await actions.restoreContacts(version);
      const text = showRestored(answer, version);
      const json = answer.ok ? answer : { ok: false, errors: [{ code: answer.code, message: text.trim() }] };
      tell(command, { exit: answer.ok ? 0 : 1, json, text });
    });
};
