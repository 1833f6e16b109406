import fc from 'fast-check';
import { writeFeed } from '../../adapters/calendar-feed/write-feed.ts';
import type { Fuzz } from './fuzz.ts';
import { longText, oddText } from './hostile.ts';

const text = fc.oneof({ weight: 8, arbitrary: oddText }, { weight: 1, arbitrary: longText(2_000) });
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const event = fc.record({
  uid: fc.constant('p1-1@jinan.zaigang'),
  from: instant,
  to: instant,
  summary: text,
  sequence: fc.nat(),
  modifiedAt: instant,
});

/** Names that a line of a calendar may have: what somebody is called, or a campaign, makes no line of its own. */
const line =
  /^(?: |(?:BEGIN|END):V(?:CALENDAR|EVENT|TIMEZONE)$|(?:BEGIN|END):(?:STANDARD|DAYLIGHT)$|(?:VERSION|PRODID|NAME|X-WR-CALNAME|X-WR-TIMEZONE|X-PUBLISHED-TTL|REFRESH-INTERVAL|TZID|TZOFFSETFROM|TZOFFSETTO|TZNAME|UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|SUMMARY|LAST-MODIFIED|RRULE|RDATE)[:;])/u;

/** Whatever people, units and campaigns are called, a calendar has its events and no line besides. */
export const feeds: Fuzz = {
  name: 'feeds',
  cases: 100,
  open: async () => ({
    property: fc.asyncProperty(text, fc.array(event, { maxLength: 3 }), async (name, events) => {
      const ics = await writeFeed({ name, timeZone: 'Asia/Shanghai', events });
      const lines = ics.split('\r\n');
      if (lines.at(-1) === '') lines.pop();
      const odd = lines.find((one) => !line.test(one) || /[\p{Cc}\u2028\u2029]/u.test(one));
      if (odd !== undefined) throw new Error(`a line that nobody knows: ${JSON.stringify(odd)}`);
      const begun = lines.filter((one) => one === 'BEGIN:VEVENT').length;
      if (begun !== events.length) throw new Error(`${begun} events instead of ${events.length}`);
    }),
    close: async () => {},
  }),
};
