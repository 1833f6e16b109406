import type { WriteFeed } from '../../src/ports/links.ts';
import { describeZone } from './time-zone.ts';

const refreshSeconds = 3_600;

/** One line: what ends a line, for whomever, or cannot be said in one would make lines of its own. */
const lineOf = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** The library escapes what is said of events, and not what the calendar is called. RFC 5545, 3.3.11. */
const escaped = (text: string): string => text.replaceAll(/[\\;,]/gu, String.raw`\$&`);

/** Events with the wall-clock times of their zone, which is described in the file itself; stamps in UTC. */
export const writeFeed: WriteFeed = async ({ name, timeZone, events }) => {
  // imported when first used: few processes ever write a calendar
  const { default: ical } = await import('ical-generator');
  const fromAt = events.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  const toAt = events.reduce((most, { to }) => Math.max(most, to), 0);
  const calendar = ical({
    name: escaped(lineOf(name)),
    prodId: { company: 'zaigang', product: 'duty', language: 'ZH' },
    ttl: refreshSeconds,
  });
  const wall = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  for (const { uid, from, to, summary, sequence, modifiedAt } of events) {
    const changed = new Date(modifiedAt);
    calendar.createEvent({
      id: uid,
      sequence,
      start: wall(from),
      end: wall(to),
      timezone: timeZone,
      summary: lineOf(summary),
      lastModified: changed,
      stamp: changed,
    });
  }
  // The library would put the zone before some of the calendar's own lines, and others of them last; RFC 5545 wants them before
  // every component.
  const zone = describeZone(timeZone, Number.isFinite(fromAt) ? fromAt : 0, toAt);
  return calendar.toString().replace(/^(?=BEGIN:VEVENT|END:VCALENDAR)/mu, () => `X-WR-TIMEZONE:${timeZone}\r\n${zone}\r\n`);
};
