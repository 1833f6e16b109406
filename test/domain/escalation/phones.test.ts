import { describe, expect, it } from 'vitest';
import { evolveWatch, type Watch } from '../../../src/domain/contact/watch.ts';
import { announce } from '../../../src/domain/escalation/announce.ts';
import { decide, open, type Command, type Phone } from '../../../src/domain/escalation/decide.ts';
import { evolve } from '../../../src/domain/escalation/evolve.ts';
import { fire, type Context } from '../../../src/domain/escalation/fire.ts';
import type { Obligation } from '../../../src/domain/escalation/obligation.ts';
import { checkPolicy } from '../../../src/domain/escalation/policy.ts';
import { resolveRole } from '../../../src/domain/escalation/resolve.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { organisation, roster, settings } from '../../support/invented.ts';

const openedAt = settings.fromAt + 3_600_000;
const context: Context = {
  directory: buildDirectory(organisation, roster),
  policyOf: () => checkPolicy,
  isQuiet: () => false,
  hasVoice: true,
  hasSms: true,
};
const holder = resolveRole(context.directory, 'onDuty', 'p1', openedAt)[0]!;

const after = (o: Obligation, command: Command): Obligation =>
  decide(o, command, context, openedAt + 1).events.reduce((state, event) => evolve(state, event)!, o);

/** A check whose call is due. */
const ringing = (): Obligation => {
  const opened = evolve(
    undefined,
    open({ type: 'open', kind: 'check', subject: 'p1', policy: 'check', cause: 'manual' }, context, openedAt),
  )!;
  return { ...opened, stepNo: 3, throughMs: 7 * 60_000, asked: [holder] };
};

const watch: Watch = {
  subject: 'p1',
  startedAt: openedAt,
  lastContactAt: null,
  lastPresenceAt: null,
  nextCheckAt: null,
  cause: 'round',
  openObligationId: ringing().id,
};

const answeredBy = (phone: Phone) => {
  const command = { type: 'acknowledge', personId: holder, channel: 'x', receivedAt: openedAt + 1, phone } as const;
  const [event] = decide(ringing(), command, context, openedAt + 1).events;
  return { event: event!, watch: evolveWatch(watch, event!)! };
};

describe('an answer by telephone', () => {
  it.each(['sms', 'mobile'] as const)('ends the check, and proves contact and nobody’s presence: %s', (phone) => {
    const { event, watch: next } = answeredBy(phone);
    expect(event).toMatchObject({ event: 'AnswerRecorded', data: { proves: 'contact', proof: phone === 'sms' ? 'sms' : 'key' } });
    expect(next).toMatchObject({ lastContactAt: event.at, lastPresenceAt: null, openObligationId: null });
  });

  it('proves presence where the key was pressed on the landline of the post', () => {
    const { event, watch: next } = answeredBy('landline');
    expect(event.data).toMatchObject({ proof: 'landline', by: holder });
    expect(event.data).not.toHaveProperty('proves');
    expect(next).toMatchObject({ lastPresenceAt: event.at, lastPresenceBy: holder });
  });
});

it('a key on the landline answers where digits are to be repeated too, one on a mobile does not', () => {
  const o = { ...ringing(), code: '4711' };
  const press = (phone: Phone) =>
    decide(o, { type: 'acknowledge', personId: holder, channel: 'x', receivedAt: openedAt + 1, phone }, context, openedAt + 1);
  expect(press('landline').events).toMatchObject([{ event: 'AnswerRecorded', data: { proof: 'landline' } }]);
  expect(press('mobile')).toMatchObject({ refusal: 'codeWanted', events: [{ event: 'CodeAsked' }] });
});

describe('a call', () => {
  it('asks the landline at once, with what is asked of the holder', () => {
    const [event] = fire(ringing(), context, openedAt + 8 * 60_000);
    const told = announce(evolve(ringing(), event!)!, event!, context);
    expect(told.find(({ to }) => to === 'l:p1')).toMatchObject({ via: 'voice', template: 'check.remind' });
    expect(told.some(({ isBundled }) => isBundled)).toBe(false);
  });

  it.each([holder, 'l:p1'])('that nobody picks up has rung, and answers nothing: %s', (to) => {
    const o = after(ringing(), { type: 'rang', to, result: 'noAnswer', channel: 'x' });
    expect(o).toMatchObject({ status: 'open', isDelivered: true, callResult: 'noAnswer' });
  });

  it('that is picked up without a key answers nothing, and is recorded once', () => {
    const o = after(ringing(), { type: 'rang', to: holder, result: 'pickedUp', channel: 'x' });
    expect(o).toMatchObject({ status: 'open', isDelivered: true, callResult: 'pickedUp' });
    expect(decide(o, { type: 'rang', to: holder, result: 'pickedUp', channel: 'x' }, context, openedAt + 2).events).toEqual([]);
  });

  it('to a number that does not exist has reached nobody; one to somebody who owes nothing says nothing of those who do', () => {
    expect(after(ringing(), { type: 'rang', to: holder, result: 'invalidNumber', channel: 'x' }).isDelivered).toBeUndefined();
    expect(after(ringing(), { type: 'rang', to: 'm999', result: 'noAnswer', channel: 'x' }).isDelivered).toBeUndefined();
  });
});
