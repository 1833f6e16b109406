import { dayKinds } from '../../src/domain/roster/shift-hours.ts';
import type { DayKind, HoursRule, DutyHours } from '../../src/domain/roster/shift-hours.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { compact } from './grid.ts';

const words = vocabulary.hours;
const oneOf = (list: readonly string[]): string => list.toSorted((a, b) => b.length - a.length).join('|');

const clock = (name: string): string =>
  `(?<${name}Half>${oneOf([...words.sameDay, ...words.afternoon])})?(?<${name}Hour>\\d{1,2})(?::(?<${name}Minute>\\d{2})|[${words.hour.join('')}](?:(?<${name}Minute2>\\d{1,2})${words.minute}?|(?<${name}Half2>${words.half}))?)`;

const { year, month, days } = vocabulary.date;
/** A date may stand before the second time, where a cell gives both ends in full. */
const dateBefore = `[\\d${year}${month}${days.join('')}./]*[${days.join('')}]`;

const source = `${clock('a')}(?:[${words.to.filter((word) => word.length === 1).join('')}])+(?<next>${oneOf(words.nextDay)})?(?<date>${dateBefore})?${clock('b')}`;

type Match = { readonly hours: DutyHours; readonly index: number; readonly end: number; readonly isNextDaySaid: boolean };

const timeOf = (groups: Record<string, string | undefined>, name: string): { hour: number; minute: number } | null => {
  const isAfternoon = (words.afternoon as readonly string[]).includes(groups[`${name}Half`] ?? '');
  const hour = Number(groups[`${name}Hour`]);
  const minute = groups[`${name}Half2`] === undefined ? Number(groups[`${name}Minute`] ?? groups[`${name}Minute2`] ?? 0) : 30;
  if (hour > 24 || minute > 59) return null;
  return { hour: isAfternoon && hour < 12 ? hour + 12 : hour, minute };
};

const written = (hour: number, minute: number): string => `${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

const findRanges = (text: string): readonly Match[] =>
  [...text.matchAll(new RegExp(source, 'g'))].flatMap((match): Match[] => {
    const groups = match.groups ?? {};
    const from = timeOf(groups, 'a');
    const to = timeOf(groups, 'b');
    if (!from || !to) return [];
    const isNextDaySaid = groups['next'] !== undefined;
    const isLater = to.hour * 60 + to.minute > from.hour * 60 + from.minute && to.hour < 24;
    const toDay = isNextDaySaid || groups['date'] !== undefined || !isLater ? 1 : 0;
    const hours: DutyHours = { from: written(from.hour, from.minute), to: written(to.hour, to.minute), toDay };
    return [{ hours, index: match.index, end: match.index + match[0].length, isNextDaySaid }];
  });

const includesOne = (text: string, list: readonly string[]): boolean => list.some((word) => text.includes(word));

const kindsIn = (text: string): readonly DayKind[] => {
  const isWorkday = includesOne(text, words.workday);
  const isRestDay = includesOne(text, words.restDay);
  const isHoliday = includesOne(text, words.holiday);
  return [
    ...(isWorkday ? ['workday' as const] : []),
    ...(isRestDay ? ['restDay' as const] : []),
    ...(isHoliday ? ['holiday' as const] : []),
  ];
};

export const shiftIn = (text: string): 'day' | 'night' | undefined => {
  if (includesOne(compact(text), words.night)) return 'night';
  return includesOne(compact(text), words.day) ? 'day' : undefined;
};

/** Kinds of day that nobody named go to the nearest that somebody did: holidays and days of rest are both days off. */
const spread = (rules: readonly (HoursRule & { readonly isOpen: boolean })[]): readonly HoursRule[] => {
  const named = new Set(rules.flatMap(({ kinds, isOpen }) => (isOpen ? [] : kinds)));
  return rules.map(({ kinds, isOpen, ...rest }) => {
    if (isOpen) return { ...rest, kinds: dayKinds.filter((kind) => !named.has(kind)) };
    const extra: DayKind[] = [];
    if (kinds.includes('holiday') && !named.has('restDay')) extra.push('restDay');
    if (kinds.includes('restDay') && !named.has('holiday')) extra.push('holiday');
    return { ...rest, kinds: [...kinds, ...extra] };
  });
};

/** The hours of shifts that a note or a title states: for every day, or by kind of day, or for day and night. */
export const readHoursNote = (note: string): readonly HoursRule[] => {
  const text = compact(note);
  let end = 0;
  const found: (HoursRule & { isOpen: boolean })[] = [];
  for (const match of findRanges(text)) {
    const clauses = text.slice(end, match.index).split(/[;\u3002]/);
    const before = clauses.at(-1) ?? '';
    end = match.end;
    const isAbout = (includesOne(before, words.about) || match.isNextDaySaid || found.length > 0) && !includesOne(before, words.notAbout);
    if (!isAbout) continue;
    const kinds = kindsIn(before);
    const shift = shiftIn(before);
    const rule = { kinds, hours: match.hours, isOpen: kinds.length === 0, ...(shift === undefined ? {} : { shift }) };
    if (!found.some((one) => JSON.stringify(one) === JSON.stringify(rule))) found.push(rule);
  }
  return spread(found).filter(({ kinds }) => kinds.length > 0);
};

/** The hours in a cell or a header that is about nothing else. */
export const readHoursCell = (text: string): DutyHours | undefined => findRanges(compact(text))[0]?.hours;
