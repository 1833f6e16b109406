import { localDay, toIso } from '../local-time.ts';
import { fault, warning } from '../organisation/finding.ts';
import type { Finding, FindingCode, Place } from '../organisation/finding.ts';
import type { ListedBatch, ListedLine, Written } from './batch-list.ts';
import type { ItemKind } from './item-kind.ts';
import { defaultLimit } from './limit.ts';
import type { Calendar, ChainDays, LimitFault, UnitlessLimit } from './limit.ts';
import type { HandedOver, ListTimes } from './list-dates.ts';
import type { ItemListVocabulary } from './list-words.ts';
import { readLimit } from './read-limit.ts';
import { isOwnCity, responsibleUnits } from './responsible-units.ts';
import type { ResponsibleUnits, UnitLookUp } from './responsible-units.ts';

/** What lines of either kind of list have in common. */

export type ListContext = ListTimes & {
  readonly calendar: Calendar;
  readonly kinds: { readonly [name: string]: ItemKind };
  readonly chainDays: ChainDays;
  readonly units: UnitLookUp;
  readonly words: ItemListVocabulary;
};

/** A limit this short after handing over is pointed out: ours, half a working day. */
const closeMs = 4 * 3_600_000;

export const foldLine = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

export const isSpecialLine = ({ number, line, special, remark }: ListedLine, { words }: ListContext): boolean => {
  const hasStar = [number, line].some((cell) => cell && cell.text.normalize('NFKC').search(words.stars) >= 0);
  if (hasStar) return true;
  if (special !== undefined && words.yes.test(foldLine(special))) return true;
  return remark !== undefined && words.special.test(remark) && !words.notSpecial.test(remark);
};

/** Kinds of pollution, as they are written. */
export const pollutionOf = ({ pollution = '' }: ListedLine, { words }: ListContext): readonly string[] => [
  ...new Set(
    pollution
      .normalize('NFKC')
      .split(words.separator)
      .flatMap((part) => part.trim().split(/\s+/))
      .filter(Boolean),
  ),
];

/** A list without a column for units says where a case lies, and not who must act. */
export const namesUnits = ({ units, coUnits }: ListedLine): boolean => units.length + coUnits.length > 0;

/** Its units; where none is named the region's own, then the heading's above it, then the sheet's. */
export const unitsOf = (line: ListedLine, batch: ListedBatch, { units: lookUp, words }: ListContext): ResponsibleUnits => {
  if (namesUnits(line)) return responsibleUnits(line.units, line.coUnits, lookUp);
  if (line.district) {
    const read = responsibleUnits([line.district], [], lookUp, true);
    const { officeId } = lookUp;
    // What lies in the city as a whole is the bureau's own, and nobody else's.
    return read.faults.length > 0 && officeId !== undefined && isOwnCity(line.district.text, lookUp)
      ? { unitIds: [officeId], faults: [] }
      : read;
  }
  for (const text of [line.section?.text.replace(words.enumerator, ''), batch.sheet]) {
    const read = text === undefined ? undefined : responsibleUnits([{ text, place: line.place }], [], lookUp, true);
    if (read && read.faults.length === 0 && read.unitIds.length > 0) return read;
  }
  return { unitIds: [], faults: [fault('ZG_UNIT_MISSING', { place: line.place })] };
};

const codeOf: { readonly [fault in LimitFault]: FindingCode } = {
  needsHour: 'ZG_HANDED_OVER_NEEDED',
  unreadable: 'ZG_LIMIT_UNREADABLE',
  beforeHandingOver: 'ZG_LIMIT_BEFORE',
  needsYear: 'ZG_YEAR_MISSING',
  asked: 'ZG_LIMIT_MISSING',
};

export type PlannedLimit = { readonly limit?: UnitlessLimit; readonly isStated: boolean; readonly findings: readonly Finding[] };

export const limitOf = (
  line: ListedLine,
  kind: ItemKind,
  handed: HandedOver,
  year: number | undefined,
  context: ListContext,
): PlannedLimit => {
  const { timeZone, calendar, now, words } = context;
  const handingOver = { ...handed, timeZone, calendar };
  const stated = line.limit;
  const reading = stated
    ? readLimit(
        stated.local === undefined ? stated.text : { local: stated.local },
        { ...handingOver, near: now, ...(year !== undefined && { year }) },
        words.limits,
      )
    : defaultLimit(kind, handingOver);
  const place = stated?.place ?? line.place;
  if ('fault' in reading)
    return {
      isStated: stated !== undefined,
      findings: [fault(codeOf[reading.fault], { place, params: { text: stated?.text ?? context.words.defaultLimit(kind.limit) } })],
    };
  const warned = stated ? closeOrPast(reading.limit, handed, context, place) : [];
  return { limit: reading.limit, isStated: stated !== undefined, findings: warned };
};

const hoursAhead = (at: number, from: number): number => Math.round(((at - from) / 3_600_000) * 10) / 10;

const closeOrPast = (
  { at }: UnitlessLimit,
  { handedOverAt, hasHour }: HandedOver,
  { timeZone, now }: ListContext,
  place: Place,
): readonly Finding[] => {
  const params = { at: toIso(timeZone, at, 'minute') };
  if (handedOverAt !== undefined && hasHour && at - handedOverAt <= closeMs)
    return [warning('ZG_LIMIT_CLOSE', { place, params: { ...params, hours: hoursAhead(at, handedOverAt) } })];
  // At an hour that nobody knows of the same day.
  const isSameDay = handedOverAt !== undefined && !hasHour && at < localDay(timeZone, handedOverAt).endAt;
  if (isSameDay) return [warning('ZG_LIMIT_SAME_DAY', { place, params })];
  return at <= now ? [warning('ZG_LIMIT_PAST', { place, params })] : [];
};

/** Empty marks and white space are nothing. */
export const textOf = (cell: Written | undefined): string => cell?.text.trim() ?? '';
