import { describe, expect, it } from 'vitest';
import type { Organisation } from '../../../src/domain/organisation/organisation.ts';
import type { Roster } from '../../../src/domain/roster/roster.ts';
import type { PlatformLimit } from '../../../src/app/rehearsal/load.ts';
import { createLoad } from '../../../src/app/rehearsal/load.ts';
import { rehearsalPage } from '../../../src/app/rehearsal/report-page.ts';
import { rehearsalTables } from '../../../src/app/rehearsal/report-tables.ts';
import { rehearse, type RehearsalAsked } from '../../../src/wiring/rehearse.ts';
import { at, campaignFrom, idOf, organisation, roster, settings } from '../../support/invented.ts';

const dayMs = 86_400_000;

const play = (given: Partial<RehearsalAsked> & { readonly organisation?: Organisation; readonly roster?: Roster } = {}) => {
  const campaign = { organisation: given.organisation ?? organisation, roster: given.roster ?? roster };
  return rehearse({
    settings,
    fill: async (store) => void (await store.commitCampaign(campaign, 0, [])),
    fromAt: campaignFrom,
    toAt: campaignFrom + 3 * dayMs,
    seed: 1,
    silent: 0,
    hasSms: true,
    hasVoice: false,
    ...given,
  });
};

describe('a rehearsal', () => {
  it('asks every post once a round, and tells how often and how many messages each person got', async () => {
    // at ten on three days, and never beside it: the limit on silence is longer than a day
    const posts = { ...settings.posts, bands: settings.posts.bands.map((band) => ({ ...band, silenceLimitMs: 30 * 3_600_000 })) };
    const report = await play({ settings: { ...settings, posts } });
    expect(report.posts.map(({ post, questions }) => [post, questions])).toEqual([
      ['市局值班室', 3],
      ['东城区', 3],
      ['西城区', 3],
    ]);
    expect(report.totals).toMatchObject({ posts: 3, questions: 9, nightMessages: 0 });
    const asked = report.people.find(({ name }) => name === '东主班');
    expect(asked).toMatchObject({ unit: '东城区', night: 0 });
    expect(asked!.questions).toBeGreaterThanOrEqual(3);
    expect(report.totals.messages).toBe(report.people.reduce((sum, { day, night }) => sum + day + night, 0));
  });

  it('gives the same report for the same seed, and another for another', async () => {
    const [one, again, other] = [await play({ silent: 0.3 }), await play({ silent: 0.3 }), await play({ silent: 0.3, seed: 2 })];
    expect(again).toEqual(one);
    expect({ ...other, seed: 1 }).not.toEqual(one);
  });

  it('climbs to the group where nobody answers at all, and says what was left open', async () => {
    const report = await play({ silent: 1, toAt: at('2021-08-26T22:30') });
    const checks = report.kinds.find(({ kind }) => kind === 'check');
    expect(checks).toMatchObject({ opened: 3, inTime: 0, late: 0, missed: 3 });
    expect(report.leftOpen.filter(({ kind }) => kind === 'check')).toHaveLength(3);
    expect(report.totals.groupMessages).toBeGreaterThan(0);
    expect(report.people.every(({ part }) => part === 'silent')).toBe(true);
    expect(report.totals.nightMessages).toBeGreaterThan(0);
    expect(report.totals.answers).toBe(0);
    expect(report.channels.find(({ channel }) => channel === 'sms')?.messages).toBeGreaterThan(0);
  });

  it('finds empty posts, officers who stand alone or twice, and ladders that end with nobody', async () => {
    const alone: Roster = {
      ...roster,
      shifts: roster.shifts.flatMap((shift, index) => {
        const only = { role: 'onDuty', personId: idOf('东主班') } as const;
        if (shift.postId === 'p1') return index % 40 === 1 ? [] : [shift];
        return [{ ...shift, holders: [only] }];
      }),
    };
    const orphans: Organisation = {
      ...organisation,
      appointments: organisation.appointments.filter(({ role, of }) => of !== 'u3' || role === 'dutyOfficer'),
    };
    const report = await play({ organisation: orphans, roster: alone });
    expect(report.gaps).toMatchObject([{ post: '市局值班室', reason: 'noShift', hours: 24, from: '2021-08-27T08:30:00+08:00' }]);
    expect(report.thin.map(({ post, reason }) => [post, reason])).toEqual([
      ['东城区', 'twoPosts'],
      ['西城区', 'twoPosts'],
    ]);
    expect(report.endsWithNobody).toMatchObject([
      { post: '西城区', hours: 72, missing: ['coDuty', 'shiftLeader', 'liaison', 'principal'], left: ['onDuty', 'office'] },
    ]);
    expect(report.weakLadders.map(({ post }) => post)).toEqual(['东城区', '西城区']);
  });

  it('asks nobody outside the campaign, and outside the hours of a band', async () => {
    const report = await play({ fromAt: at('2021-10-10T00:00'), toAt: at('2021-10-12T00:00') });
    expect(report.totals.questions).toBe(0);
  });
});

describe('the load of a channel', () => {
  const limit = (given: Partial<PlatformLimit>): PlatformLimit => ({
    platform: 'x',
    channel: 'chat',
    scope: 'all',
    count: 2,
    perMs: 1_000,
    ...given,
  });
  const message = (to: string) => ({ id: 'i', to, text: 't' });

  it('is the most in one span, and how long it takes to leave', () => {
    const load = createLoad('chat', [
      limit({}),
      limit({ scope: 'person', count: 5 }),
      limit({ scope: 'group', count: 5 }),
      limit({ channel: 'sms' }),
    ]);
    for (const [to, when] of [
      ['m1', 100],
      ['m2', 200],
      ['m1', 900],
      ['g:office', 950],
      ['m1', 1_100],
      ['m3', 70_000],
    ] as const)
      load.add(message(to), when);
    const { messages, peakPerMinute, limits } = load.result();
    expect([messages, peakPerMinute]).toEqual([6, 5]);
    expect(limits.map(({ scope, peak, share, drainMs }) => [scope, peak, share, drainMs])).toEqual([
      ['all', 4, 2, 1_000],
      ['person', 2, 0.4, 0],
      ['group', 1, 0.2, 0],
    ]);
  });
});

describe('the report', () => {
  it('is a page that loads nothing, in which nobody can write but us', async () => {
    const hostile: Organisation = {
      ...organisation,
      people: organisation.people.map((person) =>
        person.id === idOf('东主班') ? { ...person, name: '<script>alert(1)</script>' } : person,
      ),
    };
    const page = rehearsalPage(await play({ organisation: hostile }));
    expect(page).not.toMatch(/<script|https?:|src=|@import/u);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain("default-src 'none'");
  });

  it('has a table for each question, every row as wide as its headings', async () => {
    const sheets = rehearsalTables(await play({ silent: 0.5 }));
    expect(sheets.map(({ name }) => name)).toEqual([
      '人员消息量',
      '各岗查岗',
      '空岗与缺员',
      '人手单薄',
      '升级链断点',
      '各类催办',
      '结束时未了结',
      '通道负荷',
    ]);
    for (const { headings, rows, widths } of sheets) {
      expect(widths).toHaveLength(headings.length);
      for (const row of rows) expect(row).toHaveLength(headings.length);
    }
  });
});
