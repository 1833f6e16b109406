import type { LimitContext } from '../../domain/items/read-limit.ts';
import { readLimit } from '../../domain/items/read-limit.ts';
import { localDay } from '../../domain/local-time.ts';
import { officialDaysAnd } from '../../domain/roster/official-days.ts';
import type { DayTable } from '../../domain/roster/shift-hours.ts';
import { limitVocabulary } from '../../messages/vocabulary-limits.ts';
import type { World } from '../world.ts';

export const calendarOf = ({ settings }: World): DayTable => officialDaysAnd(settings);

export const limitContextOf = (world: World, now: number): LimitContext => ({
  handedOverAt: now,
  hasHour: true,
  timeZone: world.settings.timeZone,
  calendar: calendarOf(world),
  near: now,
});

/** A date as somebody put it in, with its hour or without: a date alone is its whole day. NaN where it can't be read. */
export const instantPutIn = (world: World, now: number, date: string | undefined, time?: string): number => {
  const text = [date, time].filter(Boolean).join(' ').trim();
  if (text === '') return Number.NaN;
  // A day that is over is still that day: the rules say what is wrong with it.
  const reading = readLimit(text, limitContextOf(world, now), limitVocabulary);
  return 'limit' in reading ? reading.limit.at : Number.NaN;
};

/** `YYYY-MM-DD`, whether a chooser sent it or a person typed `8月31日`; as it was typed where it is no date. */
export const datePutIn = (world: World, now: number, date: string | undefined): string => {
  const text = date?.trim() ?? '';
  if (text === '' || /^\d{4}-\d{2}-\d{2}$/u.test(text)) return text;
  const { handedOverAt: _, ...context } = limitContextOf(world, now);
  const reading = readLimit(text, context, limitVocabulary);
  return 'limit' in reading ? localDay(world.settings.timeZone, reading.limit.at - 1).date : text;
};
