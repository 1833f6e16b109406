import { ageInDays, ageing, ageLimits, disclosureOf } from '../../../domain/items/disclosure.ts';
import type { ItemKind } from '../../../domain/items/item-kind.ts';
import { deadlineOf, isItemEnded, leadOf, type Item } from '../../../domain/items/item.ts';
import { disclosureWords, itemKindWords, itemLedgerWords } from '../../../messages/item-tables.ts';
import { reportTexts } from '../../../messages/report-texts.ts';
import type { Sheet } from '../../../ports/write-workbook.ts';

/** The tables that the office hands on, as plain sheets. */

export type TableContext = {
  readonly campaign: string;
  readonly nameUnit: (unitId: string) => string;
  readonly kinds: { readonly [name: string]: ItemKind };
  /** `YYYY-MM-DD HH:MM` on the campaign's clock. */
  readonly wallTime: (at: number) => string;
  readonly now: number;
};

/** On A4 across, some 140 characters are of their full size; each one more makes all of them smaller. */
const disclosureWidths = [5, 19, 40, 10, 10, 40, 10, 40, 10, 14];
/** Kinds that are cases of the inspection; a campaign's own kinds are internal. */
const casesOfTheInspection = ['petition', 'assigned', 'forwarded'];

/** `batch` undefined: cumulative. */
export const disclosureSheet = (items: Iterable<Item>, context: TableContext, batch?: string): Sheet => {
  const words = disclosureWords;
  const title = words.title.replace('{campaign}', context.campaign) + (batch === undefined ? '' : words.batch.replace('{batch}', batch));
  return {
    name: words.sheet,
    title,
    headings: words.headings,
    widths: disclosureWidths,
    page: reportTexts.sheetPage,
    rows: disclosureOf(items, casesOfTheInspection, context.nameUnit, batch).map((row) => [
      row.no,
      row.number,
      row.text,
      row.district,
      row.pollution.join(words.comma),
      row.investigation,
      row.finding === undefined ? '' : words.findings[row.finding],
      row.handling,
      words.completions[row.completion],
      row.accountability === '' ? words.noAccountability : row.accountability,
    ]),
  };
};

const dayMs = 86_400_000;
const ledgerWidths = [5, 19, 9, 40, 16, 16, 17, 17, 17, 9, 6, 6, 6, 6, 6, 17, 17];
const [handedOverColumn, receivedColumn, dueColumn, closedColumn] = [6, 7, 8, 15];
const ledgerColumns = ledgerWidths.map((_, index) =>
  [handedOverColumn, receivedColumn, dueColumn, closedColumn].includes(index) ? ('time' as const) : ('text' as const),
);

const overdueDays = (item: Item, now: number): number => {
  const due = deadlineOf(item);
  const until = item.versions.findLast(({ submittedAt }) => submittedAt !== undefined)?.submittedAt ?? now;
  const isOver = isItemEnded(item) || ['submitted', 'accepted', 'closed'].includes(item.status);
  return Math.max(0, Math.ceil(((isOver ? until : now) - due) / dayMs));
};

const recheckOf = (item: Item, { wallTime }: TableContext): string => {
  const last = item.rechecks.at(-1);
  if (last) return `${last.passed ? itemLedgerWords.passed : itemLedgerWords.failed} ${wallTime(last.at)}`;
  return item.followUpDueAt === undefined ? '' : itemLedgerWords.due.replace('{at}', wallTime(item.followUpDueAt));
};

const ledgerRow = (item: Item, index: number, context: TableContext): Sheet['rows'][number] => {
  const { kinds, nameUnit, wallTime, now } = context;
  const lead = leadOf(item);
  const due = deadlineOf(item);
  return [
    index + 1,
    item.number,
    kinds[item.kind]?.label ?? itemKindWords[item.kind] ?? item.kind,
    item.text,
    nameUnit(lead.unitId),
    item.parts
      .filter((part) => part !== lead)
      .map(({ unitId }) => nameUnit(unitId))
      .join(disclosureWords.comma),
    wallTime(item.handedOverAt),
    lead.receivedAt === undefined ? '' : wallTime(lead.receivedAt),
    Number.isFinite(due) ? wallTime(due) : '',
    itemLedgerWords.statuses[item.status],
    ageInDays(item, now),
    overdueDays(item, now),
    item.versions.length,
    item.versions.filter(({ decision }) => decision === 'returned').length,
    item.extensions.filter(({ officeAt }) => officeAt !== undefined).length,
    item.closedAt === undefined ? '' : wallTime(item.closedAt),
    recheckOf(item, context),
  ];
};

/** The list by which items are struck off (销号台账), and how old what is open has become. */
export const itemLedgerSheets = (items: Iterable<Item>, context: TableContext): readonly Sheet[] => {
  const words = itemLedgerWords;
  const all = [...items].toSorted((one, other) => one.handedOverAt - other.handedOverAt || (one.number < other.number ? -1 : 1));
  const counts = ageing(all, context.now);
  const labels = [
    ...ageLimits.map((limit) => words.upTo.replace('{days}', String(limit))),
    words.older.replace('{days}', String(ageLimits.at(-1))),
  ];
  return [
    {
      name: words.sheet,
      title: words.title.replace('{campaign}', context.campaign).replace('{at}', context.wallTime(context.now)),
      headings: words.headings,
      widths: ledgerWidths,
      columns: ledgerColumns,
      page: reportTexts.sheetPage,
      rows: all.map((item, index) => ledgerRow(item, index, context)),
    },
    {
      name: words.ageingSheet,
      headings: words.ageingHeadings,
      widths: [20, 10],
      rows: labels.map((label, index) => [label, counts[index]!]),
    },
  ];
};
