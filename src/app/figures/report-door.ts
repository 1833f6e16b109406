import type { ReportKind } from '../../domain/figures/report-draft.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { ReportFormat, ReportPaper, WriteReport } from '../../ports/report.ts';
import type { WriteWorkbook } from '../../ports/write-workbook.ts';
import { refreshWorld, type World } from '../world.ts';
import { buildReport } from './build-report.ts';
import { toFiguresView, withinSight, type FiguresSight } from './figures-door.ts';
import { askFigures, type FiguresAsk, type FiguresQuery } from './figures-period.ts';
import type { ReadFigures } from './read-figures.ts';
import { reportSheets } from './report-sheets.ts';
import type { FiguresView } from './view-figures.ts';

/** Who takes it away, and over what. */
export type ReportTaker = { readonly actor?: string; readonly channel: string };

/** A report as it was shown: the same rows of the ledger give the same figures again. */
export type ShownReport = { readonly kind: ReportKind; readonly ask: FiguresAsk; readonly seq: number; readonly now: number };

export type ReportDoor = {
  /** Rejects with ZG_BAD_QUERY, and ZG_NO_FONT. */
  readonly write: (
    format: ReportFormat,
    kind: ReportKind,
    query: FiguresQuery,
    sight: FiguresSight,
    taker: ReportTaker,
  ) => Promise<Uint8Array>;
  /** `shown` undefined: from the ledger as it is now. */
  readonly read: (
    kind: ReportKind,
    ask: FiguresAsk,
    sight: FiguresSight,
    shown?: ShownReport,
  ) => Promise<{ paper: ReportPaper; view: FiguresView; shown: ShownReport }>;
  /** What comes behind `report/` in a link that a conversation gives; with it everybody may open this one report for a day. */
  readonly tokenOf: (shown: ShownReport, format: ReportFormat, hasLeague: boolean) => string;
  /** Undefined where the link opens nothing. */
  readonly open: (token: string) => Promise<{ readonly format: ReportFormat; readonly bytes: Uint8Array } | undefined>;
};

export type ReportParts = {
  readonly readFigures: ReadFigures;
  readonly writePdf: WriteReport;
  readonly writePicture: WriteReport;
  readonly writeWorkbook: WriteWorkbook;
  readonly signer: LinkSigner;
};

const linkLifeMs = 24 * 3_600_000;
const linkForm =
  /^(daily|zero|weekly|campaign|period)_(\d{10,16})_(\d{10,16})_(\d{1,15})_(\d{10,16})_([01])_(\d{10,16})\.([\w-]{43})\.(xlsx|pdf|png|json)$/u;

export const createReportDoor = (world: World, parts: ReportParts): ReportDoor => {
  const { signer } = parts;

  const read: ReportDoor['read'] = async (kind, ask, sight, shown) => {
    const within = withinSight(ask, sight);
    const found = await parts.readFigures(within, shown);
    const now = shown?.now ?? world.clock.now();
    const view = toFiguresView(world, found, sight, 'zh-CN');
    const { settings, directory } = world;
    const office = directory.organisation.groups.find(({ id }) => id === directory.officeId)?.name ?? settings.name;
    const paper = buildReport(view, kind, { campaign: settings.name, office, timeZone: settings.timeZone, now });
    return { paper, view, shown: { kind, ask, seq: found.seq, now } };
  };

  const toBytes = async (
    format: ReportFormat,
    { paper, view }: { readonly paper: ReportPaper; readonly view: FiguresView },
  ): Promise<Uint8Array> => {
    if (format === 'pdf') return parts.writePdf(paper);
    if (format === 'png') return parts.writePicture(paper);
    if (format === 'xlsx') return parts.writeWorkbook(reportSheets(paper));
    return new TextEncoder().encode(`${JSON.stringify({ title: paper.title, sections: paper.sections, figures: view }, null, 2)}\n`);
  };

  const record = async (format: ReportFormat, { kind, ask, seq }: ShownReport, { actor, channel }: ReportTaker): Promise<void> => {
    const data = { format, kind, from: ask.fromAt, to: ask.toAt, units: ask.unitIds, seq };
    const event: LedgerEvent = {
      at: world.clock.now(),
      event: 'FiguresExported',
      channel,
      data,
      ...(actor === undefined ? {} : { actor }),
    };
    await world.store.append([event]);
  };

  const payloadOf = ({ kind, ask, seq, now }: ShownReport, hasLeague: boolean, untilAt: number): string =>
    [kind, ask.fromAt, ask.toAt, seq, now, hasLeague ? 1 : 0, untilAt].join('_');

  return {
    read,
    write: async (format, kind, query, sight, taker) => {
      await refreshWorld(world);
      const found = await read(kind, askFigures(world, query), sight);
      const bytes = await toBytes(format, found);
      await record(format, found.shown, taker);
      return bytes;
    },
    tokenOf: (shown, format, hasLeague) => {
      const payload = payloadOf(shown, hasLeague, Math.trunc(world.clock.now() + linkLifeMs));
      return `${payload}.${signer.sign(`report ${payload}`)}.${format}`;
    },
    open: async (token) => {
      const [, kind, from, to, seq, now, league, until, signature, format] = linkForm.exec(token) ?? [];
      if (signature === undefined) return undefined;
      const ask = { fromAt: Number(from), toAt: Number(to), unitIds: [] };
      const shown: ShownReport = { kind: kind as ReportKind, ask, seq: Number(seq), now: Number(now) };
      const isOurs = signer.isSigned(`report ${payloadOf(shown, league === '1', Number(until))}`, signature);
      if (!isOurs || world.clock.now() >= Number(until)) return undefined;
      await refreshWorld(world);
      const found = await read(shown.kind, ask, { units: 'all', answers: league === '1' ? 'ranked' : 'own' }, shown);
      const bytes = await toBytes(format as ReportFormat, found);
      await record(format as ReportFormat, shown, { channel: 'link' });
      return { format: format as ReportFormat, bytes };
    },
  };
};
