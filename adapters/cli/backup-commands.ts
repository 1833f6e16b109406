import { Option, type Command } from 'commander';
import { backupTexts as texts } from '../../src/messages/backup-texts.ts';
import type { CliActions, Kept } from './actions.ts';
import type { Tell } from './roster-commands.ts';
import { showReplay, showReport } from './show.ts';

/** Backup and restore on the command line. */

const keepable: readonly Kept[] = ['people', 'items', 'files'];

const fill = (pattern: string, values: Readonly<Record<string, string | number>>): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

export const addBackup = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  leaf(parent, 'backup', texts.backup)
    .argument('[folder]', texts.out)
    .option('--out <folder>', texts.out)
    .action(async (given: string | undefined, { out }: { readonly out?: string }, command: Command) => {
      const folder = out ?? given;
      if (folder === undefined) return command.error(texts.needsFolder);
      const answer = await actions.backUp(folder);
      const { ok: _, ...facts } = answer;
      tell(command, { exit: 0, json: answer, text: `${fill(texts.done, facts)}\n` });
    });
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
