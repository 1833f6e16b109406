import { InvalidArgumentError, Option, type Command } from 'commander';
import { backupTexts as texts } from '../../src/messages/backup-texts.ts';
import type { KeptBackup } from '../../src/ports/backups.ts';
import type { CliActions, Kept } from './actions.ts';
import type { Tell } from './roster-commands.ts';
import { showReplay, showReport } from './show.ts';
import { toTable } from './table.ts';

/** Backup and restore on the command line. */

const keepable: readonly Kept[] = ['people', 'items', 'files'];

const fill = (pattern: string, values: Readonly<Record<string, string | number>>): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

type Leaf = (parent: Command, name: string, description: string) => Command;

const readKeep = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw new InvalidArgumentError(texts.keepUsage);
  return Number(text);
};

const showBackups = (backups: readonly KeptBackup[]): string =>
  toTable(
    texts.columns,
    backups.map(({ name, state, takenAt, seq, bytes, bureau }) => [
      name,
      texts.states[state],
      takenAt === undefined ? '' : `${takenAt.slice(0, 16)}Z`,
      String(seq ?? ''),
      String(bytes ?? ''),
      bureau ?? '',
    ]),
  );

/** Those that stay whatever their age, and of which somebody should know. */
const showOdd = (backups: readonly KeptBackup[]): string =>
  backups
    .filter(({ state }) => state !== 'whole')
    .map(({ name, state }) => `${fill(texts.stays, { name, state: texts.states[state] })}\n`)
    .join('');

/** A folder of that name is still meant by `--out list`. */
const addKept = (actions: CliActions, leaf: Leaf, backup: Command, tell: Tell): void => {
  leaf(backup, 'list', texts.list)
    .argument('<folder>', texts.folderOfAll)
    .action(async (folder: string, _flags: object, command: Command) => {
      const found = await actions.listBackups(folder);
      const { backups, others } = found;
      const table = backups.length === 0 ? `${fill(texts.noBackups, { folder })}\n` : showBackups(backups);
      const beside = others.length === 0 ? '' : `${fill(texts.others, { names: others.join(texts.comma) })}\n`;
      const ok = backups.every(({ state }) => state !== 'damaged');
      tell(command, { exit: ok ? 0 : 1, json: { ok, ...found }, text: `${table}${beside}` });
    });
  leaf(backup, 'prune', texts.prune)
    .argument('<folder>', texts.folderOfAll)
    .requiredOption('--keep <count>', texts.keepNewest, readKeep)
    .option('--dry-run', texts.pruneDryRun)
    .action(async (folder: string, { keep, dryRun }: { readonly keep: number; readonly dryRun?: boolean }, command: Command) => {
      const isDryRun = dryRun === true;
      const { removed, kept } = await actions.pruneBackups(folder, { keep, isDryRun });
      const line = fill(isDryRun ? texts.wouldRemove : texts.removedNow, { count: removed.length, kept: kept.length });
      const text = `${removed.length === 0 ? '' : showBackups(removed)}${line}\n${showOdd(kept)}`;
      tell(command, { exit: 0, json: { ok: true, isDryRun, removed, kept }, text });
    });
};

export const addBackup = (actions: CliActions, leaf: Leaf, parent: Command, tell: Tell): void => {
  const backup = leaf(parent, 'backup', texts.backup)
    .argument('[folder]', texts.out)
    .option('--out <folder>', texts.out)
    .action(async (given: string | undefined, { out }: { readonly out?: string }, command: Command) => {
      const folder = out ?? given;
      if (folder === undefined) return command.error(texts.needsFolder);
      const answer = await actions.backUp(folder);
      const { ok: _, ...facts } = answer;
      tell(command, { exit: 0, json: answer, text: `${fill(texts.done, facts)}\n` });
    });
  addKept(actions, leaf, backup, tell);
  leaf(parent, 'forget', texts.forget)
    .requiredOption('--campaign', texts.forgetCampaign)
    .option('--dry-run', texts.dryRun)
    .addOption(new Option('--keep <kinds...>', texts.keep).choices(keepable))
    .action(async ({ dryRun, keep }: { readonly dryRun?: boolean; readonly keep?: readonly Kept[] }, command: Command) => {
      const answer = await actions.forget({ isDryRun: dryRun === true, keeps: keep ?? [] });
      const { ok: _, isDryRun, kept, isLogRewritten, ...counts } = answer;
      const stays = kept.length === 0 ? '' : `${fill(texts.keeps, { kinds: kept.map((one) => texts.kept[one]).join(texts.comma) })}\n`;
      const left = isDryRun || isLogRewritten ? '' : `${texts.logLeft}\n`;
      tell(command, { exit: 0, json: answer, text: `${fill(isDryRun ? texts.wouldForget : texts.forgotten, counts)}\n${stays}${left}` });
    });
  leaf(parent, 'restore', texts.restore)
    .argument('<folder>', texts.folder)
    .action(async (folder: string, _flags: object, command: Command) => {
      const answer = await actions.restore(folder);
      const { ledger, replay } = answer;
      const text = [
        `${answer.ok ? fill(texts.restored, { takenAt: answer.takenAt, seq: answer.seq, keys: answer.keys }) : texts.broken}\n`,
        ledger ? showReport(ledger) : '',
        showReplay(replay),
      ].join('');
      tell(command, { exit: answer.ok ? 0 : 1, json: answer, text });
    });
};
