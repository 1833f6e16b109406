import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { describeCampaign } from '../../src/config/describe-campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';
import type { CampaignWords } from '../../src/domain/campaign-record/campaign-record.ts';
import { campaignFaultText } from '../../src/messages/campaign-fault-texts.ts';

const least: CampaignWords = {
  name: 'Flood season',
  from: '2024-06-01T08:00',
  to: '2024-09-30T20:00:30',
  contacts: 'contacts.xlsx',
  roster: 'roster.xlsx',
};

const full: CampaignWords = {
  ...least,
  timeZone: 'Europe/Berlin',
  from: '2024-06-01T08:00+08:00',
  shiftHours: { from: '00:00', to: '24:00' },
  checks: {
    posts: { bands: [{ name: 'all', from: '00:00', to: '24:00', fixed: ['16:00', '4:00'], silenceLimit: 'PT90M' }], proof: 'code' },
    standing: { quietAfterPresence: 'PT0S' },
  },
  phases: [
    { phase: 'onSite', from: '2024-07-02T08:00', to: '2024-07-04T20:00', unit: 'Lixia' },
    { phase: 'during', from: '2024-06-01T08:00' },
  ],
  readiness: { by: '2024-05-31', ahead: 'P2D' },
  reachTest: null,
  shiftReminders: [],
  handover: { isRequired: false, window: 'PT20M' },
  chainDays: { unit: 2, bureau: 3, province: null },
  auditors: ['138-0000-0001'],
  holidays: ['2024-06-10'],
  policies: [{ name: 'check', steps: [{ after: 'PT0S', notify: ['onDuty'] }] }],
  kinds: [{ name: 'sandstorm', label: 'Sandstorm', limit: { hours: 12 } }],
  phasePolicies: { onSite: { work: 'workUrgent' } },
};

describe('a campaign with everything said', () => {
  it.each([
    ['the least', least],
    ['one that says much', full],
    ['the demo', JSON.parse(readFileSync(demoCampaignFile, 'utf8')) as CampaignWords],
  ])('is the same campaign: %s', (_, words) => {
    const { settings } = readCampaign(words);
    const shown = describeCampaign(words, settings);
    const again = readCampaign(shown).settings;
    // no ladders of phases and an empty list of them are the same
    expect({ phasePolicies: {}, ...again }).toEqual({ phasePolicies: {}, ...settings });
    expect(describeCampaign(shown, again)).toEqual(shown);
  });
});

const bad: CampaignWords = {
  name: '',
  bureau: 'Jinan!',
  timeZone: '+08:00',
  from: 'tomorrow',
  shiftHours: { from: '25:00', to: 8 },
  minimumHeadcount: 0,
  auditors: ['12'],
  limits: { consecutiveShifts: 99, rest: 'eight' },
  consent: { leave: 'nobody' },
  rosterChanges: 'both',
  reachTest: { ahead: 'PT24H', answerBefore: 'PT30H' },
  shiftReminders: ['PT1H', 'PT2H', 'PT3H', 'PT4H', 'PT5H', 'PT6H', 'PT7H'],
  checks: {
    posts: {
      bands: [{ name: 'day', from: '07:00', to: '22:00', fixed: ['23:00'], random: 99, answerWindow: 'PT5H', silenceLimit: 'PT4H' }],
    },
    standing: {
      bands: [
        { name: 'a', from: '07:00', to: '22:00', silenceLimit: 'PT4H' },
        { name: 'b', from: '08:00', to: '09:00', silenceLimit: 'PT4H' },
      ],
    },
    onSite: { bands: [] },
  },
  massFailure: { share: 2, atLeast: 1 },
  holidays: ['2021-02-30'],
  readiness: { by: 'soon' },
  chainDays: { unit: 9, city: 3 },
  kinds: [{ name: 'Sand storm' }, { name: 'a', policy: 'nobody' }, { name: 'a' }],
  policies: [
    { name: 'check', steps: [{ notify: [] }], opening: ['office'] },
    { name: 'x', steps: [] },
    { name: 'x', steps: [] },
  ],
  phasePolicies: { onSite: { work: 'nothing' } },
  reports: { daily: '25:00', weekly: { day: 'someday', at: '' }, campaign: 'yes', within: 'PT1S' },
  appeals: { within: 'a day' },
  unheardOf: 1,
};

const faultsIn = (words: CampaignWords) => {
  try {
    readCampaign(words);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
};

it('says every fault in Chinese to whoever fills in the form', () => {
  const faults = [
    ...faultsIn(bad),
    ...faultsIn({ ...least, from: '2025-01-01T08:00' }),
    ...faultsIn({}),
    ...faultsIn({ ...least, reachTest: { ahead: 'PT24H', answerBefore: 'PT30H' }, chainDays: { unit: 9, city: 3 } }),
    ...faultsIn({ ...least, checks: { ...(bad['checks'] as CampaignWords), onSite: {} } }),
  ];
  expect(faults.length).toBeGreaterThan(30);
  const english = faults.flatMap(({ name, problem }) => {
    const text = campaignFaultText(problem, 'zh-CN');
    return /[a-z]{4,} (?:[a-z]+ )/iu.test(text.replaceAll(/“.*?”|".*?"|：.*/gu, '')) || !/\p{Script=Han}/u.test(text)
      ? [`${name}: ${text}`]
      : [];
  });
  expect(english).toEqual([]);
  expect(campaignFaultText('"25:00" is not a time of day', 'zh-CN')).toBe('"25:00" 不对，应为时刻，写成 07:00');
  expect(campaignFaultText('two bands overlap', 'en')).toBe('two bands overlap');
});
