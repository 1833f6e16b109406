import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeReportPdf } from '../../../adapters/paper/write-report-pdf.ts';
import { writeReportPicture } from '../../../adapters/paper/write-report-picture.ts';
import { buildReport } from '../../../src/app/figures/build-report.ts';
import type { ReportFormat, ReportPaper } from '../../../src/ports/report.ts';
import { checkCategories } from '../../../src/domain/figures/check-category.ts';
import type { CategoryCounts } from '../../../src/domain/figures/fold-checks.ts';
import { toFiguresView, type FiguresSight } from '../../../src/app/figures/figures-door.ts';
import type { FiguresView } from '../../../src/app/figures/view-figures.ts';
import { reportAction } from '../../../src/wiring/report-action.ts';
import { officeGroup } from '../../../src/domain/escalation/resolve.ts';
import { idOf } from '../../support/invented.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { wholeText } from '../../support/recording-channel.ts';
import { startService } from '../../support/service.ts';

/** One campaign, told by every way in which figures leave the house: they must all say the same. */

const everything = { units: 'all', answers: 'ranked' } as const;
const day = { from: '2021-08-27', to: '2021-08-27' };
const spaceless = (text: string): string => text.replaceAll(/\s/gu, '');

const playDay = async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  const { clock, passTo, deliverMessage, chat } = service;
  let count = 0;
  const says = async (from: string, said: { readonly text?: string; readonly value?: unknown }): Promise<void> => {
    count += 1;
    const base = { id: `x${count}`, channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: clock.now() };
    await deliverMessage({ ...base, ...said });
  };
  const passes = (minutes: number) => passTo(clock.now() + minutes * 60_000);
  await passes(3);
  await says(idOf('赵主班'), { text: '在岗' });
  await passes(14);
  await says(idOf('东主班'), { text: '在岗' });
  await passes(20);
  await says(idOf('西主班'), { text: '求援' });
  await passes(1);
  const buttonOf = (to: string, action: string) =>
    chat
      .seenBy(to)
      .flatMap(({ message }) => message.card?.buttons ?? [])
      .findLast(({ value }) => value.action === action)?.value;
  return { ...service, says, passes, buttonOf };
};

type Played = Awaited<ReturnType<typeof playDay>>;
type Told = {
  readonly paper: ReportPaper;
  readonly view: FiguresView;
  readonly card: string;
  readonly bytes: { readonly [format in ReportFormat]: Uint8Array };
};

const draftOf = async ({ says, chat }: Played): Promise<string> => {
  await says(idOf('陈干事'), { text: '日报' });
  return wholeText(chat.seenBy(idOf('陈干事')).at(-1)!.message);
};

const period = { fromAt: Date.parse('2021-08-27T00:00+08:00'), toAt: Date.parse('2021-08-28T00:00+08:00'), unitIds: [] };

const tellAll = async (service: Played): Promise<Told> => {
  const { figures } = service;
  const card = await draftOf(service);
  const write = (format: ReportFormat) => figures.reports.write(format, 'daily', day, everything, { channel: 'api' });
  const [pdf, xlsx, png, json] = [await write('pdf'), await write('xlsx'), await write('png'), await write('json')];
  const { view, paper } = await figures.reports.read('daily', period, everything);
  return { card, paper, view, bytes: { pdf, xlsx, png, json } };
};

let played: Played;
let told: Told;

beforeAll(async () => {
  played = await playDay();
  told = await tellAll(played);
}, 60_000);

/** But for the rows that it rests on: each export adds one. */
const sentences = (paper: ReportPaper): readonly string[] => paper.sections.flatMap(({ heading, lines }) => [heading, ...lines]);

describe('the figures of a day', () => {
  it('are such that a mistake would show', () => {
    const { counts, counted } = told.view.league.all;
    expect({ counted, onPost: counts.onPost, late: counts.late, noAnswer: counts.noAnswer, help: told.view.matters.help }).toEqual({
      counted: 3,
      onPost: 1,
      late: 1,
      noAnswer: 1,
      help: 1,
    });
  });

  it('are the same in the card of the chat, sentence by sentence and key by key', () => {
    for (const sentence of sentences(told.paper)) expect(told.card).toContain(sentence);
    for (const { name, value, detail } of told.paper.keys) expect(told.card).toContain(`${name} ${value} (${detail})`);
  });

  it('are the same as data', () => {
    const { title, sections, figures } = JSON.parse(new TextDecoder().decode(told.bytes.json)) as {
      title: string;
      sections: ReportPaper['sections'];
      figures: FiguresView;
    };
    expect(title).toBe(told.paper.title);
    expect(sections).toEqual(told.paper.sections);
    const { seq: _, ...seen } = figures;
    const { seq: __, ...known } = told.view;
    expect(seen).toEqual(known);
  });

  it('are the same in the workbook, each table cell by cell', async () => {
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load(told.bytes.xlsx as never);
    const textsOf = (sheet: ExcelJs.Worksheet): readonly string[] => {
      const texts: string[] = [];
      sheet.eachRow((row) => row.eachCell((cell) => void texts.push(cell.text)));
      return texts;
    };
    const textsOfCells = (sheet: ExcelJs.Worksheet): readonly string[] =>
      sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.filter((value) => typeof value === 'string') : []));
    const [first, ...annexes] = workbook.worksheets;
    const summary = textsOf(first!);
    for (const sentence of sentences(told.paper)) expect(summary).toContain(sentence);
    for (const { value, detail } of told.paper.keys) expect(summary).toEqual(expect.arrayContaining([value, detail]));
    expect(annexes).toHaveLength(told.paper.tables.length);
    for (const [index, { rows, headings }] of told.paper.tables.entries()) {
      const cells: string[][] = [];
      annexes[index]!.eachRow((row) => {
        const shown: string[] = [];
        row.eachCell({ includeEmpty: true }, ({ value, text, numFmt }) => {
          const isShare = numFmt === '0.0%' && typeof value === 'number';
          shown.push(isShare ? `${(value * 100).toFixed(1)}%` : text);
        });
        cells.push(shown);
      });
      const at = cells.findIndex((row) => row[0] === headings[0]);
      expect(cells.slice(at + 1, at + 1 + rows.length)).toEqual(rows.map((row) => row.map(String)));
    }
    // shares can be reckoned with: none is a text
    const texts = annexes.slice(0, 2).flatMap(textsOfCells);
    expect(texts.filter((text) => /^\d+(?:\.\d+)?%$/.test(text))).toEqual([]);
  });

  it('are the same in the PDF, on A4, under their title', () => {
    const pages = readPdf(told.bytes.pdf);
    for (const { width, height } of pages) expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    const whole = spaceless(pages.flatMap(({ lines }) => lines).join(''));
    expect(whole.startsWith(spaceless(told.paper.title))).toBe(true);
    for (const sentence of sentences(told.paper)) expect(whole).toContain(spaceless(sentence));
    for (const { title, rows } of told.paper.tables) {
      expect(whole).toContain(spaceless(title));
      for (const row of rows) expect(whole).toContain(spaceless(row.join('')));
    }
    expect(whole).toContain('—1—');
  });

  it('are signed in the PDF on the page that says them, and never on a page with nothing else', async () => {
    const { paper } = told;
    const lineOf = ({ lines }: { readonly lines: readonly string[] }) => spaceless(lines.join(''));
    const [first] = readPdf(told.bytes.pdf);
    const signed = spaceless(paper.sign.join(''));
    expect(lineOf(first!)).toContain(signed);
    // sixteen lines leave no room for it, thirty-eight none on their second page either
    for (const [lines, most] of [
      [16, 1],
      [38, 3],
    ] as const) {
      const sections = [{ heading: '一、岗位值守', lines: Array.from({ length: lines - 1 }, () => '各岗位没有无人时段。') }];
      const pages = readPdf(await writeReportPdf({ ...paper, sections, tables: [] })).map(lineOf);
      expect(pages).toHaveLength(most);
      expect(pages.at(-1)).toContain(signed);
      expect(pages.at(-1)).toContain(spaceless(paper.source));
    }
  });

  it('are the same in the picture: the same rows draw the same one, and others another', async () => {
    const header = Buffer.from(told.bytes.png);
    expect(header.subarray(1, 4).toString('latin1')).toBe('PNG');
    const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
    expect(width).toBe(1_440);
    expect(height).toBeGreaterThan(900);
    expect(height).toBeLessThan(6_000);
    const { source } = told.paper;
    const own = JSON.parse(new TextDecoder().decode(told.bytes.json)) as { figures: FiguresView };
    // the picture was written two exports before the data was
    const asOf = { ...told.paper, source: source.replace(String(told.view.seq), String(own.figures.seq - 1)) };
    expect(Buffer.compare(header, Buffer.from(await writeReportPicture(asOf)))).toBe(0);
    const [first, ...rest] = told.paper.keys;
    const another = await writeReportPicture({ ...asOf, keys: [{ ...first!, value: '99.9%' }, ...rest] });
    expect(Buffer.compare(header, Buffer.from(another))).not.toBe(0);
  });

  it('are the same from the command line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    try {
      const { store, world, clock } = played;
      const ledger = {
        rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
        lastSeq: async () => store.rows().length,
      };
      const write = reportAction(async () => ({
        campaign: { settings: world.settings },
        store,
        ledger,
        log: quietLog(),
        now: clock.now(),
      }));
      const path = join(folder, 'report.json');
      await write({ path, format: 'json', ...day });
      const { figures } = JSON.parse(await readFile(path, 'utf8')) as { figures: FiguresView };
      const { seq: _, ...seen } = figures;
      const { seq: __, ...known } = told.view;
      expect(seen).toEqual(known);
      expect(store.rows().at(-1)).toMatchObject({ event: 'FiguresExported', channel: 'command', data: { format: 'json' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a period', () => {
  const dayOf = (date: string) => {
    const fromAt = Date.parse(`${date}T00:00+08:00`);
    return { fromAt, toAt: fromAt + 24 * 3_600_000, unitIds: [] };
  };

  it('that has not begun says so, and claims neither that nothing happened nor to know of what is to come', async () => {
    const { paper, view } = await played.figures.reports.read('daily', dayOf('2021-09-20'), everything);
    expect(paper.title).toBe('保障期值守日报');
    expect(sentences(paper)).toEqual(['一、岗位值守', '本期尚未开始，没有数据。']);
    expect(Date.parse(view.asOf)).toBe(played.clock.now());
    await played.says(idOf('陈干事'), { text: '9月20日的日报' });
    const { message } = played.chat.seenBy(idOf('陈干事')).at(-1)!;
    expect(wholeText(message)).toContain('本期尚未开始');
    expect(message.card?.buttons ?? []).toEqual([]);
  });

  it('in which nobody was to be on post is no zero report: nothing was seen, which is not nothing to tell', async () => {
    const { paper } = await played.figures.reports.read('daily', dayOf('2021-08-01'), everything);
    expect(paper.title).toBe('保障期值守日报');
    expect(paper.sections.flatMap(({ lines }) => lines)).toEqual(expect.arrayContaining(['本期没有需要值守的岗位。', '本期没有查岗。']));
    await played.says(idOf('陈干事'), { text: '8月1日的零报告' });
    expect(wholeText(played.chat.seenBy(idOf('陈干事')).at(-1)!.message)).toContain('不能作零报告：没有需要值守的岗位，也没有查岗');
  });

  it('in which something was handed in late is no zero report', () => {
    const { view } = told;
    const counts = Object.fromEntries(checkCategories.map((one) => [one, 0])) as CategoryCounts;
    const calm = {
      ...view,
      league: { rows: [], all: { ...view.league.all, counts } },
      matters: { help: 0, postEmpty: 0, channelFailure: 0, handovers: view.matters.handovers },
      coverage: view.coverage.map((post) => ({ ...post, stretches: post.stretches.filter(({ kind }) => kind !== 'unheard') })),
    };
    const context = { campaign: '保障期', office: '办公室', timeZone: 'Asia/Shanghai', now: played.clock.now() };
    expect(buildReport(calm, 'daily', context).title).toBe('保障期值守零报告');
    expect(buildReport({ ...calm, coverage: view.coverage }, 'daily', context).title).toBe('保障期值守日报');
    // what is not whole never looks whole
    const nearly = { ...calm, league: { rows: [], all: { ...calm.league.all, counted: 2_500, share: 2_499 / 2_500 } } };
    expect(buildReport(nearly, 'daily', context).keys[1]!.value).toBe('99.9%');
    const some = { ...calm, league: { rows: [], all: { ...calm.league.all, counted: 7, share: 2 / 7 } } };
    expect(buildReport(some, 'daily', context).keys[1]!.value).toBe('28.6%');
    const unit = { unitId: 'u2', unit: '东城区', handedOver: 1, inTime: 0, late: 1, closed: 0, open: 0, overdue: 0 };
    const late = buildReport({ ...calm, items: { ...calm.items, byUnit: [unit] } }, 'daily', context);
    expect(late.title).toBe('保障期值守日报');
  });

  it('means what the campaign says now, also where it has been asked for before', async () => {
    const { settings } = played.world;
    const { toAt } = settings;
    const held = settings as { toAt: number };
    try {
      held.toAt = Date.parse('2021-08-27T10:09+08:00');
      const { view } = await played.figures.reports.read('daily', period, everything);
      expect(view.coverage.map(({ totalMs }) => totalMs)).toEqual(view.coverage.map(() => 10 * 60_000));
    } finally {
      held.toAt = toAt;
    }
  });
});

it('can be asked of every unit in sight, also of one without a post, and of each working group', async () => {
  const { directory } = played.world;
  const { units, groups } = directory.organisation;
  const all = await played.figures.routes.view(day, everything, 'zh-CN');
  expect(all.units.map(({ unitId }) => unitId)).toEqual([...units, ...groups].map(({ id }) => id));
  const stood = new Set(directory.roster.posts.map(({ unitId }) => unitId));
  const postless = all.units.filter(({ unitId }) => !stood.has(unitId));
  expect(postless.length).toBeGreaterThan(0);
  for (const { unitId } of postless)
    expect((await played.figures.routes.view({ ...day, unit: [unitId] }, everything, 'zh-CN')).seq).toBe(all.seq);
});

describe('how units compare', () => {
  const sheetsIn = async (token: string): Promise<readonly string[]> => {
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await played.figures.reports.open(token))!.bytes as never);
    return workbook.worksheets.map(({ name }) => name);
  };
  const newest = (to: string): string => wholeText(played.chat.seenBy(to).at(-1)!.message);
  const workbookIn = (text: string): string => /report\/(\S+\.xlsx)/u.exec(text)![1]!;

  it('is in the workbook that the office is shown, and not in what goes out to the group', async () => {
    await draftOf(played);
    expect(await sheetsIn(workbookIn(newest(idOf('陈干事'))))).toContainEqual(expect.stringContaining('单位应答情况'));
    await played.says(idOf('陈干事'), { value: played.buttonOf(idOf('陈干事'), 'sendReport') });
    await played.passes(1);
    const sheets = await sheetsIn(workbookIn(newest(officeGroup)));
    expect(sheets).toContainEqual(expect.stringContaining('岗位覆盖情况'));
    expect(sheets.filter((name) => name.includes('单位应答情况'))).toEqual([]);
  });

  it('is told to nobody of a unit, who see their own without a rank, and nothing of others however they ask', async () => {
    const sight = { units: new Set(['u2', 'u3']), answers: 'own' } as const;
    const { league } = await played.figures.routes.view(day, sight, 'zh-CN');
    expect(league.rows.map(({ unitId }) => unitId).toSorted()).toEqual(['u2', 'u3']);
    expect(league.rows.map(({ rank }) => rank)).toEqual([null, null]);
    const own = await played.figures.routes.view({ ...day, unit: ['u2', 'u3'] }, { ...sight, units: new Set(['u2']) }, 'zh-CN');
    expect(own.coverage.map(({ unitId }) => unitId)).toEqual(['u2']);
    expect(own.league.rows.map(({ unitId }) => unitId)).toEqual(['u2']);
    expect(own.units.map(({ unitId }) => unitId)).toEqual(['u2']);
    const headingsFor = async (answers: FiguresSight['answers'], units: typeof sight.units | 'all') =>
      (await played.figures.reports.read('daily', period, { units, answers })).paper.tables[0]!.headings;
    expect(await headingsFor('own', sight.units)).not.toContain('名次');
    expect(await headingsFor('ranked', 'all')).toContain('名次');
    expect(await headingsFor('ranked', new Set(['u2']))).not.toContain('名次');
  });

  it('is told to an auditor as each unit answered, as the directory lists them and without a rank', async () => {
    const found = await played.figures.readFigures(period);
    const { rows } = found.figures.league;
    // as if the last had answered best
    const turned = { ...found, figures: { ...found.figures, league: { ...found.figures.league, rows: rows.toReversed() } } };
    const viewFor = (answers: FiguresSight['answers']) => toFiguresView(played.world, turned, { units: 'all', answers }, 'zh-CN').league;
    const [ranked, league] = [viewFor('ranked'), viewFor('each')];
    expect([ranked, league].map((one) => one.rows.map(({ unitId }) => unitId))).toEqual([
      ['u3', 'u2', 'u1'],
      ['u1', 'u2', 'u3'],
    ]);
    expect(league).toEqual({ ...ranked, rows: ranked.rows.toReversed().map((row) => ({ ...row, rank: null })) });
    const { paper } = await played.figures.reports.read('daily', period, { units: 'all', answers: 'each' });
    const table = paper.tables.find(({ title }) => title.includes('单位应答情况'))!;
    expect(table.headings).not.toContain('名次');
    expect(table.rows.map(([unit]) => unit)).toEqual(league.rows.map(({ unit }) => unit));
  });
});

describe('a link to a report', () => {
  const linkIn = (card: string, format: string): string => new RegExp(`report/(\\S+\\.${format})`, 'u').exec(card)![1]!;

  it('opens exactly what was shown, whatever has happened since, and nothing else', async () => {
    const token = linkIn(told.card, 'png');
    const before = await played.figures.reports.open(token);
    await played.says(idOf('东联络'), { text: '申诉 正在处置' });
    await played.says(idOf('陈干事'), { value: played.buttonOf(idOf('陈干事'), 'upholdAppeal') });
    const after = await played.figures.reports.open(token);
    expect(Buffer.compare(Buffer.from(before!.bytes), Buffer.from(after!.bytes))).toBe(0);
    const anew = await played.figures.reports.read('daily', period, everything);
    expect(anew.view.league.all).toMatchObject({ counted: 2, counts: { late: 0, leftOut: 1 } });
    expect(await draftOf(played)).toContain('申诉成立 1 次');
    expect(anew.paper.tables[0]!.rows).not.toEqual(told.paper.tables[0]!.rows);
  });

  it('is void where a letter of it is another, for another format, and after a day', async () => {
    const token = linkIn(told.card, 'xlsx');
    expect(await played.figures.reports.open(token)).toBeDefined();
    expect(played.store.rows().at(-1)).toMatchObject({
      event: 'FiguresExported',
      channel: 'link',
      data: { format: 'xlsx', kind: 'daily', from: period.fromAt, to: period.toAt },
    });
    const wrong = [
      token.replace('daily', 'weekly'),
      token.replace('.xlsx', '.exe'),
      token.replace(/_1_(\d+)\./u, '_0_$1.'),
      token.replace(/\.(.)/u, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`),
      token.slice(1),
      '',
    ];
    expect(await Promise.all(wrong.map((one) => played.figures.reports.open(one)))).toEqual(wrong.map(() => undefined));
    await played.skipTo(played.clock.now() + 24 * 3_600_000);
    expect(await played.figures.reports.open(token)).toBeUndefined();
  });
});
