import { isUnanswered, type CheckCategory } from '../../domain/figures/check-category.ts';
import { isLost } from '../../domain/figures/stretch.ts';
import type { ReportKind } from '../../domain/figures/report-draft.ts';
import { toIso } from '../../domain/local-time.ts';
import { figureTexts } from '../../messages/figure-texts.ts';
import { reportTexts } from '../../messages/report-texts.ts';
import { shareText } from '../../messages/share-text.ts';
import type { ReportPaper, ReportTable } from '../../ports/report.ts';
import { heatBands } from './heat-bands.ts';
import type { FiguresView } from './view-figures.ts';

export type ReportContext = { readonly campaign: string; readonly office: string; readonly timeZone: string; readonly now: number };

const words = reportTexts;
const texts = figureTexts['zh-CN'];
const hourMs = 3_600_000;
/** Gaps that are named in the text; all stand in the annex. */
const mostNamed = 8;

const put = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

const percent = (share: number | null): string => (share === null ? '—' : shareText(share));
const hours = (ms: number): number => Math.round(ms / (hourMs / 10)) / 10;
const took = (ms: number | null): string => {
  if (ms === null) return '—';
  const seconds = Math.round(ms / 1_000);
  return seconds < 60
    ? put(texts.seconds, { seconds })
    : put(texts.minutesSeconds, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
};

const dayText = (iso: string): string => {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return put(words.day, { year: year!, month: month!, day: day! });
};
const wallText = (iso: string): string =>
  put(words.wall, { month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)), time: iso.slice(11, 16) });
const startsDay = (iso: string): boolean => iso.slice(11, 16) === '00:00';

/** Whole days are named by their days, anything else by its hours. */
const spanText = ({ from, to }: FiguresView, timeZone: string): string => {
  if (!startsDay(from) || !startsDay(to))
    return put(words.span, { from: `${dayText(from)}${from.slice(11, 16)}`, to: `${dayText(to)}${to.slice(11, 16)}` });
  const last = toIso(timeZone, Date.parse(to) - 1);
  return dayText(from) === dayText(last) ? dayText(from) : put(words.span, { from: dayText(from), to: dayText(last) });
};

type Gap = { readonly post: string; readonly from: string; readonly to: string; readonly kind: string };
const gapsOf = ({ coverage }: FiguresView): readonly Gap[] =>
  coverage.flatMap(({ post, stretches }) =>
    stretches.flatMap(({ from, to, kind }) => (isLost(kind) ? [{ post, from, to, kind: texts.stretches[kind] }] : [])),
  );

const total = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((sum, one) => sum + of(one), 0);

/** What must be told of a period: each by how often it happened. */
export const toldIn = (view: FiguresView) => {
  const { league, matters, items } = view;
  const { help, postEmpty, channelFailure } = matters;
  const unanswered = total(categories.filter(isUnanswered), (category) => league.all.counts[category]);
  const overdue = total(items.byUnit, (unit) => unit.overdue);
  const handedInLate = total(items.byUnit, (unit) => unit.late);
  const { late, undelivered, invalidNumber } = league.all.counts;
  const unreached = undelivered + invalidNumber;
  return { gaps: gapsOf(view).length, unanswered, late, unreached, help, postEmpty, channelFailure, overdue, handedInLate };
};

/** Of what has not begun there is nothing to say, not even that nothing happened. */
const isBegun = ({ from, asOf }: Pick<FiguresView, 'from' | 'asOf'>): boolean => Date.parse(asOf) > Date.parse(from);

/** Somebody was to be on post, or was asked: else that nothing happened is nothing that anybody has seen. */
const isWatched = ({ coverage, league }: FiguresView): boolean => league.all.asked > 0 || coverage.some(({ totalMs }) => totalMs > 0);

/** Nobody was missing, silent, late, out of reach or in need of help, and nothing is overdue: what is reported then is that there is nothing to report. */
export const isZero = (view: FiguresView): boolean =>
  isBegun(view) && isWatched(view) && Object.values(toldIn(view)).every((count) => count === 0);

const dutyLines = (view: FiguresView): readonly string[] => {
  const whole = total(view.coverage, ({ totalMs }) => totalMs);
  if (whole === 0) return [words.noPosts];
  const covered = total(view.coverage, ({ coveredMs }) => coveredMs);
  const gaps = gapsOf(view);
  const named = gaps.slice(0, mostNamed).map((gap) => put(words.gap, { ...gap, from: wallText(gap.from), to: wallText(gap.to) }));
  const pattern = gaps.length > mostNamed ? words.gapsMore : words.gaps;
  return [
    put(words.coverage, { total: hours(whole), covered: hours(covered), share: percent(covered / whole) }),
    gaps.length === 0 ? words.noGaps : put(pattern, { count: gaps.length, list: named.join(words.semicolon) }),
  ];
};

const checkLines = ({ league: { all } }: FiguresView): readonly string[] => {
  if (all.asked === 0) return [words.noChecks];
  const others = categories.filter((category) => category !== 'onPost' && all.counts[category] > 0);
  const list = others.map((category) => put(words.part, { category: texts.categories[category], count: all.counts[category] }));
  return [
    put(words.checks, { asked: all.asked, counted: all.counted, onPost: all.counts.onPost, share: percent(all.share) }),
    ...(list.length === 0 ? [] : [put(words.others, { list: list.join(words.comma) })]),
    ...(all.counted === 0 ? [] : [put(words.times, { p50: took(all.p50Ms), p95: took(all.p95Ms) })]),
  ];
};

const itemSums = ({ items: { byUnit } }: FiguresView) => ({
  handedOver: total(byUnit, (one) => one.handedOver),
  inTime: total(byUnit, (one) => one.inTime),
  late: total(byUnit, (one) => one.late),
  closed: total(byUnit, (one) => one.closed),
  open: total(byUnit, (one) => one.open),
  overdue: total(byUnit, (one) => one.overdue),
});

const sectionsOf = (view: FiguresView, asked: ReportKind): ReportPaper['sections'] => {
  if (!isBegun(view)) return [{ heading: words.headings.duty, lines: [words.notBegun] }];
  const { handovers, ...matters } = view.matters;
  return [
    { heading: words.headings.duty, lines: dutyLines(view) },
    { heading: words.headings.checks, lines: checkLines(view) },
    { heading: words.headings.matters, lines: [put(words.matters, { ...matters, inTime: handovers.inTime, late: handovers.late })] },
    { heading: words.headings.items, lines: [put(words.items, itemSums(view))] },
    ...(kindOf(view, asked) === 'zero' ? [{ heading: words.headings.zero, lines: [words.zero] }] : []),
  ];
};

const { columns } = texts;
const categories = Object.keys(texts.categories) as CheckCategory[];
/** Shown whether there are any or not. */
const always: readonly CheckCategory[] = ['onPost', 'late', 'noAnswer', 'standIn', 'undelivered'];

const leagueTable = ({ league }: FiguresView): Omit<ReportTable, 'title'> => {
  const shown = categories.filter((category) => always.includes(category) || league.all.counts[category] > 0);
  const isRanked = league.rows.length > 1 && league.rows.some(({ rank }) => rank !== null);
  return {
    headings: [
      ...(isRanked ? [columns.rank] : []),
      columns.unit,
      columns.share,
      columns.counted,
      columns.asked,
      columns.p50,
      columns.p95,
      ...shown.map((one) => texts.categories[one]),
    ],
    columns: [...(isRanked ? (['text'] as const) : []), 'text', 'share'],
    weights: [...(isRanked ? [2] : []), 5, 3, 2, 2, 4, 4, ...shown.map(() => 2)],
    rows: league.rows.map((row) => [
      ...(isRanked ? [row.rank ?? '—'] : []),
      row.unit,
      percent(row.share),
      row.counted,
      row.asked,
      took(row.p50Ms),
      took(row.p95Ms),
      ...shown.map((category) => row.counts[category]),
    ]),
  };
};

const coverageTable = (view: FiguresView): Omit<ReportTable, 'title'> => ({
  headings: [columns.unit, columns.post, columns.covered, columns.total, '%', columns.gaps],
  columns: ['text', 'text', 'text', 'text', 'share'],
  weights: [4, 4, 2, 2, 2, 8],
  rows: view.coverage.map((post) => [
    post.unit,
    post.post,
    hours(post.coveredMs),
    hours(post.totalMs),
    percent(post.totalMs === 0 ? null : post.coveredMs / post.totalMs),
    gapsOf({ ...view, coverage: [post] })
      .map(({ from, to, kind }) => put(words.gap, { post: '', from: wallText(from), to: wallText(to), kind }))
      .join(words.semicolon),
  ]),
});

const itemsTable = ({ items }: FiguresView): Omit<ReportTable, 'title'> => ({
  headings: [columns.unit, columns.handedOver, columns.inTime, columns.late, columns.closed, columns.open, columns.overdue],
  weights: [6, 2, 2, 2, 2, 2, 2],
  rows: items.byUnit.map((one) => [one.unit, one.handedOver, one.inTime, one.late, one.closed, one.open, one.overdue]),
});

const loadsTable = ({ loads }: FiguresView): Omit<ReportTable, 'title'> => ({
  headings: [columns.person, columns.shifts, columns.nights, columns.weekends, columns.holidays, columns.standing],
  weights: [4, 2, 2, 2, 2, 3],
  rows: loads.map((one) => [one.name, one.shifts, one.nights, one.weekends, one.holidays, hours(one.standingMs)]),
});

const definitionsTable = (): Omit<ReportTable, 'title'> => ({
  headings: words.definitionHeadings,
  weights: [2, 9, 3, 4],
  rows: Object.values(texts.definitions).map(({ title, meaning, numerator, denominator }) => [title, meaning, numerator, denominator]),
});

const annexes = ['league', 'coverage', 'items', 'loads', 'definitions'] as const;
const tableOf = { league: leagueTable, coverage: coverageTable, items: itemsTable, loads: loadsTable, definitions: definitionsTable };

/** Tables with nothing in them are left out, and the rest are numbered. */
const tablesOf = (view: FiguresView): readonly ReportTable[] =>
  annexes
    .map((name) => ({ name, table: tableOf[name](view) }))
    .filter(({ table }) => table.rows.length > 0)
    .map(({ name, table }, index) => ({ ...table, title: put(words.annex, { no: index + 1, name: words.annexes[name] }) }));

const keysOf = (view: FiguresView): ReportPaper['keys'] => {
  const covered = total(view.coverage, ({ coveredMs }) => coveredMs);
  const whole = total(view.coverage, ({ totalMs }) => totalMs);
  const { all } = view.league;
  const items = itemSums(view);
  const { keys } = words;
  return [
    {
      name: keys.coverage,
      value: percent(whole === 0 ? null : covered / whole),
      detail: `${hours(covered)}/${hours(whole)}`,
      isBad: covered < whole,
    },
    { name: keys.share, value: percent(all.share), detail: `${all.counts.onPost}/${all.counted}`, isBad: (all.share ?? 1) < 1 },
    { name: keys.p95, value: took(all.p95Ms), detail: `${columns.p50} ${took(all.p50Ms)}`, isBad: false },
    { name: keys.overdue, value: String(items.overdue), detail: `${columns.open} ${items.open}`, isBad: items.overdue > 0 },
  ];
};

const heatOf = ({ heat }: FiguresView): ReportPaper['heat'] => ({
  title: words.heat,
  bands: heatBands(heat.reduce((most, { unanswered }) => Math.max(most, unanswered), 0)),
  blank: words.band.blank,
  rows: texts.weekdays.map((name, index) => ({
    name,
    hours: heat.slice(index * 24, index * 24 + 24).map(({ counted, unanswered }) => (counted === 0 ? null : unanswered)),
  })),
});

/** A day on which there is nothing to tell is a zero report. */
const kindOf = (view: FiguresView, asked: ReportKind): ReportKind => (asked === 'daily' && isZero(view) ? 'zero' : asked);

/** The same figures as everywhere, in the form in which offices hand them upwards. */
export const buildReport = (view: FiguresView, asked: ReportKind, { campaign, office, timeZone, now }: ReportContext): ReportPaper => ({
  title: put(words.titles[kindOf(view, asked)], { campaign }),
  subtitle: spanText(view, timeZone),
  keys: keysOf(view),
  sections: sectionsOf(view, asked),
  source: put(words.source, { seq: view.seq, asOf: wallText(view.asOf) }),
  sign: [office, dayText(toIso(timeZone, now))],
  tables: tablesOf(view),
  heat: heatOf(view),
  page: words.page,
});
