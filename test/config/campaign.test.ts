import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCampaign, readCampaign } from '../../src/config/campaign.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';
import { shippedKinds } from '../../src/domain/items/item-kind.ts';
import { shippedPolicies } from '../../src/domain/escalation/policy.ts';

const minute = 60_000;
const hour = 60 * minute;
const least = { name: 'Flood season', from: '2024-06-01T00:00', to: '2024-09-01T00:00', contacts: 'c.xlsx', roster: 'r.xlsx' };

const faultsIn = (campaign: object, bureau: string | null = null): readonly string[] => {
  try {
    readCampaign(campaign, bureau);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map((fault) => `${fault.name}: ${fault.problem}`);
  }
};

describe('readCampaign', () => {
  it('fills what is left out with the defaults of duty practice', () => {
    const { settings, contacts } = readCampaign(least);
    expect(contacts).toBe('c.xlsx');
    expect(settings).toEqual({
      bureau: 'jinan',
      name: 'Flood season',
      timeZone: 'Asia/Shanghai',
      fromAt: Date.parse('2024-06-01T00:00+08:00'),
      toAt: Date.parse('2024-09-01T00:00+08:00'),
      posts: {
        bands: [
          {
            name: 'day',
            fromMinute: 420,
            toMinute: 1320,
            fixedMinutes: [600, 960],
            random: 1,
            answerWindowMs: 10 * minute,
            silenceLimitMs: 4 * hour,
          },
          {
            name: 'night',
            fromMinute: 1320,
            toMinute: 420,
            fixedMinutes: [],
            random: 1,
            answerWindowMs: 10 * minute,
            silenceLimitMs: 10 * hour,
          },
        ],
        quietAfterPresenceMs: 20 * minute,
        proof: 'acknowledge',
      },
      standing: {
        bands: [
          {
            name: 'day',
            fromMinute: 540,
            toMinute: 1020,
            fixedMinutes: [],
            random: 1,
            answerWindowMs: 10 * minute,
            silenceLimitMs: 36 * hour,
          },
        ],
        quietAfterPresenceMs: 20 * minute,
        proof: 'acknowledge',
      },
      onSite: {
        bands: [
          {
            name: 'day',
            fromMinute: 420,
            toMinute: 1320,
            fixedMinutes: [600, 960],
            random: 4,
            answerWindowMs: 10 * minute,
            silenceLimitMs: 2 * hour,
          },
          {
            name: 'night',
            fromMinute: 1320,
            toMinute: 420,
            fixedMinutes: [],
            random: 2,
            answerWindowMs: 10 * minute,
            silenceLimitMs: 5 * hour,
          },
        ],
        quietAfterPresenceMs: 20 * minute,
        proof: 'acknowledge',
      },
      policies: Object.fromEntries(shippedPolicies.map((policy) => [policy.name, policy])),
      kinds: Object.fromEntries(shippedKinds.map((kind) => [kind.name, kind])),
      chainDays: { unit: 3, city: 3, province: 7, team: 10 },
      phases: [{ phase: 'during', fromAt: Date.parse('2024-06-01T00:00+08:00'), toAt: Date.parse('2024-09-01T00:00+08:00') }],
      digestMinutes: [420, 1080],
      workingHours: { fromMinute: 480, toMinute: 1200 },
      reports: { dailyMinute: 17 * 60, weekly: { weekday: 5, minute: 16 * 60 + 30 }, hasCampaign: true, withinMs: hour },
      appealWithinMs: 24 * hour,
      quietHours: { fromMinute: 1320, toMinute: 420 },
      massFailure: { share: 0.5, atLeast: 5 },
      bundleWindowMs: 20_000,
      shiftHours: { fromMinute: 510, toMinute: 510 },
      minimumHeadcount: 1,
      handover: { isRequired: true, leadMs: 15 * minute, windowMs: 10 * minute, acceptance: 'one' },
      rosterChanges: 'office',
      ahead: { reminders: [24 * hour, hour], test: { aheadMs: 24 * hour, answerBeforeMs: 12 * hour, againMs: 14 * 24 * hour } },
      limits: { consecutiveShifts: 3, restMs: 0 },
      consent: { leave: 'leader', swap: 'shiftLeader', cover: 'leader', ofLeaders: 'office' },
      holidays: [],
      makeUpWorkdays: [],
    });
  });

  it("takes times with an offset as they are, others by the campaign's zone", () => {
    const { settings } = readCampaign({ ...least, timeZone: 'Europe/Berlin', from: '2024-06-01T00:00Z', to: '2024-09-01T00:00' });
    expect(settings.fromAt).toBe(Date.parse('2024-06-01T00:00Z'));
    expect(settings.toAt).toBe(Date.parse('2024-09-01T00:00+02:00'));
  });

  it('reads a policy of its own in place of a shipped one, steps in order', () => {
    const check = {
      name: 'check',
      answerWindow: 'PT5M',
      steps: [
        { after: 'PT5M', notify: ['office'], via: 'sms' },
        { after: 'PT0S', notify: ['onDuty'], repeat: { every: 'PT2M', times: 2 } },
      ],
    };
    const { policies } = readCampaign({ ...least, policies: [check] }).settings;
    expect(policies['check']).toEqual({
      name: 'check',
      answerWindowMs: 5 * minute,
      steps: [
        { afterMs: 0, notify: ['onDuty'], via: 'card', repeat: { everyMs: 2 * minute, times: 2 } },
        { afterMs: 5 * minute, notify: ['office'], via: 'sms' },
      ],
      remindOfficeEveryMs: 30 * minute,
    });
    expect(policies['urgent']?.name).toBe('urgent');
  });

  it('reads the ladder of an item, counted from its deadline, in the hours of the campaign', () => {
    const work = {
      name: 'work',
      steps: [
        { after: 'PT1H', notify: ['principal'] },
        { before: 'PT2H', notify: ['liaison'] },
      ],
    };
    const night = {
      name: 'night',
      steps: [{ before: 'PT1S', notify: ['office'] }],
      opening: ['office'],
      waitsForHours: false,
      gather: 'PT5M',
    };
    const workingHours = { from: '09:00', to: '17:00' };
    const { policies, ...settings } = readCampaign({ ...least, workingHours, policies: [work, night] }).settings;
    const hours = { timeZone: settings.timeZone, fromMinute: 540, toMinute: 1020 };
    expect(policies['work']).toMatchObject({ steps: [{ afterMs: -2 * hour }, { afterMs: hour }], hours });
    expect(policies['review']).toMatchObject({ hours });
    expect(policies['night']).toMatchObject({ steps: [{ afterMs: -1000 }], opening: ['office'] });
    expect(policies['night']).not.toHaveProperty('hours');
    expect([policies['work']?.gatherMs, policies['night']?.gatherMs]).toEqual([hour / 2, hour / 12]);
    expect(policies['workUrgent']).not.toHaveProperty('hours');
  });

  it('names every fault with its path, all at once', () => {
    const faults = faultsIn({
      ...least,
      name: '',
      to: '2024-05-01T00:00',
      timeZone: 'Mars/Olympus',
      checks: {
        posts: {
          bands: [
            { name: 'day', from: '7', to: '22:00', fixed: ['25:00'], silenceLimit: '4 hours' },
            { name: 'night', from: '22:00', to: '07:00', fixed: ['12:00'], silenceLimit: 'PT10H' },
          ],
        },
      },
      policies: [{ name: 'check', steps: [{ after: '-PT1M', notify: ['boss'] }] }],
      holidays: ['2024-02-30'],
      massFailure: { share: 2 },
      digestAt: ['24:00'],
      minimumHeadcont: 2,
    });
    expect(faults.map((fault) => fault.replace(/: .*/s, '')).sort()).toEqual(
      [
        'name',
        'timeZone',
        'checks.posts.bands[0].from',
        'checks.posts.bands[0].fixed[0]',
        'checks.posts.bands[0].silenceLimit',
        'checks.posts.bands[1].fixed',
        'policies[0].steps[0].after',
        'policies[0].steps[0].notify[0]',
        'holidays[0]',
        'massFailure.share',
        'digestAt[0]',
        'minimumHeadcont',
      ].sort(),
    );
    expect(faults).toContain('minimumHeadcont: not known here, did you mean minimumHeadcount?');
  });

  it('says of every missing field that it is missing, with an example', () => {
    for (const name of ['name', 'from', 'to']) {
      expect(() => readCampaign({})).toThrow(new RegExp(`^  ${name}: missing; must be .+\\. For example: \\S+`, 'm'));
    }
    expect(() => readCampaign({})).not.toThrow(/received undefined/);
  });

  it.each([
    ['ends before it begins', { to: '2024-05-01T00:00' }, /^to: .*after it begins/],
    ['has one workbook of two', { contacts: undefined }, /^contacts: /],
    ['is not ours', { bureau: 'Jinan City' }, /^bureau: "Jinan City" is not/],
    ['has a zone that is an offset', { timeZone: '+08:00' }, /^timeZone: /],
    ['has a day of its own', { from: '2024-02-30T00:00' }, /^from: /],
    [
      'reminds of a check before it is asked',
      { policies: [{ name: 'check', steps: [{ before: 'PT1M', notify: ['onDuty'] }] }] },
      /^policies\[0\]\.steps: .*deadline/,
    ],
    [
      'has a step both before and after',
      { policies: [{ name: 'work', steps: [{ before: 'PT1M', after: 'PT1M', notify: ['office'] }] }] },
      /^policies\[0\]\.steps\[0\]\.after: /,
    ],
    ['has a step at no time', { policies: [{ name: 'work', steps: [{ notify: ['office'] }] }] }, /^policies\[0\]\.steps\[0\]\.after: /],
    ['lets checks wait for the morning', { policies: [{ name: 'check', steps: [], waitsForHours: true }] }, /^policies\[0\]: .*items only/],
    ['has two policies of one name', { policies: ['a', 'a'].map((name) => ({ name, steps: [] })) }, /^policies: two policies/],
    [
      'has bands that overlap',
      { checks: { standing: { bands: ['10:00', '11:00'].map((from) => ({ name: from, from, to: '12:00', silenceLimit: 'PT2H' })) } } },
      /^checks\.standing\.bands: two bands overlap/,
    ],
    [
      'waits longer than silence may last',
      { checks: { standing: { bands: [{ name: 'a', from: '10:00', to: '12:00', answerWindow: 'PT2H', silenceLimit: 'PT1H' }] } } },
      /^checks\.standing\.bands\[0\]\.answerWindow: /,
    ],
  ])('refuses a campaign that %s', (_, change, fault) => {
    expect(faultsIn({ ...least, ...change })).toEqual([expect.stringMatching(fault)]);
  });

  it.each([null, [], 'text', 7])('refuses %j', (json) => {
    expect(() => readCampaign(json)).toThrow(ConfigurationError);
  });

  it('belongs to one bureau', () => {
    expect(readCampaign(least, 'weifang').settings.bureau).toBe('weifang');
    expect(faultsIn({ ...least, bureau: 'jinan' }, 'weifang')).toEqual([
      expect.stringMatching(/^bureau: says jinan, but ZAIGANG_BUREAU says weifang/),
    ]);
  });
});

it.each([
  ['policies', { policies: 'PT10M' }],
  ['kinds', { kinds: { name: 'sandstorm' } }],
  ['checks.posts.bands', { checks: { posts: { bands: null } } }],
])('names %s where it is no list', (name, wrong) => {
  expect(() => readCampaign({ ...least, ...wrong })).toThrow(new RegExp(`ZG_CONFIGURATION.*\\n\\s*${name}: `));
});

describe('loadCampaign', () => {
  const dir = mkdtempSync(join(tmpdir(), 'zg-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('finds the workbooks beside the file', () => {
    const file = join(dir, 'campaign.json');
    writeFileSync(file, `\uFEFF${JSON.stringify({ ...least, roster: '/elsewhere/r.xlsx' })}`);
    expect(loadCampaign(file)).toMatchObject({ contacts: join(dir, 'c.xlsx'), roster: '/elsewhere/r.xlsx' });
  });

  it('says what is wrong with the file itself', () => {
    const file = join(dir, 'broken.json');
    writeFileSync(file, '{ "name": ');
    expect(() => loadCampaign(file)).toThrow(/broken\.json: is not JSON/);
    expect(() => loadCampaign(join(dir, 'absent.json'))).toThrow(/absent\.json: can't be read: .*ENOENT/);
  });

  it('knows the demo, whose workbooks are there', () => {
    const demo = loadCampaign(demoCampaignFile);
    expect(demo.settings).toMatchObject({
      bureau: 'jinan',
      fromAt: Date.parse('2021-08-26T08:30+08:00'),
      toAt: Date.parse('2021-10-01T08:30+08:00'),
    });
    expect([demo.contacts, demo.roster].every((file) => file !== undefined && existsSync(file))).toBe(true);
  });

  it('reads when reports are drafted and how long the office has, and names what is wrong with them', () => {
    const read = (more: object) => readCampaign({ ...least, ...more }).settings;
    expect(read({ reports: null }).reports).toBeUndefined();
    const own = { daily: '08:30', weekly: { day: 'monday', at: '09:00' }, campaign: false, within: 'PT30M' };
    expect(read({ reports: own }).reports).toEqual({
      dailyMinute: 510,
      weekly: { weekday: 1, minute: 540 },
      hasCampaign: false,
      withinMs: hour / 2,
    });
    expect(read({ reports: { daily: null, weekly: null } }).reports).toEqual({ hasCampaign: true, withinMs: hour });
    expect(read({ appeals: { within: 'PT2H' } }).appealWithinMs).toBe(2 * hour);
    const wrong = { reports: { daily: '25:00', weekly: { day: 'someday' }, within: 'an hour' }, appeals: { within: 2 } };
    expect(() => read(wrong)).toThrow(/reports\.daily[\s\S]*reports\.weekly\.day[\s\S]*reports\.within[\s\S]*appeals\.within/u);
  });
});
