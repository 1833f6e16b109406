import { describe, expect, it } from 'vitest';
import { createLinkSigner } from '../../../adapters/calendar-feed/signer.ts';
import { describeZone } from '../../../adapters/calendar-feed/time-zone.ts';
import { writeFeed } from '../../../adapters/calendar-feed/write-feed.ts';

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

describe('a calendar', () => {
  const event = {
    uid: 'p1-1@binhai.zaigang',
    from: at('2021-09-01T08:30[Asia/Shanghai]'),
    to: at('2021-09-02T08:30[Asia/Shanghai]'),
    summary: '值班：历下区；主班, 一\nBEGIN:VEVENT',
    sequence: 3,
    modifiedAt: at('2021-08-27T09:00[UTC]'),
  };

  it.each(['a\r\nATTENDEE:x', 'a\rATTENDEE:x', 'a\u2028BEGIN:VEVENT', 'a\nEND:VCALENDAR', 'a\u0000\u0007\u0085b', 'a;b,c\\n'])(
    'has no line that its name or an event has made: %j',
    async (said) => {
      const ics = await writeFeed({ name: said, timeZone: 'Asia/Shanghai', events: [{ ...event, summary: said }] });
      const lines = ics.split('\r\n');
      expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
      expect(lines.filter((line) => /^(?:BEGIN:VEVENT|END:VCALENDAR)$/u.test(line))).toEqual(['BEGIN:VEVENT', 'END:VCALENDAR']);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\u2028]/u);
      const values = lines.flatMap((line) => /^(?:NAME|X-WR-CALNAME|SUMMARY):(.*)$/u.exec(line)?.[1] ?? []);
      expect([values.length, new Set(values).size]).toEqual([3, 1]);
    },
  );

  it('has times of its zone, stamps in UTC, and an id and a count that say which version it is', async () => {
    const ics = await writeFeed({ name: '值班', timeZone: 'Asia/Shanghai', events: [event] });
    const lines = ics.replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'TZID:Asia/Shanghai',
        'X-WR-TIMEZONE:Asia/Shanghai',
        'UID:p1-1@binhai.zaigang',
        'SEQUENCE:3',
        'DTSTART;TZID=Asia/Shanghai:20210901T083000',
        'DTEND;TZID=Asia/Shanghai:20210902T083000',
        'DTSTAMP:20210827T090000Z',
        'LAST-MODIFIED:20210827T090000Z',
      ]),
    );
    // RFC 5545: what is said of the calendar itself comes before its components.
    const own = lines.filter((line) =>
      /^(?:PRODID|VERSION|NAME|X-WR-CALNAME|X-WR-TIMEZONE|REFRESH-INTERVAL|X-PUBLISHED-TTL)[:;]/u.test(line),
    );
    expect(own.length).toBeGreaterThan(5);
    expect(lines.slice(1, own.length + 1)).toEqual(own);
    expect(lines[own.length + 1]).toBe('BEGIN:VTIMEZONE');
    expect(lines.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1);
    // What somebody is called is no line of a calendar.
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });

  it('without events is a calendar all the same', async () => {
    expect(await writeFeed({ name: '值班', timeZone: 'Asia/Shanghai', events: [] })).toMatch(
      /^BEGIN:VCALENDAR[\s\S]*END:VTIMEZONE\r\nEND:VCALENDAR/u,
    );
  });

  it('describes each change of the clock that lies within it', () => {
    const text = describeZone('Europe/Berlin', at('2021-01-01T00:00[UTC]'), at('2022-01-01T00:00[UTC]'));
    expect(text).toContain('BEGIN:DAYLIGHT\r\nDTSTART:20210328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200');
    expect(text).toContain('BEGIN:STANDARD\r\nDTSTART:20211031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100');
    expect(
      describeZone('Asia/Shanghai', at('2021-01-01T00:00[UTC]'), at('2022-01-01T00:00[UTC]')).match(/TZOFFSETTO:\+0800/gu),
    ).toHaveLength(1);
    expect(describeZone('America/St_Johns', at('2021-01-01T00:00[UTC]'), at('2021-02-01T00:00[UTC]'))).toContain('TZOFFSETTO:-0330');
  });
});

describe('a signature', () => {
  const signer = createLinkSigner(new Uint8Array(32).fill(7));

  it('holds for its text alone, and for its secret alone', () => {
    const signature = signer.sign('calendar m1 0');
    expect(signature).toMatch(/^[\w-]{43}$/u);
    expect(signer.isSigned('calendar m1 0', signature)).toBe(true);
    expect(signer.isSigned('calendar m1 1', signature)).toBe(false);
    expect(signer.isSigned('calendar m1 0', '')).toBe(false);
    expect(createLinkSigner(new Uint8Array(32).fill(8)).isSigned('calendar m1 0', signature)).toBe(false);
  });
});
