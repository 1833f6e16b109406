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
