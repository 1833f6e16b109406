import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';
import { ConfigurationError } from '../../src/config/faults.ts';

const least = { name: 'Flood season', from: '2024-06-01T00:00', to: '2024-09-01T00:00', contacts: 'c.xlsx', roster: 'r.xlsx' };
const kindsOf = (kinds: readonly object[]) => readCampaign({ ...least, kinds }).settings.kinds;

const problemsIn = (campaign: object): readonly string[] => {
  try {
    readCampaign({ ...least, ...campaign });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ name, problem }) => `${name}: ${problem}`);
  }
};

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

describe('the ladders that kinds name', () => {
  const own = { name: 'sandLadder', steps: [{ before: 'PT1H', notify: ['liaison'] }] };

  it('may be shipped ones or those of the campaign itself', () => {
    expect(
      problemsIn({
        policies: [own],
        kinds: [{ name: 'sandstorm', policy: 'sandLadder', receiptPolicy: 'receiptUrgent' }, { name: 'petition' }],
      }),
    ).toEqual([]);
  });

  it('are named with their path, the nearest and all that are known, where nobody has described them', () => {
    const problems = problemsIn({
      policies: [own],
      kinds: [
        { name: 'petition', policy: 'work' },
        { name: 'sandstorm', policy: 'workUrgnet', receiptPolicy: 'nowhere at all' },
      ],
    });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(
      /^kinds\[1\]\.policy: there is no policy "workUrgnet", did you mean workUrgent\?; known are work, .*receipt.*sandLadder/,
    );
    expect(problems[1]).toMatch(/^kinds\[1\]\.receiptPolicy: there is no policy "nowhere at all"; known are /);
  });

  it('are told together with every other fault', () => {
    expect(faultsIn({ from: 'soon', kinds: [{ name: 'sandstorm', policy: 'nowhere' }] })).toEqual(['from', 'kinds[0].policy']);
    // What cannot be read is its own fault, and nobody can say what it would have been called.
    expect(faultsIn({ policies: [{ name: 'nowhere' }], kinds: [{ name: 'sandstorm', policy: 'nowhere' }] })).toEqual(['policies[0].steps']);
  });
});

describe('the chain of limits', () => {
  const chainOf = (chainDays: object) => readCampaign({ ...least, chainDays }).settings;

  it('is the usual one where nothing is said, and level by level what the campaign says', () => {
    expect(chainOf({}).chainDays).toEqual({ unit: 3, city: 3, province: 7, team: 10 });
    expect(chainOf({ bureau: 4, city: 5, province: null }).chainDays).toEqual({ unit: 3, bureau: 4, city: 5, team: 10 });
  });

  it('gives units their part of it, but for kinds that have a limit of their own', () => {
    const kinds = [
      { name: 'petition', limit: { days: 3 } },
      { name: 'sandstorm', like: 'forwarded' },
    ];
    const { settings } = readCampaign({ ...least, kinds, chainDays: { unit: 2 } });
    const days = (name: string) => settings.kinds[name]?.limit;
    expect([days('petition'), days('sandstorm'), days('assigned')]).toEqual(
      [3, 2, 2].map((count) => ({ type: 'days', count, day: 'natural' })),
    );
    expect(days('selfFound')).toEqual({ type: 'days', count: 7, day: 'natural' });
  });

  it('refuses levels that it does not know, days that are none, and a chain that shrinks on its way out', () => {
    expect(faultsIn({ chainDays: { county: 2, city: 0, team: 1.5 } })).toEqual(['chainDays.city', 'chainDays.team', 'chainDays.county']);
    expect(problemsIn({ chainDays: { city: 8 } })).toEqual([
      'chainDays: must not shrink on the way out: unit, bureau, city, province, team',
    ]);
    expect(faultsIn({ chainDays: { city: null, province: 2 } })).toEqual(['chainDays']);
  });
});

describe('the date by which units must be ready', () => {
  const readinessOf = (readiness: object) => readCampaign({ ...least, readiness }).settings.readiness;
  const day = 86_400_000;

  it('is the end of a day, or an hour of it, and units are asked so long ahead', () => {
    const dueAt = Date.parse('2024-05-26T00:00+08:00');
    expect(readinessOf({ by: '2024-05-25' })).toEqual({ fromAt: dueAt - 14 * day, dueAt });
    const noon = Date.parse('2024-05-25T12:00+08:00');
    expect(readinessOf({ by: '2024-05-25T12:00', ahead: 'P3D' })).toEqual({ fromAt: noon - 3 * day, dueAt: noon });
    expect(readCampaign(least).settings).not.toHaveProperty('readiness');
  });

  it('is named where it is none', () => {
    expect(faultsIn({ readiness: { by: '2024-02-30', ahead: 'soon' } })).toEqual(['readiness.by', 'readiness.ahead']);
    expect(faultsIn({ readiness: {} })).toEqual(['readiness.by']);
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

  it('lets ladders take the place of others in a phase, and names those that are not there', () => {
    const phasePolicies = { onSite: { work: 'workUrgent' } };
    expect(readCampaign({ ...least, phasePolicies }).settings.phasePolicies).toEqual(phasePolicies);
    expect(readCampaign(least).settings).not.toHaveProperty('phasePolicies');
    expect(faultsIn({ phasePolicies: { onSite: { work: 'hurry' }, soon: {} } })).toEqual([
      'phasePolicies.soon',
      'phasePolicies.onSite.work',
    ]);
  });
});
