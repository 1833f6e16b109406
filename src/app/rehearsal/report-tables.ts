import { rehearsalTexts as texts } from '../../messages/rehearsal-texts.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import type { Sheet } from '../../ports/write-workbook.ts';
import type { RehearsalReport } from './report.ts';

const { columns, comma } = texts;

const kindName = (kind: string): string => (zhCN.kinds as { readonly [kind: string]: string })[kind] ?? kind;
const rolesText = (roles: readonly string[]): string => roles.map((role) => texts.roles[role] ?? role).join(comma) || texts.none;
const shortTime = (iso: string | null): string => (iso ?? '').slice(0, 16).replace('T', ' ');

const spanText = (ms: number): string => {
  const [pattern, unitMs] =
    ms % 3_600_000 === 0 ? [texts.spans.hour, 3_600_000] : ms % 60_000 === 0 ? [texts.spans.minute, 60_000] : [texts.spans.second, 1_000];
  return pattern.replace('{n}', String(ms / unitMs));
};

/** Shades rows that somebody should look at. */
const shadesOf = <T>(rows: readonly T[], isBad: (row: T) => boolean): NonNullable<Sheet['shades']> =>
  rows.map((row) => (isBad(row) ? 'strong' : 'plain'));

const duties = (report: RehearsalReport): readonly Sheet[] => {
  const { gaps, thin, weakLadders, endsWithNobody } = report;
  return [
    {
      name: texts.sheets.gaps,
      headings: [columns.unit, columns.post, columns.from, columns.to, columns.hours, columns.reason],
      widths: [20, 20, 18, 18, 10, 12],
      rows: gaps.map((one) => [one.unit, one.post, shortTime(one.from), shortTime(one.to), one.hours, texts.reasons[one.reason]]),
      shades: shadesOf(gaps, ({ reason }) => reason === 'noShift'),
    },
    {
      name: texts.sheets.thin,
      headings: [columns.unit, columns.post, columns.from, columns.to, columns.hours, columns.reason],
      widths: [20, 20, 18, 18, 10, 14],
      rows: thin.map((one) => [one.unit, one.post, shortTime(one.from), shortTime(one.to), one.hours, texts.reasons[one.reason]]),
    },
    {
      name: texts.sheets.ladders,
      headings: [columns.unit, columns.post, columns.from, columns.to, columns.hours, columns.missing, columns.left, columns.isEnd],
      widths: [20, 20, 18, 18, 10, 30, 40, 10],
      rows: weakLadders.map((one) => [
        one.unit,
        one.post,
        shortTime(one.from),
        shortTime(one.to),
        one.hours,
        rolesText(one.missing),
        rolesText(one.left),
        endsWithNobody.includes(one) ? texts.yes : '',
      ]),
      shades: shadesOf(weakLadders, (one) => endsWithNobody.includes(one)),
    },
  ];
};

const itemSheet = ({ items }: RehearsalReport): readonly Sheet[] =>
  items === undefined
    ? []
    : [
        {
          name: texts.sheets.items,
          headings: [
            columns.kind,
            columns.itemsPerDay,
            columns.handedOver,
            columns.handedInInTime,
            columns.handedInLate,
            columns.notHandedIn,
            columns.closed,
          ],
          widths: [20, 12, 12, 12, 12, 12, 12],
          rows: items.map((one) => [one.kind, one.perDay, one.handedOver, one.inTime, one.late, one.notHandedIn, one.closed]),
          shades: shadesOf(items, ({ late }) => late > 0),
        },
      ];

const load = ({ channels }: RehearsalReport): Sheet => {
  const rows = channels.flatMap((channel) => channel.limits.map((limit) => ({ channel, limit })));
  return {
    name: texts.sheets.channels,
    headings: [
      columns.channel,
      columns.messages,
      columns.peakPerMinute,
      columns.platform,
      columns.scope,
      columns.limit,
      columns.peak,
      columns.share,
      columns.peakAt,
      columns.drain,
    ],
    widths: [10, 12, 12, 14, 10, 18, 12, 10, 18, 10],
    rows: [
      ...channels
        .filter(({ limits }) => limits.length === 0)
        .map((one) => [
          texts.channels[one.channel] ?? one.channel,
          one.messages,
          one.peakPerMinute,
          '',
          '',
          '',
          '',
          '',
          shortTime(one.peakAt),
          '',
        ]),
      ...rows.map(({ channel, limit }) => [
        texts.channels[channel.channel] ?? channel.channel,
        channel.messages,
        channel.peakPerMinute,
        texts.platforms[limit.platform] ?? limit.platform,
        texts.scopes[limit.scope],
        texts.per.replace('{count}', String(limit.count)).replace('{span}', spanText(limit.perMs)),
        limit.peak,
        `${Math.round(limit.share * 100)}%`,
        shortTime(limit.peakAt),
        Math.ceil(limit.drainMs / 1_000),
      ]),
    ],
    shades: [
      ...channels.filter(({ limits }) => limits.length === 0).map(() => 'plain' as const),
      ...shadesOf(rows, ({ limit }) => limit.share > 1),
    ],
  };
};

export const rehearsalTitle = ({
  campaign,
  from,
  to,
  seed,
  silent,
}: RehearsalReport): { readonly title: string; readonly subtitle: string } => ({
  title: texts.title.replace('{campaign}', campaign),
  subtitle: texts.subtitle
    .replace('{from}', shortTime(from))
    .replace('{to}', shortTime(to))
    .replace('{seed}', String(seed))
    .replace('{silent}', `${Math.round(silent * 100)}%`),
});

/** What was counted, and what was not. */
export const rehearsalNote = ({ items }: RehearsalReport): string => `${texts.night}${items ? texts.withItems : texts.withoutItems}`;

/** What a rehearsal found as tables, for a workbook and for a page. */
export const rehearsalTables = (report: RehearsalReport): readonly Sheet[] => {
  const { people, posts, kinds, leftOpen } = report;
  const sheets: readonly Sheet[] = [
    {
      name: texts.sheets.people,
      headings: [columns.name, columns.unit, columns.part, columns.day, columns.night, columns.questions, columns.mostInADay],
      widths: [14, 24, 12, 12, 12, 12, 12],
      rows: people.map((one) => [one.name, one.unit, texts.parts[one.part], one.day, one.night, one.questions, one.mostInADay]),
    },
    {
      name: texts.sheets.posts,
      headings: [columns.unit, columns.post, columns.questions, columns.perDay, columns.late, columns.missed, columns.steps],
      widths: [24, 24, 12, 12, 12, 12, 12],
      rows: posts.map((one) => [one.unit, one.post, one.questions, one.perDay, one.late, one.missed, one.steps]),
      shades: shadesOf(posts, ({ missed }) => missed > 0),
    },
    ...duties(report),
    ...itemSheet(report),
    {
      name: texts.sheets.kinds,
      headings: [
        columns.kind,
        columns.opened,
        columns.inTime,
        columns.late,
        columns.takenOver,
        columns.withdrawn,
        columns.missed,
        columns.steps,
      ],
      widths: [20, 12, 12, 12, 14, 12, 12, 12],
      rows: kinds.map((one) => [kindName(one.kind), one.opened, one.inTime, one.late, one.takenOver, one.withdrawn, one.missed, one.steps]),
    },
    {
      name: texts.sheets.leftOpen,
      headings: [columns.subject, columns.kind, columns.since, columns.missed],
      widths: [30, 20, 20, 10],
      rows: leftOpen.map((one) => [one.subject, kindName(one.kind), shortTime(one.since), one.isMissed ? texts.yes : '']),
    },
    load(report),
  ];
  return sheets.map((sheet) => ({ ...sheet, ...rehearsalTitle(report), foot: [rehearsalNote(report)] }));
};
