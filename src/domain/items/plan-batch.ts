import { instantOf, localDay } from '../local-time.ts';
import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { UnitId } from '../organisation/organisation.ts';
import type { BatchList, ListedBatch, ListedLine } from './batch-list.ts';
import { dateInNumber, readCaseNumbers } from './case-number.ts';
import type { ItemKind } from './item-kind.ts';
import type { Limit } from './item.ts';
import { chainAround, limitChain } from './limit.ts';
import type { UnitlessLimit } from './limit.ts';
import { dayOfCell, dayOfTexts, handedOver, labelIn, yearIn } from './list-dates.ts';
import type { HandedOver } from './list-dates.ts';
import type { ItemPlan, PlannedItem } from './planned-item.ts';
import { foldLine, isSpecialLine, limitOf, namesUnits, pollutionOf, textOf, unitsOf } from './plan-line.ts';
import type { ListContext } from './plan-line.ts';

/** 转办清单: one case, one item, with the unit that leads and those that help. */

export type BatchContext = ListContext & {
  /** What the items are, where the list's words are not to decide. */
  readonly kind?: string;
};

/** What a batch says of all its lines. */
type Heading = {
  readonly index: number;
  readonly batch: ListedBatch;
  readonly texts: readonly string[];
  readonly label: string;
  readonly handed: HandedOver;
  readonly kind: ItemKind;
};

type Draw = {
  readonly drafts: Map<string, { readonly draft: PlannedItem; readonly batchIndex: number }>;
  readonly seen: Set<string>;
  readonly findings: Finding[];
  lines: number;
  assumed: number;
};

/** Plans every line; the faults of all of them come together. Pure. */
export const planBatch = (list: BatchList, context: BatchContext): ItemPlan => {
  const draw: Draw = { drafts: new Map(), seen: new Set(), findings: [], lines: 0, assumed: 0 };
  for (const [index, batch] of list.batches.entries()) {
    const heading = headingOf(list, batch, index, context);
    for (const line of batch.lines) planLine(line, heading, context, draw);
  }
  if (draw.assumed > 0) draw.findings.push(warning('ZG_HANDED_OVER_ASSUMED', { params: { count: draw.assumed } }));
  const planned = [...draw.drafts.values()].map(({ draft }) => draft);
  return { planned, lines: draw.lines, items: draw.seen.size, findings: draw.findings };
};

const headingOf = (list: BatchList, batch: ListedBatch, index: number, context: BatchContext): Heading => {
  const { words, kinds } = context;
  const titles = [...batch.titles].toReversed();
  const texts = [...titles, batch.sheet, list.fileName.replace(/\.\w+$/, '')];
  const written = dayOfTexts(texts, context, words);
  const handed = handedOver(written, context, list.batches.length === 1);
  const date = handed.handedOverAt === undefined ? undefined : localDay(context.timeZone, handed.handedOverAt).date;
  const named = words.kinds.find(({ word }) => texts.some((text) => text.includes(word)))?.kind ?? 'forwarded';
  const kind = kinds[context.kind ?? (batch.hasNumbers ? 'petition' : named)] ?? kinds['petition'];
  if (!kind) throw new Error('ZG_KIND_UNKNOWN: the campaign has no kind of item for a batch.');
  return { index, batch, texts, handed, kind, label: labelIn(texts, words)?.label ?? date ?? list.fileName };
};

const planLine = (line: ListedLine, heading: Heading, context: BatchContext, draw: Draw): void => {
  draw.lines += 1;
  const findings: Finding[] = [];
  const text = textOf(line.text);
  const numbers = numbersOf(line, heading, context, draw.lines, findings);
  if (text === '') findings.push(fault('ZG_TEXT_MISSING', { place: line.text?.place ?? line.place }));
  const { unitIds, faults } = unitsOf(line, heading.batch, context);
  findings.push(...faults);
  const own = handedOverOf(line, heading, numbers[0], context, draw, findings);
  const planned = limitOf(line, heading.kind, own, context.year ?? yearIn(heading.texts, context.words), context);
  // A date that can't be read has been told; what would have counted from it is no second fault.
  if (own) findings.push(...planned.findings);
  for (const number of numbers) draw.seen.add(number);
  if (numbers.length === 0) draw.seen.add(`line ${draw.lines}`);
  draw.findings.push(...findings);
  if (!planned.limit || unitIds.length === 0 || findings.some(({ severity }) => severity === 'error')) return;
  for (const number of numbers) {
    const draft = draftOf(number, text, line, heading, own, { limit: planned.limit, isStated: planned.isStated }, unitIds, context);
    keep(draft, line, heading, draw);
  }
};

/** Without a column for them items are numbered by day and line. */
const numbersOf = (
  line: ListedLine,
  { batch, handed, label }: Heading,
  context: BatchContext,
  lineNo: number,
  findings: Finding[],
): readonly string[] => {
  if (!batch.hasNumbers) {
    const date = handed.handedOverAt === undefined ? label : localDay(context.timeZone, handed.handedOverAt).date.replaceAll('-', '');
    return [`${date}-${foldLine(textOf(line.line)) || lineNo}`];
  }
  const cell = line.number;
  if (!cell || textOf(cell) === '') {
    findings.push(fault('ZG_NUMBER_MISSING', { place: cell?.place ?? line.place }));
    return [];
  }
  const numbers = readCaseNumbers(cell.text, context.words.stars);
  if (!numbers) findings.push(fault('ZG_NUMBER_UNREADABLE', { place: cell.place, params: { text: cell.text } }));
  return numbers ?? [];
};

/** Its own date, then the list's; where neither is there, the day in the number: it cannot have been handed over earlier. */
const handedOverOf = (
  line: ListedLine,
  heading: Heading,
  number: string | undefined,
  context: BatchContext,
  draw: Draw,
  findings: Finding[],
): HandedOver => {
  if (line.handedOver && textOf(line.handedOver) !== '') {
    const written = dayOfCell(line.handedOver, heading.texts, context, context.words);
    if (written) return handedOver(written, context, false);
    findings.push(fault('ZG_DATE_UNCLEAR', { place: line.handedOver.place, params: { text: line.handedOver.text } }));
  }
  if (heading.handed.handedOverAt !== undefined) return heading.handed;
  const date = number === undefined ? undefined : dateInNumber(number);
  if (date === undefined) return heading.handed;
  draw.assumed += 1;
  return { handedOverAt: instantOf(context.timeZone, date, 0), hasHour: false };
};

const chainOf = (own: UnitlessLimit, handedOverAt: number, { timeZone, calendar, chainDays }: BatchContext): readonly Limit[] => {
  const day = own.rule.type === 'days' ? own.rule.day : 'natural';
  return chainAround(own, limitChain(handedOverAt, { timeZone, calendar, days: chainDays, day }));
};

const draftOf = (
  number: string,
  text: string,
  line: ListedLine,
  { kind, label }: Heading,
  { handedOverAt = -1, hasHour }: HandedOver,
  { limit, isStated }: { readonly limit: UnitlessLimit; readonly isStated: boolean },
  unitIds: readonly UnitId[],
  context: BatchContext,
): PlannedItem => {
  const at = handedOverAt < 0 ? context.now : handedOverAt;
  const district = textOf(line.district).replace(/\s+/g, '');
  return {
    id: `i${number}`,
    kind: kind.name,
    number,
    text,
    batch: line.batch ?? label,
    pollution: pollutionOf(line, context),
    isSpecial: isSpecialLine(line, context),
    handedOverAt: at,
    hasHour,
    unitIds,
    limits: chainOf(limit, at, context),
    isLimitStated: isStated,
    areUnitsStated: namesUnits(line),
    place: line.number?.place ?? line.place,
    ...(district === '' ? {} : { district }),
    ...(line.source === undefined ? {} : { source: line.source }),
    ...(line.remark === undefined ? {} : { remark: line.remark }),
    ...(line.answers === undefined ? {} : { answers: line.answers }),
  };
};

const plainText = (text: string): string => foldLine(text).replace(/[\p{P}\p{S}]/gu, '');

/**
 * A number that comes again: in a later batch of the file it puts the earlier right; in the same one with the same words
 * it names more units; with other words one of the two is mistyped, and a case would be lost.
 */
const keep = (draft: PlannedItem, line: ListedLine, { index }: Heading, draw: Draw): void => {
  const before = draw.drafts.get(draft.number);
  if (!before) {
    draw.drafts.set(draft.number, { draft, batchIndex: index });
    return;
  }
  const params = { number: draft.number, cell: before.draft.place.cell, sheet: before.draft.place.sheet };
  const place = line.number?.place ?? line.place;
  if (before.batchIndex !== index) {
    draw.findings.push(warning('ZG_CASE_AGAIN', { place, params }));
    const { unitIds, areUnitsStated } = before.draft;
    const isSilent = areUnitsStated && !draft.areUnitsStated;
    draw.drafts.set(draft.number, { draft: isSilent ? { ...draft, unitIds, areUnitsStated } : draft, batchIndex: index });
  } else if (plainText(before.draft.text) === plainText(draft.text)) {
    draw.findings.push(warning('ZG_CASE_TWICE', { place, params }));
    draw.drafts.set(draft.number, {
      ...before,
      draft: { ...before.draft, unitIds: [...new Set([...before.draft.unitIds, ...draft.unitIds])] },
    });
  } else draw.findings.push(fault('ZG_CASE_DIFFERS', { place, params }));
};
