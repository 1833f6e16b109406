import type { Definition, FigureTexts } from '../../messages/figure-texts.ts';
import type { PageFigureTexts } from '../../messages/page-figure-texts.ts';
import { put } from '../logic/put.ts';
import { missesHref } from '../logic/route.ts';
import { drawBars } from './draw-base.ts';
import { drawCoverage, isLost, mostRows } from './draw-coverage.ts';
import { drawHeat } from './draw-heat.ts';
import type { Drawing, Table } from './drawing.ts';
import { hoursOf, percent, shortTime, took } from './format.ts';
import type { Palette } from './palette.ts';
import type { Category, Figures, ItemCounts } from './types.ts';

/** One card of the view: what it draws, and the same as a table. */
export type Card = {
  readonly name: string;
  readonly definition: Definition;
  readonly title: string;
  readonly table: Table;
  readonly draw: (palette: Palette) => Drawing;
  readonly summary: string;
  readonly note?: string;
  readonly isTableFirst?: boolean;
  readonly isWide?: boolean;
};

/** Whoever looks is told how units compare, or how each answered without a rank, or their own alone. */
export type Answers = 'ranked' | 'each' | 'own';

type Make = (figures: Figures, texts: FigureTexts, words: PageFigureTexts, answers: Answers) => Card;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const coverage: Make = (figures, texts, words) => {
  const { columns } = texts;
  const [covered, total] = [sum(figures.coverage.map(({ coveredMs }) => coveredMs)), sum(figures.coverage.map(({ totalMs }) => totalMs))];
  const lost = (post: Figures['coverage'][number]): string =>
    post.stretches
      .filter(({ kind }) => isLost(kind))
      .map(({ from, to, kind }) => `${shortTime(from)} – ${shortTime(to)} ${texts.stretches[kind]}`)
      .join('; ') || texts.none;
  const { length } = figures.coverage;
  return {
    name: 'coverage',
    definition: texts.definitions.coverage,
    title: texts.definitions.coverage.title,
    isWide: true,
    table: {
      headings: [columns.unit, columns.post, columns.covered, columns.total, '%', columns.gaps],
      rows: figures.coverage.map((post) => [
        post.unit,
        post.post,
        put(texts.hours, { hours: hoursOf(post.coveredMs) }),
        put(texts.hours, { hours: hoursOf(post.totalMs) }),
        percent(post.totalMs === 0 ? null : post.coveredMs / post.totalMs),
        lost(post),
      ]),
    },
    draw: (palette) => drawCoverage(figures, texts, palette),
    summary: percent(total === 0 ? null : covered / total),
    ...(length > mostRows ? { note: put(words.most, { count: mostRows, all: length }) } : {}),
  };
};

const heat: Make = (figures, texts) => {
  const { columns } = texts;
  const asked = figures.heat.filter(({ counted }) => counted > 0);
  const worst = asked.toSorted((one, other) => other.unanswered - one.unanswered)[0];
  return {
    name: 'heat',
    definition: texts.definitions.heat,
    title: texts.definitions.heat.title,
    table: {
      headings: [columns.weekday, columns.hour, columns.unanswered, columns.counted, '%'],
      rows: asked.map((cell) => [
        texts.weekdays[cell.weekday - 1]!,
        `${cell.hour}:00`,
        cell.unanswered,
        cell.counted,
        percent(cell.unanswered / cell.counted),
      ]),
    },
    draw: (palette) => drawHeat(figures, texts, palette),
    summary:
      worst && worst.unanswered > 0
        ? `${texts.weekdays[worst.weekday - 1]} ${worst.hour}:00 ${columns.unanswered} ${worst.unanswered}`
        : texts.none,
  };
};

const response: Make = (figures, texts, words, answers) => {
  const { columns } = texts;
  const timed = figures.league.rows.filter(({ p95Ms }) => p95Ms !== null);
  // the slowest first is a ranking too
  const rows = answers === 'ranked' ? timed.toSorted((one, other) => other.p95Ms! - one.p95Ms!) : timed;
  const shown = rows.slice(0, mostRows);
  return {
    name: 'response',
    definition: texts.definitions.response,
    title: texts.definitions.response.title,
    table: {
      headings: [columns.unit, columns.p50, columns.p95, columns.counted],
      rows: rows.map((row) => [row.unit, took(row.p50Ms, texts), took(row.p95Ms, texts), row.counted]),
    },
    draw: (palette) =>
      drawBars(
        {
          names: shown.map(({ unit }) => unit),
          series: [
            { name: columns.p50, color: palette.green, values: shown.map(({ p50Ms }) => p50Ms ?? 0) },
            { name: columns.p95, color: palette['escalated-edge'], values: shown.map(({ p95Ms }) => p95Ms ?? 0) },
          ],
          unit: (ms) => took(ms, texts),
        },
        palette,
      ),
    summary: `${columns.p50} ${took(figures.league.all.p50Ms, texts)}, ${columns.p95} ${took(figures.league.all.p95Ms, texts)}`,
    ...(rows.length > mostRows ? { note: put(words.most, { count: mostRows, all: rows.length }) } : {}),
  };
};

const shownCategories: readonly Category[] = [
  'onPost',
  'late',
  'noAnswer',
  'busy',
  'hungUp',
  'standIn',
  'notOnPost',
  'invalidNumber',
  'undelivered',
  'channelFailure',
  'open',
  'withdrawn',
  'leftOut',
];

const categoryColors = (palette: Palette): { readonly [category in Category]: string } => ({
  onPost: palette.green,
  late: palette['waiting-edge'],
  noAnswer: palette['missed-edge'],
  busy: palette['escalated-edge'],
  hungUp: palette['escalated-edge'],
  standIn: palette['empty-edge'],
  notOnPost: palette['empty-edge'],
  invalidNumber: palette['line-strong'],
  undelivered: palette['line-strong'],
  channelFailure: palette['line-strong'],
  open: palette.line,
  withdrawn: palette.line,
  leftOut: palette.line,
});

/** The same counts without a rank: of the units of whoever looks, of all together where they see none by its name, or of each. */
const unranked = ({ league: { rows } }: Figures, texts: FigureTexts, { answers: titles }: PageFigureTexts, answers: Answers) => {
  const ofTheirs = rows.length === 0 ? titles.all : rows.length === 1 ? titles.one : titles.several;
  return {
    title: answers === 'own' ? ofTheirs : titles.several,
    definition: { ...texts.definitions.league, meaning: titles.meaning },
  };
};

const league: Make = (figures, texts, words, answers) => {
  const { columns } = texts;
  const { rows, all } = figures.league;
  // of one unit alone the first place says nothing
  const isRanked = answers === 'ranked' && rows.length !== 1;
  const categories = shownCategories.filter(
    (category) => all.counts[category] > 0 || ['onPost', 'late', 'noAnswer', 'standIn', 'undelivered'].includes(category),
  );
  const cellsOf = ({ share, counted, asked, counts }: Figures['league']['all']) => [
    percent(share),
    counted,
    asked,
    ...categories.map((category) => counts[category]),
  ];
  const rankOf = <Told extends number | string>(rank: Told): readonly Told[] => (isRanked ? [rank] : []);
  const isTold = rows.length > 0 || (!isRanked && all.asked > 0);
  // beside one row its total would say the same twice
  const totals = !isTold || rows.length === 1 ? [] : [[...rankOf(''), texts.all, ...cellsOf(all)]];
  const shown = rows.length === 0 ? [{ unit: texts.all, counts: all.counts }] : rows.slice(0, mostRows);
  return {
    name: 'league',
    ...(isRanked
      ? { title: texts.definitions.league.title, definition: texts.definitions.league }
      : unranked(figures, texts, words, answers)),
    isTableFirst: true,
    isWide: true,
    table: {
      headings: [
        ...rankOf(columns.rank),
        columns.unit,
        columns.share,
        columns.counted,
        columns.asked,
        ...categories.map((category) => texts.categories[category]),
      ],
      rows: [...rows.map((row) => [...rankOf(row.rank ?? '–'), row.unit, ...cellsOf(row)]), ...totals],
      links: {
        column: isRanked ? 1 : 0,
        of: rows.map(({ unitId, unit }) => ({ href: missesHref(unitId), label: put(words.misses, { unit }) })),
      },
    },
    draw: (palette) =>
      drawBars(
        {
          names: shown.map(({ unit }) => unit),
          series: categories.map((category) => ({
            name: texts.categories[category],
            color: categoryColors(palette)[category],
            values: shown.map(({ counts }) => counts[category]),
            stack: 'all',
          })),
        },
        palette,
      ),
    summary: `${columns.share} ${percent(all.share)}`,
    ...(rows.length > mostRows ? { note: put(words.most, { count: mostRows, all: rows.length }) } : {}),
  };
};

const itemTable = (texts: FigureTexts, heading: string, rows: readonly (ItemCounts & { readonly name: string })[]): Table => {
  const { columns } = texts;
  return {
    headings: [heading, columns.handedOver, columns.inTime, columns.late, columns.closed, columns.open, columns.overdue],
    rows: rows.map(({ name, handedOver, inTime, late, closed, open, overdue }) => [name, handedOver, inTime, late, closed, open, overdue]),
  };
};

const itemBars = (texts: FigureTexts, rows: readonly (ItemCounts & { readonly name: string })[], palette: Palette): Drawing => {
  const { columns } = texts;
  return drawBars(
    {
      names: rows.map(({ name }) => name),
      series: [
        { name: columns.closed, color: palette.green, values: rows.map(({ closed }) => closed), stack: 'all' },
        { name: columns.open, color: palette['waiting-edge'], values: rows.map(({ open, overdue }) => open - overdue), stack: 'all' },
        { name: columns.overdue, color: palette['missed-edge'], values: rows.map(({ overdue }) => overdue), stack: 'all' },
      ],
    },
    palette,
  );
};

const itemsBy =
  (key: 'byUnit' | 'byKind'): Make =>
  (figures, texts, words) => {
    const rows =
      key === 'byUnit'
        ? figures.items.byUnit.map((row) => ({ ...row, name: row.unit }))
        : figures.items.byKind.map((row) => ({ ...row, name: row.label }));
    const sorted = rows.toSorted((one, other) => other.overdue - one.overdue || other.open - one.open || (one.name < other.name ? -1 : 1));
    const shown = sorted.slice(0, mostRows);
    return {
      name: `items-${key}`,
      definition: texts.definitions.items,
      title: `${texts.definitions.items.title} · ${words[key]}`,
      table: itemTable(texts, key === 'byUnit' ? texts.columns.unit : texts.columns.kind, sorted),
      draw: (palette) => itemBars(texts, shown, palette),
      summary: `${texts.columns.open} ${sum(rows.map(({ open }) => open))}, ${texts.columns.overdue} ${sum(rows.map(({ overdue }) => overdue))}`,
      ...(rows.length > mostRows ? { note: put(words.most, { count: mostRows, all: rows.length }) } : {}),
    };
  };

const ages: Make = (figures, texts, words) => {
  const limits = figures.items.ages.map(({ upToDays }) => upToDays);
  const names = limits.map((days, index) =>
    days === null ? put(texts.ages.older, { days: limits[index - 1] ?? 0 }) : put(texts.ages.upTo, { days }),
  );
  const counts = figures.items.ages.map(({ count }) => count);
  return {
    name: 'ages',
    definition: texts.definitions.items,
    title: `${texts.definitions.items.title} · ${words.byAge}`,
    table: {
      headings: [texts.columns.age, texts.columns.count],
      rows: sum(counts) === 0 ? [] : names.map((name, index) => [name, counts[index]!]),
    },
    draw: (palette) =>
      drawBars({ names, series: [{ name: texts.columns.open, color: palette['waiting-edge'], values: counts, stack: 'all' }] }, palette),
    summary: names.map((name, index) => `${name} ${counts[index]}`).join(', '),
  };
};

const mostPeople = 30;

const loads: Make = (figures, texts, words) => {
  const { columns } = texts;
  const shown = figures.loads.slice(0, mostPeople);
  return {
    name: 'loads',
    definition: texts.definitions.loads,
    title: texts.definitions.loads.title,
    table: {
      headings: [columns.person, columns.shifts, columns.nights, columns.weekends, columns.holidays, columns.standing],
      rows: figures.loads.map(({ name, shifts, nights, weekends, holidays, standingMs }) => [
        name,
        shifts,
        nights,
        weekends,
        holidays,
        hoursOf(standingMs),
      ]),
    },
    draw: (palette) =>
      drawBars(
        {
          names: shown.map(({ name }) => name),
          series: [
            { name: columns.standing, color: palette.accent, values: shown.map(({ standingMs }) => hoursOf(standingMs)), stack: 'all' },
          ],
          unit: (hours) => put(texts.hours, { hours }),
        },
        palette,
      ),
    summary: shown[0] === undefined ? texts.none : `${shown[0].name} ${put(texts.hours, { hours: hoursOf(shown[0].standingMs) })}`,
    ...(figures.loads.length > mostPeople ? { note: put(words.most, { count: mostPeople, all: figures.loads.length }) } : {}),
  };
};

const matters: Make = ({ matters: found }, texts) => {
  const { handovers, ...rest } = found;
  const counts: readonly (readonly [keyof FigureTexts['matters'], number])[] = [
    ['help', rest.help],
    ['postEmpty', rest.postEmpty],
    ['channelFailure', rest.channelFailure],
    ['handoversInTime', handovers.inTime],
    ['handoversLate', handovers.late],
    ['handoversLapsed', handovers.lapsed],
  ];
  const rows = counts.map(([matter, count]) => [texts.matters[matter], count] as const);
  return {
    name: 'matters',
    definition: texts.definitions.matters,
    title: texts.definitions.matters.title,
    isTableFirst: true,
    table: { headings: [texts.columns.kind, texts.columns.count], rows },
    draw: (palette) =>
      drawBars(
        {
          names: rows.map(([name]) => name),
          series: [{ name: texts.columns.count, color: palette.accent, values: rows.map(([, count]) => count), stack: 'all' }],
        },
        palette,
      ),
    summary: rows.map(([name, count]) => `${name} ${count}`).join(', '),
  };
};

const makers: readonly Make[] = [league, coverage, heat, response, itemsBy('byUnit'), itemsBy('byKind'), ages, loads, matters];

export const cardsOf = (...told: Parameters<Make>): readonly Card[] => makers.map((make) => make(...told));
