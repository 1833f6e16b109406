import { describe, expect, it } from 'vitest';
import { changeAppointment } from '../../../src/app/roster/change-appointment.ts';
import { findGaps } from '../../../src/app/roster/find-gaps.ts';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { importRoster } from '../../../src/app/roster/import-roster.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import { whoIsOnDuty } from '../../../src/app/roster/who-is-on-duty.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { openDesk } from '../../support/workbooks.ts';
import type { Desk } from '../../support/workbooks.ts';

const fixture = (name: string): { path: string } => ({ path: new URL(`../../fixtures/${name}`, import.meta.url).pathname });
const iso = isoIn('Asia/Shanghai');

const load = async (): Promise<Desk> => {
  const desk = openDesk();
  await importContacts(desk, fixture('contacts.xlsx'));
  await importRoster(desk, fixture('roster.xlsx'));
  return desk;
};

const directoryOf = (desk: Desk) => buildDirectory(desk.campaign().organisation, desk.campaign().roster);

describe('who is on duty', () => {
  it('answers for the bureau, with its leader and its landline', async () => {
    const directory = directoryOf(await load());
    const at = Date.parse('2021-08-27T08:29:59+08:00');
    expect(whoIsOnDuty(directory, at, iso, '局机关')).toEqual({
      ok: true,
      at: '2021-08-27T08:29:59+08:00',
      posts: [
        {
          unit: '局机关',
          post: '局机关',
          from: '2021-08-26T08:30:00+08:00',
          to: '2021-08-27T08:30:00+08:00',
          shiftLeader: { name: '金立新', mobile: '13800004921' },
          onDuty: [{ name: '姜洋', mobile: '13800005106' }],
          coDuty: [{ name: '郑红', mobile: '13800005143' }],
          landline: '0531-82000001',
        },
      ],
    });
    const next = whoIsOnDuty(directory, at + 1_000, iso, '局机关');
    expect(next.ok && next.posts[0]?.onDuty[0]?.name).toBe('沈伟');
  });

  it('answers for all posts, for an alias, and asks where a name is unclear', async () => {
    const directory = directoryOf(await load());
    const at = Date.parse('2021-08-27T10:00:00+08:00');
    const all = whoIsOnDuty(directory, at, iso);
    expect(all.ok && all.posts).toHaveLength(17);
    const alias = whoIsOnDuty(directory, at, iso, '南山区');
    expect(alias.ok && alias.posts.map(({ unit }) => unit)).toEqual(['南部山区']);
    expect(whoIsOnDuty(directory, at, iso, '莱芜')).toMatchObject({ ok: false, code: 'ZG_UNIT_AMBIGUOUS' });
    expect(whoIsOnDuty(directory, at, iso, '城阳区')).toMatchObject({ ok: false, code: 'ZG_UNIT_UNKNOWN' });
  });
});

describe('gaps', () => {
  it('are none between the first and the last shift, and all posts a day later', async () => {
    const directory = directoryOf(await load());
    expect(findGaps(directory, iso)).toEqual({ ok: true, gaps: [] });
    const { gaps } = findGaps(directory, iso, { to: Date.parse('2021-10-02T08:30:00+08:00') });
    expect(gaps).toHaveLength(17);
    expect(gaps[0]).toEqual({
      unit: '局机关',
      post: '局机关',
      from: '2021-10-01T08:30:00+08:00',
      to: '2021-10-02T08:30:00+08:00',
      hours: 24,
      reason: 'noShift',
    });
  });
});

describe('a change of liaison', () => {
  it('is committed with its event, which names nobody', async () => {
    const desk = await load();
    const { units, people } = desk.campaign().organisation;
    const from = Date.parse('2021-09-01T00:00:00+08:00');
    const change = { role: 'liaison' as const, unitId: units[0]?.id ?? '', personId: people[5]?.id ?? '', from };
    expect(await changeAppointment(desk, change, 'm1')).toBe('changed');
    expect(desk.events.at(-1)).toMatchObject({ event: 'AppointmentChanged', actor: 'm1', data: { of: 'u1', role: 'liaison', from } });
    expect(JSON.stringify(desk.events.at(-1))).not.toMatch(/\p{Script=Han}/u);
    expect(await changeAppointment(desk, change)).toBe('unchanged');
  });
});
