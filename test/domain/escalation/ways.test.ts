import { expect, it } from 'vitest';
import { evolve } from '../../../src/domain/escalation/evolve.ts';
import { open } from '../../../src/domain/escalation/decide.ts';
import { fire, type Context } from '../../../src/domain/escalation/fire.ts';
import { checkPolicy } from '../../../src/domain/escalation/policy.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { organisation, roster, settings } from '../../support/invented.ts';

const minuteMs = 60_000;
const openedAt = settings.fromAt + 60 * minuteMs;

const stepAfter = (minutes: number, ways: Pick<Context, 'hasSms' | 'hasVoice'>) => {
  const context: Context = { directory: buildDirectory(organisation, roster), policyOf: () => checkPolicy, isQuiet: () => false, ...ways };
  const opened = evolve(
    undefined,
    open({ type: 'open', kind: 'check', subject: 'p2', policy: 'check', cause: 'manual' }, context, openedAt),
  )!;
  const earlier = checkPolicy.steps.filter((step) => step.afterMs < minutes * minuteMs).at(-1)!;
  const [event] = fire({ ...opened, throughMs: earlier.afterMs }, context, openedAt + minutes * minuteMs);
  return event!.data;
};

it('records the way that the campaign really has: a card where nothing sends short messages', () => {
  expect(stepAfter(6, { hasSms: true })['via']).toBe('sms');
  expect(stepAfter(6, { hasSms: false })['via']).toBe('card');
});

it('asks the office to ring where nothing rings a phone, and says so', () => {
  expect(stepAfter(8, { hasVoice: true })['callers']).toBeUndefined();
  expect(stepAfter(8, { hasVoice: false })['callers']).not.toHaveLength(0);
});
