import { expect, it } from 'vitest';
import { stateOfChannel } from '../../../src/domain/channels/channel-state.ts';
import { type ErrorKind, kindOfError } from '../../../src/domain/channels/error-kind.ts';
import { readFailureCause, toFailureCause } from '../../../src/domain/escalation/channel-failure.ts';

const state = (sent: number, errors: readonly (readonly [ErrorKind, number])[] = [], more = {}) =>
  stateOfChannel({ isFailing: false, isLeftAlone: false, sent, errors: errors.map(([kind, count]) => ({ kind, count })), ...more });

it('says in one word how a channel does', () => {
  expect(state(0)).toBe('idle');
  expect(state(5)).toBe('working');
  expect(state(5, [['transport', 1]])).toBe('troubled');
  // somebody who is not there, or written to too often, is no trouble of the channel's
  expect(
    state(100, [
      ['refused', 1],
      ['limited', 3],
    ]),
  ).toBe('working');
  expect(state(9, [['refused', 1]])).toBe('troubled');
  expect(state(0, [['leftAlone', 4]])).toBe('troubled');
  expect(state(500, [], { isFailing: true })).toBe('failing');
  expect(state(0, [], { isLeftAlone: true })).toBe('failing');
});

it('tells apart why something did not go out', () => {
  expect(kindOfError({ status: 'permanent', code: '60111' })).toBe('refused');
  expect(kindOfError({ status: 'transient', code: '45009' })).toBe('busy');
  expect(kindOfError({ status: 'transient', code: 'ETIMEDOUT', isTransport: true })).toBe('transport');
  expect(['limited', 'breakerOpen', 'silent'].map((code) => kindOfError({ status: 'transient', code }))).toEqual([
    'limited',
    'leftAlone',
    'leftAlone',
  ]);
});

it('keeps what is known of a failure as the short cause of its alert', () => {
  const failure = {
    channel: 'feishu',
    failed: 12,
    tried: 14,
    failures: 13,
    minutes: 5,
    by: [
      { channel: 'wecom', people: 7 },
      { channel: 'dingtalk', people: 2 },
    ],
    unreached: ['m1', 'm2', 'm3'],
  };
  expect(readFailureCause(toFailureCause(failure))).toEqual({ ...failure, unreachedCount: 3 });
  const many = { ...failure, by: [], unreached: Array.from({ length: 50 }, (_, index) => `m${index}`) };
  expect(readFailureCause(toFailureCause(many))).toMatchObject({ unreachedCount: 50, unreached: many.unreached.slice(0, 20) });
  // as it was kept before
  expect(readFailureCause('failed 3 of 4 over webchat')).toMatchObject({
    channel: 'webchat',
    failed: 3,
    failures: 3,
    by: [],
    unreached: [],
  });
  expect(readFailureCause('silent 3 of 4')).toBeUndefined();
});
