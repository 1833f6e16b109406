/** How a calendar says what a time zone is (RFC 5545, VTIMEZONE), from the tables of this machine. */

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0');

const offsetText = (nanoseconds: number): string => {
  const minutes = Math.round(Math.abs(nanoseconds) / 60e9);
  return `${nanoseconds < 0 ? '-' : '+'}${twoDigits(minutes / 60)}${twoDigits(minutes % 60)}`;
};

const stamp = (wall: Temporal.PlainDateTime): string => wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/gu, '');

const part = (kind: 'STANDARD' | 'DAYLIGHT', start: string, from: number, to: number): readonly string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${start}`,
  `TZOFFSETFROM:${offsetText(from)}`,
  `TZOFFSETTO:${offsetText(to)}`,
  `END:${kind}`,
];

const mostChanges = 200;

/** Of the time between two instants, epoch ms: how the clock stands at its begin, and each change in it. */
export const describeZone = (zone: string, fromAt: number, toAt: number): string => {
  const start = Temporal.Instant.fromEpochMilliseconds(fromAt).toZonedDateTimeISO(zone);
  const first = start.offsetNanoseconds;
  const lines = [...part('STANDARD', '19700101T000000', first, first)];
  let before = first;
  let next = start.getTimeZoneTransition('next');
  for (let count = 0; next !== null && next.epochMilliseconds < toAt && count < mostChanges; count += 1) {
    const after = next.offsetNanoseconds;
    // The wall clock as it stood until then says when it is changed.
    const wall = next.toInstant().toZonedDateTimeISO(offsetZone(before)).toPlainDateTime();
    lines.push(...part(after > before ? 'DAYLIGHT' : 'STANDARD', stamp(wall), before, after));
    before = after;
    next = next.getTimeZoneTransition('next');
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE'].join('\r\n');
};

const offsetZone = (nanoseconds: number): string => {
  const text = offsetText(nanoseconds);
  return `${text.slice(0, 3)}:${text.slice(3)}`;
};
