import type { Sight } from '../../domain/access/access.ts';
import { addDays, localDay } from '../../domain/local-time.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { buildUnitNames, findUnit } from '../../domain/organisation/unit-names.ts';
import { calendarTextsFor } from '../../messages/calendar-texts.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import type { DutySheet, WriteDutySheet } from '../../ports/duty-sheet.ts';
import { Fault } from '../../ports/fault.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { Sheet, WriteWorkbook } from '../../ports/write-workbook.ts';
import type { Turn } from '../acts/speaker.ts';
import type { LinkMaker } from '../calendar/say-links.ts';
import { refreshWorld, type World } from '../world.ts';
import { unitsOfPerson } from './answer-query.ts';
import { buildDutySheet, mostSheetDays, type SheetAsk } from './duty-sheet.ts';
import { rosterRulesOf } from './import-roster.ts';

export type SheetFormat = 'xlsx' | 'pdf';

/** As it is asked for: local dates, a unit by its id or by a name that people use. */
export type SheetQuery = { readonly from?: string | undefined; readonly to?: string | undefined; readonly unit?: string | undefined };

/** Who takes it away, and over what. */
export type SheetTaker = { readonly actor?: string; readonly channel: string };

export type SheetDoor = {
  /** Of the units in sight. Rejects with ZG_BAD_QUERY, ZG_NOT_ALLOWED and ZG_NO_FONT. */
  readonly write: (format: SheetFormat, query: SheetQuery, taker: SheetTaker, sight: Sight) => Promise<Uint8Array>;
  /** Behind a link that a conversation gave; undefined where the link opens nothing. */
  readonly open: (token: string) => Promise<{ readonly format: SheetFormat; readonly bytes: Uint8Array } | undefined>;
};

const toSheet = ({ title, subtitle, sheetName, columns, rows, note, sign, page }: DutySheet): Sheet => ({
  name: sheetName,
  title,
  subtitle,
  headings: columns.map(({ heading }) => heading),
  widths: columns.map(({ weight }) => weight + 2),
  rows: rows.map(({ cells }) => cells),
  shades: rows.map(({ day }) => (day === 'workday' ? 'plain' : day === 'restDay' ? 'quiet' : 'strong')),
  foot: [note, sign.join(' '.repeat(24))],
  page,
  orientation: 'portrait',
});

const isDate = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};

/** Where nothing is said, from today to the last day on which a shift begins, or all of a roster that is over. */
const spanOf = ({ directory, settings, clock }: World, { from, to }: SheetQuery): { readonly from: string; readonly to: string } => {
  const dateOf = (at: number): string => localDay(settings.timeZone, at).date;
  const today = dateOf(clock.now());
  const begins = directory.roster.shifts.map((shift) => shift.from);
  const earliest = begins.length === 0 ? today : dateOf(begins.reduce((one, other) => Math.min(one, other)));
  const latest = begins.length === 0 ? today : dateOf(begins.reduce((one, other) => Math.max(one, other)));
  const first = from ?? (earliest < today && today <= latest ? today : earliest);
  const most = addDays(first, mostSheetDays - 1);
  const last = latest < first ? first : latest < most ? latest : most;
  return { from: first, to: to ?? last };
};

const askOf = (world: World, query: SheetQuery): SheetAsk => {
  for (const name of ['from', 'to'] as const) {
    const date = query[name];
    if (date !== undefined && !isDate(date)) throw new Fault('ZG_BAD_QUERY', `${name}: a date such as 2021-09-01`);
  }
  const span = spanOf(world, query);
  if (span.to < span.from) throw new Fault('ZG_BAD_QUERY', 'to: not before from');
  if (span.to > addDays(span.from, mostSheetDays - 1)) throw new Fault('ZG_BAD_QUERY', `to: at most ${mostSheetDays} days after from`);
  if (query.unit === undefined) return span;
  const { units, organisation } = world.directory;
  if (units.has(query.unit)) return { ...span, unitId: query.unit };
  const match = findUnit(buildUnitNames(organisation.units, [], unitVocabulary), query.unit);
  if (match.status !== 'found') throw new Fault('ZG_BAD_QUERY', 'unit: the id or the name of one unit');
  return { ...span, unitId: match.unit.id };
};

/** Whoever sees one unit means that one; of several they say which. */
const inSight = (ask: SheetAsk, sight: Sight): SheetAsk => {
  if (sight === 'all') return ask;
  const [only, another] = [...sight];
  const unitId = ask.unitId ?? (another === undefined ? only : undefined);
  if (unitId === undefined) throw new Fault('ZG_BAD_QUERY', 'unit: one of your own units');
  if (!sight.has(unitId)) throw new Fault('ZG_NOT_ALLOWED', 'unit: one of your own units');
  return { ...ask, unitId };
};

const linkLifeMs = 24 * 3_600_000;
const linkForm = /^(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)_(u\d{1,9}|all)_(\d{10,16})\.([\w-]{43})\.(xlsx|pdf)$/u;

const payloadOf = ({ from, to, unitId }: SheetAsk, untilAt: number): string => `${from}_${to}_${unitId ?? 'all'}_${untilAt}`;

export const createSheetDoor = (
  world: World,
  parts: { readonly writeWorkbook: WriteWorkbook; readonly writePdf: WriteDutySheet; readonly signer: LinkSigner },
): SheetDoor => {
  const make = async (format: SheetFormat, ask: SheetAsk, { actor, channel }: SheetTaker): Promise<Uint8Array> => {
    const { directory, settings, store, clock } = world;
    const context = { directory, timeZone: settings.timeZone, table: rosterRulesOf(settings).table, campaign: settings.name };
    const sheet = buildDutySheet(context, ask);
    const bytes = format === 'pdf' ? await parts.writePdf(sheet) : await parts.writeWorkbook([toSheet(sheet)]);
    const data = { format, from: ask.from, to: ask.to, unit: ask.unitId ?? null, version: directory.roster.version };
    await store.append([{ at: clock.now(), event: 'RosterExported', channel, data, ...(actor === undefined ? {} : { actor }) }]);
    return bytes;
  };
  return {
    write: async (format, query, taker, sight) => {
      await refreshWorld(world);
      return make(format, inSight(askOf(world, query), sight), taker);
    },
    open: async (token) => {
      const [, from, to, unit, until, signature, format] = linkForm.exec(token) ?? [];
      if (from === undefined || to === undefined || unit === undefined || signature === undefined) return undefined;
      const ask = { from, to, ...(unit === 'all' ? {} : { unitId: unit }) };
      const isOurs = parts.signer.isSigned(`sheet ${payloadOf(ask, Number(until))}`, signature);
      if (!isOurs || world.clock.now() >= Number(until)) return undefined;
      await refreshWorld(world);
      const kind: SheetFormat = format === 'pdf' ? 'pdf' : 'xlsx';
      return { format: kind, bytes: await make(kind, ask, { channel: 'link' }) };
    },
  };
};

const kinds = [
  ['Excel', 'xlsx'],
  ['PDF', 'pdf'],
] as const;

/** Links to the sheet of what was asked for, for those whom it concerns: a unit's own people, and the office. */
export const sheetLines = (
  { world, person, change, message }: Turn,
  { signer, baseUrl }: LinkMaker,
  query: { readonly fromAt?: number; readonly toAt?: number; readonly unitIds: readonly string[] },
): readonly string[] => {
  const { timeZone } = world.settings;
  const ofOffice = isOffice(world.directory, person.id, change.now);
  const own = [...unitsOfPerson(world.directory, person.id, change.now)].filter((id) => world.directory.postsOfUnit.has(id));
  const wanted = query.unitIds.length > 0 ? query.unitIds : ofOffice ? [] : own;
  if (wanted.length > 1 || (!ofOffice && !(wanted.length === 1 && own.includes(wanted[0]!)))) return [];
  const dates = {
    ...(query.fromAt === undefined ? {} : { from: localDay(timeZone, query.fromAt).date }),
    ...(query.toAt === undefined ? {} : { to: localDay(timeZone, query.toAt - 1).date }),
  };
  const span = spanOf(world, dates);
  const most = addDays(span.from, mostSheetDays - 1);
  const [unitId] = wanted;
  const ask = { ...span, to: span.to > most ? most : span.to, ...(unitId === undefined ? {} : { unitId }) };
  const payload = payloadOf(ask, change.now + linkLifeMs);
  const { sheet } = calendarTextsFor(message.locale);
  return kinds.map(([kind, format]) =>
    sheet.replace('{kind}', kind).replace('{url}', () => `${baseUrl()}sheet/${payload}.${signer.sign(`sheet ${payload}`)}.${format}`),
  );
};
