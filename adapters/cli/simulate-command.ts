import { InvalidArgumentError, type Command } from 'commander';
import type { RehearsalReport } from '../../src/app/rehearsal/report.ts';
import { rehearsalTexts as texts } from '../../src/messages/rehearsal-texts.ts';
import type { CliActions, RehearsalArguments } from './actions.ts';
import { readInstant } from './arguments.ts';
import type { Tell } from './roster-commands.ts';
import { toTable } from './table.ts';

/** The rehearsal on the command line. */

const largestSeed = 2 ** 32 - 1;

const readSeed = (text: string): number => {
  if (!/^\d{1,10}$/u.test(text) || Number(text) > largestSeed) throw new InvalidArgumentError(texts.usage.seed);
  return Number(text);
};

const readShare = (text: string): number => {
  const share = Number(text);
  if (!/^(?:0|1|[01]?\.\d+)$/u.test(text) || share > 1) throw new InvalidArgumentError(texts.usage.share);
  return share;
};

const mostItemsADay = 1_000;

/** `true`: the flag without anything. Undefined for what is none. */
const readItems = (given: readonly string[] | true): RehearsalArguments['items'] => {
  const rates = (given === true ? [] : given).map((text) => {
    const [, kind, count] = /^([^=]+)=(\d+(?:\.\d+)?)$/u.exec(text.trim()) ?? [];
    return { kind: kind?.trim() ?? '', perDay: Number(count) };
  });
  return rates.every(({ kind, perDay }) => kind !== '' && perDay > 0 && perDay <= mostItemsADay) ? rates : undefined;
};

const mostRows = 15;
const shortTime = (iso: string | null): string => (iso ?? '').slice(0, 16).replace('T', ' ');

const showItems = ({ items = [] }: RehearsalReport): string => {
  const { columns } = texts;
  if (items.length === 0) return '';
  const rows = items.map((one) => [
    one.kind,
    String(one.handedOver),
    String(one.inTime),
    String(one.late),
    String(one.notHandedIn),
    String(one.closed),
  ]);
  const head = [columns.kind, columns.handedOver, columns.handedInInTime, columns.handedInLate, columns.notHandedIn, columns.closed];
  return `\n${toTable(head, rows)}`;
};

/** The totals, whoever is written to most, and whatever somebody should look at. */
export const showRehearsal = (report: RehearsalReport, written: readonly string[]): string => {
  const { columns, comma } = texts;
  const totals = Object.entries(texts.totals).map(([key, label]) => `${label} ${report.totals[key as keyof RehearsalReport['totals']]}`);
  const people = toTable(
    [columns.name, columns.unit, columns.part, columns.day, columns.night, columns.mostInADay],
    report.people
      .slice(0, mostRows)
      .map((one) => [one.name, one.unit, texts.parts[one.part], String(one.day), String(one.night), String(one.mostInADay)]),
  );
  const gaps = report.gaps.slice(0, mostRows).map((one) => [one.post, shortTime(one.from), shortTime(one.to), texts.reasons[one.reason]]);
  const thin = report.thin.slice(0, mostRows).map((one) => [one.post, shortTime(one.from), shortTime(one.to), texts.reasons[one.reason]]);
  const holes = [...gaps, ...thin];
  const loads = report.channels.flatMap(({ limits }) => limits.filter(({ share }) => share >= 0.5));
  const ends = [...new Set(report.endsWithNobody.map(({ post }) => post))];
  return [
    `${texts.subtitle
      .replace('{from}', shortTime(report.from))
      .replace('{to}', shortTime(report.to))
      .replace('{seed}', String(report.seed))
      .replace('{silent}', `${Math.round(report.silent * 100)}%`)}\n${totals.join(comma)}\n\n`,
    people,
    holes.length === 0 ? '' : `\n${toTable([columns.post, columns.from, columns.to, columns.reason], holes)}`,
    showItems(report),
    `\n${texts.endsWithNobody.replace('{posts}', ends.join(comma) || texts.none)}\n`,
    loads.length === 0
      ? ''
      : `\n${toTable(
          [columns.platform, columns.scope, columns.limit, columns.peak, columns.share, columns.peakAt],
          loads.map((one) => [
            texts.platforms[one.platform] ?? one.platform,
            texts.scopes[one.scope],
            `${one.count} / ${one.perMs / 1_000} s`,
            String(one.peak),
            `${Math.round(one.share * 100)}%`,
            shortTime(one.peakAt),
          ]),
        )}`,
    ...written.map((path) => `${texts.written.replace('{path}', path)}\n`),
  ].join('');
};

type Flags = Omit<RehearsalArguments, 'items'> & { readonly items?: readonly string[] | true };

export const addSimulate = (
  actions: CliActions,
  leaf: (parent: Command, name: string, description: string) => Command,
  parent: Command,
  tell: Tell,
): void => {
  const { help } = texts;
  leaf(parent, 'simulate', help.simulate)
    .option('--campaign <file>', help.campaign)
    .option('--contacts <file>', help.contacts)
    .option('--roster <file>', help.roster)
    .option('--from <instant>', help.from, readInstant(actions.timeZone))
    .option('--to <instant>', help.to, readInstant(actions.timeZone))
    .option('--seed <number>', help.seed, readSeed, 1)
    .option('--silent <share>', help.silent, readShare, 0)
    .option('--items [rates...]', help.items)
    .option('--xlsx <file>', help.xlsx)
    .option('--html <file>', help.html)
    .action(async ({ items: given, ...flags }: Flags, command: Command) => {
      const items = given === undefined ? undefined : readItems(given);
      if (given !== undefined && items === undefined) return command.error(texts.usage.items);
      const report = await actions.rehearse({ ...flags, ...(items === undefined ? {} : { items }) });
      const written = [flags.xlsx, flags.html].filter((path) => path !== undefined);
      tell(command, { exit: 0, json: report, text: showRehearsal(report, written) });
    });
};
