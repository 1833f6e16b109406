import { warning } from '../../domain/organisation/finding.ts';
import type { Finding } from '../../domain/organisation/finding.ts';
import { renderFinding } from '../../messages/import-errors.ts';
import type { Locale } from '../../messages/import-errors.ts';

/** One fault or warning as scripts see it. `row` is 0 and `cell` empty where it is about a sheet or the file. */
export type ImportFault = {
  readonly sheet: string;
  readonly row: number;
  readonly cell: string;
  readonly code: string;
  readonly message: string;
  readonly date?: string;
  readonly unit?: string;
  readonly person?: string;
};

export type ImportOutcome = {
  readonly ok: boolean;
  readonly counts: { readonly [name: string]: number | string | null };
  readonly errors: readonly ImportFault[];
  readonly warnings: readonly ImportFault[];
  /** Only with `--dry-run`: nothing was changed. */
  readonly dryRun?: true;
};

/** Most of each kind that one answer holds. */
const mostFindings = 2_000;

const toFault = (finding: Finding, locale: Locale, hasCommands: boolean): ImportFault => ({
  sheet: finding.place?.sheet ?? '',
  row: finding.place?.row ?? 0,
  cell: finding.place?.cell ?? '',
  code: finding.code,
  message: renderFinding(finding, locale, hasCommands),
  ...(finding.date === undefined ? {} : { date: finding.date }),
  ...(finding.unit === undefined ? {} : { unit: finding.unit }),
  ...(finding.person === undefined ? {} : { person: finding.person }),
});

const bounded = (findings: readonly Finding[], locale: Locale, hasCommands: boolean): readonly ImportFault[] => {
  const shown = findings.slice(0, mostFindings).map((finding) => toFault(finding, locale, hasCommands));
  const more = warning('ZG_MORE_FAULTS', { params: { count: mostFindings } });
  return findings.length > mostFindings ? [...shown, toFault(more, locale, hasCommands)] : shown;
};

/** The answer to whoever imported; `hasCommands`: on the command line. */
export const toOutcome = (
  findings: readonly Finding[],
  counts: ImportOutcome['counts'],
  locale: Locale,
  isDryRun: boolean,
  hasCommands = true,
): ImportOutcome => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return {
    ok: errors.length === 0,
    counts,
    errors: bounded(errors, locale, hasCommands),
    warnings: bounded(warnings, locale, hasCommands),
    ...(isDryRun ? { dryRun: true as const } : {}),
  };
};
