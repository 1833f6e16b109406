import { z } from 'zod';

/**
 * A text of one form, turned into what the rules use. `parse` gives undefined for a text that is not of the form,
 * and may throw, as Temporal does.
 */
export const textField = <T>(form: string, example: string, parse: (text: string) => T | undefined, options: { isSecret?: boolean } = {}) =>
  z.unknown().transform((raw, context): T => {
    const refuse = (): never => {
      const given = options.isSecret ? 'what is given' : JSON.stringify(raw);
      const problem = raw === undefined ? `missing; must be ${form}` : `${given} is not ${form}`;
      context.issues.push({ code: 'custom', input: raw, message: problem, params: { example } });
      return z.NEVER;
    };
    if (typeof raw !== 'string') return refuse();
    try {
      const value = parse(raw.trim());
      return value === undefined ? refuse() : value;
    } catch {
      return refuse();
    }
  });

export const nameField = (form: string, example: string) => textField(form, example, (text) => text || undefined);

const dayMinutes = 24 * 60;

const parseMinute = (text: string): number | undefined => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === undefined || Number(minute) > 59) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= dayMinutes ? minutes : undefined;
};

/** `HH:MM`, to minutes of the day, 0 to 1439. */
export const minuteOfDay = textField('a time of day', '07:00', (text) => {
  const minutes = parseMinute(text);
  return minutes === dayMinutes ? undefined : minutes;
});

/** `HH:MM` where `24:00` is the end of the day. */
export const endMinuteOfDay = textField('a time of day', '22:00', parseMinute);

/** ISO 8601 duration of days, hours, minutes and seconds, to ms. A day is 24 hours: a limit doesn't grow in a night of clock change. */
export const durationMs = (options: { readonly from?: number; readonly example: string }) =>
  textField('an ISO 8601 duration', options.example, (text) => {
    const duration = Temporal.Duration.from(text);
    const ms = Math.round(duration.total('milliseconds'));
    return ms >= (options.from ?? 1) ? ms : undefined;
  });

export const localDate = textField('a date', '2021-09-19', (text) => Temporal.PlainDate.from(text, { overflow: 'reject' }).toString());

export const timeZone = textField('the name of a time zone', 'Asia/Shanghai', (text) => {
  // refuses bare offsets: they know nothing of daylight saving
  if (/^[+-]/.test(text)) return undefined;
  return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone && text;
});

/** Stands in keys and paths, so it is short and plain. */
export const bureauName = textField('a short name of lower-case letters, digits and dashes', 'jinan', (text) =>
  /^[a-z][a-z\d-]{0,31}$/.test(text) ? text : undefined,
);

export const numberField = (form: string, example: number, isGood: (value: number) => boolean) =>
  z.unknown().transform((raw, context): number => {
    if (typeof raw === 'number' && isGood(raw)) return raw;
    context.issues.push({
      code: 'custom',
      input: raw,
      message: raw === undefined ? `missing; must be ${form}` : `${JSON.stringify(raw)} is not ${form}`,
      params: { example: String(example) },
    });
    return z.NEVER;
  });

const parseMoment = (text: string) => {
  if (/(?:Z|[+-]\d{2}:?\d{2})(?:\[|$)/i.test(text)) {
    const at = Temporal.Instant.from(text).epochMilliseconds;
    return () => at;
  }
  const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  return (zone: string) => local.toZonedDateTime(zone).epochMilliseconds;
};

/** A moment with its offset, or as the clock on the campaign's wall shows it: needs the zone to become epoch ms. */
export const moment = textField('a moment', '2021-08-26T08:30', parseMoment);

/** By when something is owed: a moment, or a date for the end of that day. */
export const deadline = textField('a date or a moment', '2021-08-25', (text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return parseMoment(text);
  const next = Temporal.PlainDate.from(text, { overflow: 'reject' }).add({ days: 1 });
  return (zone: string) => next.toZonedDateTime(zone).epochMilliseconds;
});

/** For rules across fields, which are to be checked even where another field is already at fault; see `isRead`. */
export const always = (): boolean => true;

/** The same for rules over a list: what is no list has a fault of its own. */
export const whereList = ({ value }: { readonly value: unknown }): boolean => Array.isArray(value);

/** Whether a part was read at all: zod leaves a marker in the place of one that is at fault. */
export const isRead = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !('status' in value && value.status === 'aborted');
