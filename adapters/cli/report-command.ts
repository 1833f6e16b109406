import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ReportKind } from '../../src/domain/figures/report-draft.ts';
import { cliTexts } from '../../src/messages/cli-texts.ts';
import { reportCliTexts } from '../../src/messages/report-texts.ts';
import type { ReportFormat } from '../../src/ports/report.ts';
import type { CliActions } from './actions.ts';
import type { Tell } from './roster-commands.ts';

const formats: readonly ReportFormat[] = ['xlsx', 'pdf', 'png', 'json'];

const formatOf = (path: string): ReportFormat | undefined => formats.find((format) => path.toLowerCase().endsWith(`.${format}`));

const readOut = (path: string): string => {
  if (formatOf(path) === undefined) throw new InvalidArgumentError(reportCliTexts.out);
  return path;
};

/** Whether a day has anything to tell is found out, not said. */
const kinds: readonly ReportKind[] = ['daily', 'weekly', 'campaign', 'period'];

type Flags = {
  readonly kind?: ReportKind;
  readonly from?: string;
  readonly to?: string;
  readonly unit?: readonly string[];
  readonly out: string;
};

const more = (unit: string, before: readonly string[] = []): readonly string[] => [...before, unit];

/** The figures of a period as a file. */
export const addReport = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  leaf(parent, 'report', reportCliTexts.report)
    .option('--from <date>', reportCliTexts.from)
    .option('--to <date>', reportCliTexts.to)
    .option('--unit <name>', cliTexts.options.unit, more)
    .addOption(new Option('--kind <kind>', reportCliTexts.kind).choices(kinds))
    .requiredOption('--out <file>', reportCliTexts.out, readOut)
    .action(async ({ out, ...query }: Flags, command: Command) => {
      const { bytes } = await actions.report({ ...query, path: out, format: formatOf(out)! });
      tell(command, {
        exit: 0,
        json: { ok: true, path: out, bytes },
        text: `${reportCliTexts.written.replace('{path}', out).replace('{bytes}', String(bytes))}\n`,
      });
    });
};
