import { expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';

const least = { name: 'a', from: '2021-08-26T08:30', to: '2021-10-01T08:30', contacts: 'a.xlsx', roster: 'b.xlsx' };

it('reads what swaps must keep to and whose consent they take, with our own where nothing is said', () => {
  const { limits, consent } = readCampaign({ ...least, limits: { rest: 'PT8H' }, consent: { swap: 'principal' } }).settings;
  expect(limits).toEqual({ consecutiveShifts: 3, restMs: 8 * 3_600_000 });
  expect(consent).toEqual({ leave: 'leader', cover: 'leader', swap: 'principal', ofLeaders: 'office' });
});

it('names what is wrong with them', () => {
  const read = (more: object) => () => readCampaign({ ...least, ...more });
  expect(read({ limits: { consecutiveShifts: 0 } })).toThrow(/limits\.consecutiveShifts/);
  expect(read({ consent: { leave: 'anybody' } })).toThrow(/consent\.leave/);
  expect(read({ consent: { leaves: 'office' } })).toThrow(/leaves/);
});

it('lets a campaign have its own ladder for what is waited for', () => {
  const own = {
    name: 'consent',
    opening: ['principal'],
    steps: [
      { before: 'PT1H', notify: ['principal'] },
      { after: 'PT0S', notify: ['office'] },
    ],
  };
  const { policies } = readCampaign({ ...least, policies: [own] }).settings;
  expect(policies['consent']?.steps.map(({ afterMs }) => afterMs)).toEqual([-3_600_000, 0]);
  expect(policies['consent']?.hours).toBeDefined();
});

it('reads when people are reminded and tested ahead of their shifts, and lets both be left out', () => {
  const { ahead, rosterChanges } = readCampaign({
    ...least,
    shiftReminders: ['PT30M', 'PT12H'],
    reachTest: { ahead: 'PT48H' },
    rosterChanges: 'unit',
  }).settings;
  const hour = 3_600_000;
  expect(ahead).toEqual({
    reminders: [12 * hour, hour / 2],
    test: { aheadMs: 48 * hour, answerBeforeMs: 12 * hour, againMs: 14 * 24 * hour },
  });
  expect(rosterChanges).toBe('unit');
  expect(readCampaign({ ...least, shiftReminders: [], reachTest: null }).settings.ahead).toEqual({ reminders: [] });
  const read = (more: object) => () => readCampaign({ ...least, ...more });
  expect(read({ reachTest: { ahead: 'PT12H', answerBefore: 'PT12H' } })).toThrow(/reachTest\.answerBefore/);
  expect(read({ shiftReminders: ['soon'] })).toThrow(/shiftReminders/);
  expect(read({ rosterChanges: 'all' })).toThrow(/rosterChanges/);
});
