import { InvalidArgumentError, type Command } from 'commander';
import type { DraftAnswer } from '../../src/app/draft/draft-by-command.ts';
import type { VersionAnswer, VersionsAnswer } from '../../src/app/roster/roster-versions.ts';
import { cliTexts } from '../../src/messages/cli-texts.ts';
import type { CliActions, ExitCode } from './actions.ts';
import { toTable } from './table.ts';

/** Drafts, versions and sheets of the roster on the command line. */

export type Tell = (command: Command, answer: { readonly exit: ExitCode; readonly json: unknown; readonly text: string }) => void;

const { rosters } = cliTexts;
const comma = '\u3001';

const readDate = (text: string): string => {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    throw new InvalidArgumentError(rosters.usage.date);
  }
};

const readVersion = (text: string): number => {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError(rosters.usage.version);
  return Number(text);
};

const readFormat = (text: string): 'xlsx' | 'pdf' => {
  const format = text.toLowerCase().endsWith('.pdf') ? 'pdf' : text.toLowerCase().endsWith('.xlsx') ? 'xlsx' : undefined;
  if (format === undefined) throw new InvalidArgumentError(rosters.usage.out);
  return format;
};

const showDraft = ({ lines, errors, published, version, told }: DraftAnswer): string => {
  const done = published ? [rosters.published.replace('{version}', String(version)).replace('{told}', String(told))] : [];
  return [...lines, ...done, ...errors.map(({ code, message }) => `${message} [${code}]`)].map((line) => `${line}\n`).join('');
};

const shortTime = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

const showVersions = ({ versions }: VersionsAnswer): string => {
  if (versions.length === 0) return `${rosters.noVersion}\n`;
  const { version, at, actor, by, shifts } = rosters.columns;
  const rows = versions.map((one) => [String(one.version), shortTime(one.at), one.actor ?? '', rosters.by[one.by], String(one.shifts)]);
  return toTable([version, at, actor, by, shifts], rows);
};

const showVersion = (answer: VersionAnswer): string => {
  if (!answer.ok) return `${rosters.unknownVersion.replace('{version}', String(answer.version))} [${answer.code}]\n`;
  const { post, from, to, holders } = rosters.columns;
  const rows = answer.shifts.map((shift) => [
    shift.post,
    shortTime(shift.from),
    shortTime(shift.to),
    shift.holders.map(({ role, name }) => `${rosters.roles[role]} ${name}`).join(comma),
  ]);
  return toTable([post, from, to, holders], rows);
};

type DraftFlags = {
  readonly from: string;
  readonly to: string;
  readonly unit?: string;
  readonly rule?: string;
  readonly publish?: boolean;
};
type SheetFlags = { readonly from?: string; readonly to?: string; readonly unit?: string; readonly out: string };

export const addRosterCommands = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  leaf(parent, 'draft', rosters.draft)
    .requiredOption('--from <date>', rosters.from, readDate)
    .requiredOption('--to <date>', rosters.to, readDate)
    .option('--unit <name>', cliTexts.options.unit)
    .option('--rule <file>', rosters.rule)
    .option('--publish', rosters.publish)
    .action(async ({ publish, ...flags }: DraftFlags, command: Command) => {
      const answer = await actions.draftRoster({ ...flags, isPublished: publish === true });
      const { lines: _, ...json } = answer;
      tell(command, { exit: answer.ok ? 0 : 1, json, text: showDraft(answer) });
    });
  leaf(parent, 'versions', rosters.versions).action(async (_flags: object, command: Command) => {
    const answer = await actions.rosterVersions();
    tell(command, { exit: 0, json: answer, text: showVersions(answer) });
  });
  leaf(parent, 'version', rosters.showVersion)
    .argument('<number>', rosters.usage.version, readVersion)
    .action(async (version: number, _flags: object, command: Command) => {
      const answer = await actions.rosterVersion(version);
      const text = showVersion(answer);
      const json = answer.ok ? answer : { ok: false, errors: [{ code: answer.code, message: text.trim() }] };
      tell(command, { exit: answer.ok ? 0 : 1, json, text });
    });
  leaf(parent, 'sheet', rosters.sheet)
    .option('--from <date>', rosters.from, readDate)
    .option('--to <date>', rosters.to, readDate)
    .option('--unit <name>', cliTexts.options.unit)
    .requiredOption('--out <file>', rosters.usage.out)
    .action(async ({ out, ...query }: SheetFlags, command: Command) => {
      const { bytes } = await actions.rosterSheet({ ...query, path: out, format: readFormat(out) });
      const text = `${rosters.written.replace('{path}', out).replace('{bytes}', String(bytes))}\n`;
      tell(command, { exit: 0, json: { ok: true, path: out, bytes }, text });
    });
};
