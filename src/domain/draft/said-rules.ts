import { addDays } from '../local-time.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { DraftWishes } from './rules-for.ts';

/** What was said of a draft beside its days, by ids and local dates; short enough to be carried by a button. */
export type SaidRules = {
  readonly restHours?: number;
  readonly mostInRow?: number;
  readonly wishes: readonly { readonly personId: PersonId; readonly date: string; readonly wants: boolean }[];
  /** Both days included. */
  readonly away: readonly { readonly personId: PersonId; readonly from: string; readonly to: string }[];
};

/** What a draft is asked for: local dates, both included; without units every post. */
export type DraftAsk = {
  readonly fromDate: string;
  readonly toDate: string;
  readonly unitIds: readonly string[];
  readonly variant: number;
  /** What else was said of it. */
  readonly said?: SaidRules;
};

export const nothingSaid: SaidRules = { wishes: [], away: [] };

/** More are not said of one draft, and no button carries them. */
export const mostSaid = 60;

const dayMs = 86_400_000;

const daysAfter = (from: string, date: string): number => Math.round((Date.parse(date) - Date.parse(from)) / dayMs);

/** Dates as days after the first of the draft: `r8 m3 -m12.j +m7.2 am13.5.b`. */
export const packSaid = ({ restHours, mostInRow, wishes, away }: SaidRules, fromDate: string): string => {
  const day = (date: string): string => daysAfter(fromDate, date).toString(36);
  return [
    ...(restHours === undefined ? [] : [`r${restHours}`]),
    ...(mostInRow === undefined ? [] : [`m${mostInRow}`]),
    ...wishes.map(({ personId, date, wants }) => `${wants ? '+' : '-'}${personId}.${day(date)}`),
    ...away.map(({ personId, from, to }) => `a${personId}.${day(from)}.${day(to)}`),
  ].join(' ');
};

const safeDay = /^-?[0-9a-z]{1,5}$/u;
const number = /^\d{1,3}(?:\.\d)?$/u;

/** What a button carries; undefined for anything that was not packed so. */
export const unpackSaid = (packed: string, fromDate: string): SaidRules | undefined => {
  const said: { restHours?: number; mostInRow?: number; wishes: SaidRules['wishes'][number][]; away: SaidRules['away'][number][] } = {
    wishes: [],
    away: [],
  };
  const parts = packed.split(' ').filter(Boolean);
  if (parts.length > mostSaid + 2) return undefined;
  const date = (day: string): string => addDays(fromDate, Number.parseInt(day, 36));
  for (const part of parts) {
    const [sign, rest] = [part.charAt(0), part.slice(1)];
    const [personId = '', ...days] = rest.split('.');
    if ((sign === 'r' || sign === 'm') && number.test(rest)) {
      if (sign === 'r') said.restHours = Number(rest);
      else said.mostInRow = Number(rest);
    } else if (days.length === 0 || !days.every((day) => safeDay.test(day))) return undefined;
    else if ((sign === '+' || sign === '-') && days.length === 1) said.wishes.push({ personId, date: date(days[0]!), wants: sign === '+' });
    else if (sign === 'a' && days.length === 2) said.away.push({ personId, from: date(days[0]!), to: date(days[1]!) });
    else return undefined;
  }
  return said;
};

const hourMs = 3_600_000;

/** The same as a draft is made by. */
export const wishesOfSaid = ({ restHours, mostInRow, wishes, away }: SaidRules, zone: string): DraftWishes => {
  const instant = (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
  return {
    ...(restHours === undefined ? {} : { restMs: restHours * hourMs }),
    ...(mostInRow === undefined ? {} : { mostInRow }),
    wishes,
    away: away.map(({ personId, from, to }) => ({ personId, from: instant(from), to: instant(addDays(to, 1)) })),
  };
};
