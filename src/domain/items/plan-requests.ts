import { localDay } from '../local-time.ts';
import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { BatchList, ListedBatch, ListedLine } from './batch-list.ts';
import { dayOfCell, dayOfTexts, handedOver, labelIn, yearIn } from './list-dates.ts';
import type { HandedOver } from './list-dates.ts';
import type { ItemPlan, PlannedItem } from './planned-item.ts';
import { foldLine, isSpecialLine, limitOf, textOf, unitsOf } from './plan-line.ts';
import type { ListContext } from './plan-line.ts';

/** 调阅资料清单: one request for each line and unit, each with its own clock. */

type Heading = {
  readonly batch: ListedBatch;
  readonly texts: readonly string[];
  readonly label: string;
  /** What tells this list's lines from those of others. */
  readonly list: string;
  readonly handed: HandedOver;
};

/** Plans every line; the faults of all of them come together. Pure. */
export const planRequests = (list: BatchList, context: ListContext): ItemPlan => {
  const drafts = new Map<string, PlannedItem>();
  const findings: Finding[] = [];
  const lists = new Map<string, number>();
  let lines = 0;
  for (const batch of list.batches) {
    const heading = tellApart(headingOf(list, batch, context), lists);
    const lineNumbers = numberLines(batch.lines);
    for (const [index, line] of batch.lines.entries()) {
      lines += 1;
      for (const draft of planLine(line, lineNumbers[index]!, heading, context, findings)) keep(draft, drafts, findings);
    }
  }
  return { planned: [...drafts.values()], lines, items: drafts.size, findings };
};

const headingOf = (list: BatchList, batch: ListedBatch, context: ListContext): Heading => {
  const fileName = list.fileName.replace(/\.\w+$/, '');
  const texts = [...batch.titles.toReversed(), batch.sheet, fileName];
  const written = dayOfTexts(texts, context, context.words);
  const handed = handedOver(written, context, list.batches.length === 1);
  const label = labelIn(texts, context.words);
  const date = localDay(context.timeZone, handed.handedOverAt ?? context.now).date;
  const trailing = /(?<!\d)\d{1,3}$/.exec(fileName)?.[0];
  const no = label?.no ?? (trailing === undefined ? undefined : Number(trailing));
  return {
    batch,
    texts,
    handed,
    label: label?.label ?? (no === undefined ? date : String(no)),
    list: String(no ?? date.replaceAll('-', '')),
  };
};

/** Two tables under one number have lines of the same numbers. */
const tellApart = (heading: Heading, lists: Map<string, number>): Heading => {
  const times = (lists.get(heading.list) ?? 0) + 1;
  lists.set(heading.list, times);
  return times === 1 ? heading : { ...heading, list: `${heading.list}-${times}` };
};

/** As the list numbers them, where each number stands once; else by their order. */
const numberLines = (lines: readonly ListedLine[]): readonly string[] => {
  const written = lines.map((line) => /^\(?(\d{1,4})\)?[.\u3001]?$/.exec(foldLine(textOf(line.line ?? line.number)))?.[1] ?? '');
  const isWhole = written.every((text) => text !== '') && new Set(written).size === written.length;
  return isWhole ? written.map((text) => String(Number(text))) : lines.map((_, index) => String(index + 1));
};

const planLine = (
  line: ListedLine,
  lineNo: string,
  heading: Heading,
  context: ListContext,
  findings: Finding[],
): readonly PlannedItem[] => {
  const found: Finding[] = [];
  const text = textOf(line.text);
  if (text === '') found.push(fault('ZG_TEXT_MISSING', { place: line.text?.place ?? line.place }));
  const { unitIds, faults } = unitsOf(line, heading.batch, context);
  found.push(...faults);
  const own = ownHandingOver(line, heading, context, found);
  const kind = context.kinds['documentRequest'];
  if (!kind) throw new Error('ZG_KIND_UNKNOWN: the campaign has no kind of item for requests of documents.');
  const { limit, isStated, findings: limits } = limitOf(line, kind, own, context.year ?? yearIn(heading.texts, context.words), context);
  found.push(...limits);
  findings.push(...found);
  if (!limit || found.some(({ severity }) => severity === 'error')) return [];
  const number = context.words.requestNumber.replace('{list}', heading.list).replace('{line}', lineNo);
  const at = own.handedOverAt ?? context.now;
  const id = `iDR${heading.list}.${lineNo}`;
  const isShared = unitIds.length > 1;
  return unitIds.map((unitId) => ({
    id: isShared ? `${id}.${unitId}` : id,
    family: id,
    otherIds: [isShared ? id : `${id}.${unitId}`],
    kind: kind.name,
    number,
    text,
    batch: line.batch ?? heading.label,
    pollution: [],
    isSpecial: isSpecialLine(line, context),
    handedOverAt: at,
    hasHour: own.hasHour,
    unitIds: [unitId],
    limits: [{ level: 'unit' as const, ...limit, ...(own.handedOverAt === undefined && { countedFromAt: at }) }],
    isLimitStated: isStated,
    areUnitsStated: true,
    place: line.text?.place ?? line.place,
    ...(line.source === undefined ? {} : { source: line.source }),
    ...(line.remark === undefined ? {} : { remark: line.remark }),
    ...(line.answers === undefined ? {} : { answers: line.answers }),
  }));
};

const ownHandingOver = (line: ListedLine, heading: Heading, context: ListContext, findings: Finding[]): HandedOver => {
  if (!line.handedOver || textOf(line.handedOver) === '') return heading.handed;
  const written = dayOfCell(line.handedOver, heading.texts, context, context.words);
  if (written) return handedOver(written, context, false);
  findings.push(fault('ZG_DATE_UNCLEAR', { place: line.handedOver.place, params: { text: line.handedOver.text } }));
  return heading.handed;
};

/** The same words asked of the same unit twice are one request. */
const keep = (draft: PlannedItem, drafts: Map<string, PlannedItem>, findings: Finding[]): void => {
  const key = `${draft.unitIds[0]} ${foldLine(draft.text)}`;
  const same = drafts.get(key);
  if (same) findings.push(warning('ZG_REQUEST_TWICE', { place: draft.place, params: { cell: same.place.cell, sheet: same.place.sheet } }));
  else drafts.set(key, draft);
};
