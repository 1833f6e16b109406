import { expect, it } from 'vitest';
import { readCampaign } from '../../src/config/campaign.ts';
import { describePolicy } from '../../src/config/describe-policy.ts';
import type { Policy } from '../../src/domain/escalation/policy.ts';
import { policies } from '../support/rules.ts';
import { fc } from '../support/property.ts';

const plain = { name: 'Flood season', from: '2021-08-26T08:30', to: '2021-09-26T08:30', contacts: 'c.xlsx', roster: 'r.xlsx' };

const readBack = (policy: Policy): Policy => {
  const words = { ...plain, policies: [describePolicy(policy)] };
  return readCampaign(JSON.parse(JSON.stringify(words))).settings.policies[policy.name]!;
};

it('says each shipped ladder in words that make the same one again', () => {
  const shipped = Object.values(readCampaign(plain).settings.policies);
  expect(shipped.length).toBeGreaterThan(15);
  for (const policy of shipped) expect(readBack(policy)).toEqual(policy);
});

it('does so for any ladder of posts', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      expect(readBack(policy)).toEqual(policy);
    }),
    { numRuns: 100 },
  );
});

it('lets what counts from a deadline be late at once, and nothing that a post is asked', () => {
  const of = (name: string) => () => readCampaign({ ...plain, policies: [{ name, answerWindow: 'PT0S', steps: [] }] });
  expect(of('consent')).not.toThrow();
  expect(of('check')).toThrow(/policies\[0\]\.answerWindow: nobody can answer in no time at all/u);
});
