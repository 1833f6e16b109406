import { Command, CommanderError } from 'commander';
import { cliTexts } from '../../src/messages/cli-texts.ts';
import type { CliActions, CliIo, ExitCode } from './actions.ts';
import { addBackup } from './backup-commands.ts';
import { addAccountCommands } from './account-commands.ts';
import { webhookCliTexts } from '../../src/messages/webhook-cli-texts.ts';
import { addWebhookCommands } from './webhook-commands.ts';
import { addContactCommands } from './contact-commands.ts';
import { addRosterCommands } from './roster-commands.ts';
import { addReport } from './report-command.ts';
import { addSimulate } from './simulate-command.ts';
import { addWatch } from './watch-command.ts';
import { readInstant, readMapping, readSingleRole, readYear } from './arguments.ts';
import {
  appointRefusal,
  refusalText,
  showAppointment,
  showDuty,
  showExport,
  showGaps,
  showHandovers,
  showImport,
  showReplay,
  showReport,
} from './show.ts';

/** One answer: the document for scripts, the words for people. */
type Answer = { readonly exit: ExitCode; readonly json: unknown; readonly text: string };

type Run = { readonly actions: CliActions; readonly io: CliIo; exit: ExitCode };

const { commands, options: help } = cliTexts;

/** Runs one command line (without `node` and the script) and answers the exit code. Never throws, never exits. */
export const runCli = async (argv: readonly string[], actions: CliActions, io: CliIo): Promise<ExitCode> => {
  const run: Run = { actions, io, exit: 0 };
  const isJson = argv.includes('--json');
  let complaint = '';
  const program = buildProgram(run, (text) => (complaint += text));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return run.exit;
  } catch (error) {
    if (error instanceof CommanderError) return usageFault(run, error, complaint, isJson);
    return failure(run, error, isJson);
  }
};

const usageFault = ({ io }: Run, error: CommanderError, complaint: string, isJson: boolean): ExitCode => {
  if (error.code === 'commander.helpDisplayed') return 0;
  const message = complaint.trim() || error.message;
  if (isJson) io.out(`${JSON.stringify({ ok: false, errors: [{ code: 'ZG_USAGE', message }] })}\n`);
  else io.err(`${message}\n`);
  return 2;
};

/** Errors begin with their code; what has none is a fault of ours and is told as it is. */
const failure = ({ io }: Run, error: unknown, isJson: boolean): ExitCode => {
  const told = error instanceof Error ? error.message : String(error);
  const code = /^(ZG_[A-Z_]+)(?::\s*|$)/.exec(told);
  const known = cliTexts.failures[code?.[1] ?? ''];
  const fault = { code: code?.[1] ?? 'ZG_FAILED', message: (code ? told.slice(code[0].length) : told) || (known ?? '') };
  if (isJson) io.out(`${JSON.stringify({ ok: false, errors: [fault] })}\n`);
  else io.err(`${known ?? fault.message} [${fault.code}]\n`);
  return 1;
};

const buildProgram = (run: Run, complain: (text: string) => void): Command => {
  const program = new Command('zaigang').description(cliTexts.program).option('--json', help.json);
  const settled = (command: Command): Command =>
    command.exitOverride().showHelpAfterError().configureOutput({ writeOut: run.io.out, writeErr: complain });
  settled(program);
  const leaf = (parent: Command, name: string, description: string): Command =>
    settled(parent.command(name)).description(description).allowExcessArguments(false).option('--json', help.json);
  const group = (name: string, description: string): Command => settled(program.command(name)).description(description);

  leaf(program, 'serve', commands.serve).action(async () => run.actions.serve());
  addImports(run, leaf, group('import', commands.import));
  const roster = group('roster', commands.rosterGroup);
  addRoster(run, leaf, roster);
  addRosterCommands(run.actions, leaf, roster, (command, answer) => tell(run, command, answer));
  addWebhookCommands(run.actions, leaf, group('webhooks', webhookCliTexts.group), (command, answer) => tell(run, command, answer));
  addContactCommands(run.actions, leaf, group('contacts', cliTexts.contacts.group), (command, answer) => tell(run, command, answer));
  addReport(run.actions, leaf, program, (command, answer) => tell(run, command, answer));
  addHandovers(run, leaf, program);
  addAppoint(run, leaf, program);
  addSimulate(run.actions, leaf, program, (command, answer) => tell(run, command, answer));
  addAccountCommands(run.actions, program, leaf, group, (command, answer) => tell(run, command, answer));
  leaf(program, 'understand', commands.understand).action(async () => {
    for await (const line of run.io.lines) run.io.out(`${await run.actions.understand(line)}\n`);
  });
  addLedger(run, leaf, group('ledger', commands.ledger));
  addWatch(run.actions, run.io.out, leaf, program, (command, answer) => tell(run, command, answer));
  addBackup(run.actions, leaf, program, (command, answer) => tell(run, command, answer));
  return program;
};

type Leaf = (parent: Command, name: string, description: string) => Command;

const isJsonIn = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

const tell = (run: Run, command: Command, { exit, json, text }: Answer): void => {
  run.exit = exit;
  if (isJsonIn(command)) run.io.out(`${JSON.stringify(json)}\n`);
  else (exit === 0 ? run.io.out : run.io.err)(text);
};

type ImportFlags = {
  readonly dryRun?: boolean;
  readonly year?: number;
  readonly map: Readonly<Record<string, string>>;
  readonly handedOverAt?: number;
};

const addImports = (run: Run, leaf: Leaf, parent: Command): void => {
  const { importContacts, importRoster, importBatch, importRequests } = run.actions;
  const importLeaf = (name: string, description: string, act: CliActions['importBatch']): Command =>
    leaf(parent, name, description)
      .argument('<file>', cliTexts.file)
      .option('--dry-run', help.dryRun)
      .option('--year <year>', help.year, readYear)
      .option('--map <name=unit>', help.map, readMapping, {})
      .option('--handed-over-at <instant>', help.handedOverAt, readInstant(run.actions.timeZone))
      .action(async (path: string, { dryRun, map, year, handedOverAt }: ImportFlags, command: Command) => {
        const outcome = await act({
          path,
          isDryRun: dryRun === true,
          map,
          ...(year === undefined ? {} : { year }),
          ...(handedOverAt === undefined ? {} : { handedOverAt }),
        });
        tell(run, command, { exit: outcome.ok ? 0 : 1, json: outcome, text: showImport(outcome) });
      });
  importLeaf('contacts', commands.contacts, importContacts);
  importLeaf('roster', commands.roster, importRoster);
  importLeaf('batch', commands.batch, importBatch);
  importLeaf('requests', commands.requests, importRequests);
};

const addRoster = (run: Run, leaf: Leaf, parent: Command): void => {
  const instant = readInstant(run.actions.timeZone);
  leaf(parent, 'who', commands.who)
    .option('--at <instant>', help.at, instant)
    .option('--unit <name>', help.unit)
    .action(async ({ at, unit }: { at?: number; unit?: string }, command: Command) => {
      const answer = await run.actions.whoIsOnDuty({ ...(at === undefined ? {} : { at }), ...(unit === undefined ? {} : { unit }) });
      if (answer.ok) return tell(run, command, { exit: 0, json: answer, text: showDuty(answer) });
      const message = refusalText(answer);
      const json = { ok: false, errors: [{ code: answer.code, message, unit: answer.unit }] };
      tell(run, command, { exit: 1, json, text: `${message} [${answer.code}]\n` });
    });
  leaf(parent, 'gaps', commands.gaps)
    .option('--from <instant>', help.from, instant)
    .option('--to <instant>', help.to, instant)
    .action(async ({ from, to }: { from?: number; to?: number }, command: Command) => {
      const answer = await run.actions.gaps({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
      tell(run, command, { exit: 0, json: answer, text: showGaps(answer) });
    });
};

type HandoverFlags = { readonly post?: string; readonly from?: number; readonly to?: number; readonly xlsx?: string };

const addHandovers = (run: Run, leaf: Leaf, program: Command): void => {
  const instant = readInstant(run.actions.timeZone);
  leaf(program, 'handovers', commands.handovers)
    .option('--post <name>', help.post)
    .option('--from <instant>', help.from, instant)
    .option('--to <instant>', help.to, instant)
    .option('--xlsx <file>', help.xlsx)
    .action(async ({ post, from, to, xlsx }: HandoverFlags, command: Command) => {
      const answer = await run.actions.handovers({
        ...(post === undefined ? {} : { post }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(xlsx === undefined ? {} : { xlsx }),
      });
      if (answer.ok) return tell(run, command, { exit: 0, json: answer, text: showHandovers(answer.items, xlsx) });
      const message = cliTexts.handover.unknown.replace('{post}', answer.post);
      const json = { ok: false, errors: [{ code: 'ZG_POST_UNKNOWN', message, post: answer.post }] };
      tell(run, command, { exit: 1, json, text: `${message} [ZG_POST_UNKNOWN]\n` });
    });
};

type AppointFlags = { readonly unit: string; readonly person: string; readonly from?: number };

const addAppoint = (run: Run, leaf: Leaf, program: Command): void => {
  leaf(program, 'appoint', commands.appoint)
    .argument('<role>', cliTexts.usage.role, readSingleRole)
    .requiredOption('--unit <name>', help.unit)
    .requiredOption('--person <name>', help.person)
    .option('--from <instant>', help.effective, readInstant(run.actions.timeZone))
    .action(async (role: 'liaison' | 'contact', { unit, person, from }: AppointFlags, command: Command) => {
      const answer = await run.actions.appoint({ role, unit, person, ...(from === undefined ? {} : { from }) });
      const json = answer.ok ? answer : { ok: false, errors: [{ code: answer.code, message: appointRefusal(answer), unit, person }] };
      tell(run, command, { exit: answer.ok ? 0 : 1, json, text: showAppointment(answer) });
    });
};

const addLedger = (run: Run, leaf: Leaf, parent: Command): void => {
  leaf(parent, 'export', commands.export)
    .option('--out <dir>', help.out)
    .action(async ({ out }: { out?: string }, command: Command) => {
      const exported = await run.actions.exportLedger(out === undefined ? {} : { folder: out });
      tell(run, command, { exit: 0, json: { ok: true, ...exported }, text: showExport(exported) });
    });
  leaf(parent, 'verify', commands.verify)
    .argument('<path>', cliTexts.path)
    .requiredOption('--public-key <file>', help.publicKey)
    .action(async (path: string, { publicKey }: { publicKey: string }, command: Command) => {
      const report = await run.actions.verifyLedger({ path, publicKeyFile: publicKey });
      tell(run, command, { exit: report.ok ? 0 : 1, json: report, text: showReport(report) });
    });
  leaf(parent, 'replay', commands.replay).action(async (_flags: object, command: Command) => {
    const report = await run.actions.replayLedger();
    tell(run, command, { exit: report.ok ? 0 : 1, json: report, text: showReplay(report) });
  });
};
