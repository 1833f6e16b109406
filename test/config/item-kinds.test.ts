import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';

const least = { name: 'Flood season', from: '2024-06-01T00:00', to: '2024-09-01T00:00', contacts: 'c.xlsx', roster: 'r.xlsx' };
const kindsOf = (kinds: readonly object[]) => readCampaign({ ...least, kinds }).settings.kinds;

const faultsIn = (campaign: object): readonly string[] => {
  try {
    readCampaign({ ...least, ...campaign });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ name }) => name);
  }
};

describe('kinds of items as data', () => {
  it('adds a kind like another one, with its own limit', () => {
    const { sandstorm, petition } = kindsOf([{ name: 'sandstorm', label: '沙尘应对', like: 'petition', limit: { hours: 12 } }]);
    expect(sandstorm).toEqual({ ...petition, name: 'sandstorm', label: '沙尘应对', limit: { type: 'hours', count: 12 } });
  });

  it('changes a shipped kind, keeping what is not named', () => {
    const { petition } = kindsOf([{ name: 'petition', limit: { days: 5, working: true }, followUpAfterDays: null }]);
    expect(petition).toMatchObject({ limit: { type: 'days', count: 5, day: 'working' }, needsPlan: true });
    expect(petition).not.toHaveProperty('followUpAfterDays');
  });

  it('names every fault of a kind with its path', () => {
    expect(faultsIn({ kinds: [{ name: 'Sand storm', receiptWithin: 'soon', like: 'nothing' }] })).toEqual([
      'kinds[0].name',
      'kinds[0].like',
      'kinds[0].receiptWithin',
    ]);
    expect(faultsIn({ kinds: ['a', 'a'].map((name) => ({ name })) })).toEqual(['kinds']);
  });
});

describe('phases of a campaign', () => {
  it('orders them by their beginning', () => {
    const phases = [
      { phase: 'during', from: '2024-06-10T00:00' },
      { phase: 'before', from: '2024-06-01T00:00', to: '2024-06-10T00:00' },
      { phase: 'onSite', from: '2024-06-20T00:00', to: '2024-06-22T00:00', unit: '历下区' },
    ];
    expect(readCampaign({ ...least, phases }).settings.phases).toEqual([
      { phase: 'before', fromAt: Date.parse('2024-06-01T00:00+08:00'), toAt: Date.parse('2024-06-10T00:00+08:00') },
      { phase: 'during', fromAt: Date.parse('2024-06-10T00:00+08:00') },
      {
        phase: 'onSite',
        fromAt: Date.parse('2024-06-20T00:00+08:00'),
        toAt: Date.parse('2024-06-22T00:00+08:00'),
        unit: '历下区',
      },
    ]);
  });

  it('refuses a phase that it does not know', () => {
    expect(faultsIn({ phases: [{ phase: 'soon', from: '2024-06-10T00:00' }] })).toEqual(['phases[0].phase']);
  });
});
