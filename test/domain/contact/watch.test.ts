import { describe, expect, it } from 'vitest';
import { evolveWatch, silentSince, type Watch } from '../../../src/domain/contact/watch.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

const watch = (more: Partial<Watch> = {}): Watch => ({
  subject: 'p1',
  startedAt: 100,
  lastContactAt: null,
  lastPresenceAt: null,
  nextCheckAt: 500,
  cause: 'silence',
  openObligationId: null,
  ...more,
});

const event = (name: LedgerEvent['event'], data: LedgerEvent['data'] = {}, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  at: 300,
  event: name,
  data,
  ...more,
});

const next = { nextCheckAt: 900, nextCause: 'random' };

describe('the watch of a subject', () => {
  it('counts silence from its beginning until something was heard', () => {
    const started = evolveWatch(undefined, event('WatchStarted', { subject: 'p1', nextCheckAt: 500, cause: 'silence' }, { at: 100 }));
    expect(started).toEqual(watch());
    expect(silentSince(watch())).toBe(100);
    expect(silentSince(watch({ lastContactAt: 250 }))).toBe(250);
  });

  it('that begins without an instant has none, and begins once', () => {
    expect(evolveWatch(undefined, event('WatchStarted', { subject: 'p1', cause: 'restart' }))?.nextCheckAt).toBeNull();
    const known = watch({ lastContactAt: 250 });
    expect(evolveWatch(known, event('WatchStarted', { subject: 'p1', nextCheckAt: 700, cause: 'restart' }))).toBe(known);
  });

  it('that never began is not begun by anything else, and ended is gone', () => {
    for (const name of ['WatchMoved', 'ContactProven', 'PresenceWithdrawn', 'CheckOpened', 'AnswerRecorded'] as const) {
      expect(evolveWatch(undefined, event(name, { kind: 'check' }))).toBeUndefined();
    }
    expect(evolveWatch(watch(), event('WatchEnded'))).toBeUndefined();
  });

  it('is moved to another instant, or to none', () => {
    expect(evolveWatch(watch(), event('WatchMoved', { nextCheckAt: 800, cause: 'random' }))).toEqual(
      watch({ nextCheckAt: 800, cause: 'random' }),
    );
    expect(evolveWatch(watch(), event('WatchMoved', { cause: 'random' }))?.nextCheckAt).toBeNull();
  });

  it('hears of contact, and of presence where that is what was proven', () => {
    expect(evolveWatch(watch(), event('ContactProven', { proves: 'contact', by: 'm1', ...next }))).toEqual(
      watch({ lastContactAt: 300, lastContactBy: 'm1', nextCheckAt: 900, cause: 'random' }),
    );
    expect(evolveWatch(watch(), event('ContactProven', { proves: 'presence', by: 'm1', ...next }))).toEqual(
      watch({ lastContactAt: 300, lastContactBy: 'm1', lastPresenceAt: 300, lastPresenceBy: 'm1', nextCheckAt: 900, cause: 'random' }),
    );
    expect(evolveWatch(watch(), event('ContactProven', { proves: 'presence' }))).toEqual(
      watch({ lastContactAt: 300, lastPresenceAt: 300 }),
    );
  });

  it('names whoever was heard last, and nobody where that is not said', () => {
    const heard = watch({ lastContactAt: 250, lastContactBy: 'm1' });
    expect(evolveWatch(heard, event('ContactProven', { proves: 'contact', by: 'm2' }))?.lastContactBy).toBe('m2');
    expect(evolveWatch(heard, event('ContactProven', { proves: 'contact' }))).not.toHaveProperty('lastContactBy');
    expect(evolveWatch(heard, event('PresenceWithdrawn', { by: 'm1', ...next }))?.lastContactBy).toBe('m1');
    expect(evolveWatch(heard, event('AnswerRecorded', next, { obligationId: 'o1' }))).not.toHaveProperty('lastContactBy');
  });

  it('leaves the clock to the obligation that has it, whatever is heard meanwhile', () => {
    const open = watch({ openObligationId: 'o1', nextCheckAt: null });
    expect(evolveWatch(open, event('ContactProven', { proves: 'presence', by: 'm1', ...next }))).toEqual(
      watch({
        openObligationId: 'o1',
        nextCheckAt: null,
        lastContactAt: 300,
        lastContactBy: 'm1',
        lastPresenceAt: 300,
        lastPresenceBy: 'm1',
      }),
    );
  });

  it('whose presence is taken back has still been heard', () => {
    const present = watch({ lastContactAt: 250, lastPresenceAt: 250, lastPresenceBy: 'm1' });
    expect(evolveWatch(present, event('PresenceWithdrawn', next))).toEqual(
      watch({ lastContactAt: 250, nextCheckAt: 900, cause: 'random' }),
    );
  });

  it.each(['check', 'postEmpty', 'restore'])('gives its clock to an obligation of the kind %s', (kind) => {
    for (const name of ['CheckOpened', 'ObligationOpened'] as const) {
      expect(evolveWatch(watch(), event(name, { kind }, { obligationId: 'o1' }))).toEqual(
        watch({ openObligationId: 'o1', nextCheckAt: null }),
      );
    }
  });

  it('keeps its clock from every other kind', () => {
    const known = watch();
    expect(evolveWatch(known, event('ObligationOpened', { kind: 'item' }, { obligationId: 'o1' }))).toBe(known);
    expect(evolveWatch(known, event('StepFired', { kind: 'check' }, { obligationId: 'o1' }))).toBe(known);
  });

  it('takes its clock back when the obligation ends: with an answer heard, with a withdrawal not', () => {
    const open = watch({ openObligationId: 'o1', nextCheckAt: null });
    const ended = (name: LedgerEvent['event'], data: LedgerEvent['data'] = {}): Watch | undefined =>
      evolveWatch(open, event(name, { ...data, ...next }, { obligationId: 'o1' }));
    const free = { nextCheckAt: 900, cause: 'random' } as const;
    expect(ended('ObligationWithdrawn')).toEqual(watch(free));
    expect(ended('ObligationTakenOver')).toEqual(watch(free));
    expect(ended('AnswerRecorded', { by: 'm1' })).toEqual(
      watch({ ...free, lastContactAt: 300, lastContactBy: 'm1', lastPresenceAt: 300, lastPresenceBy: 'm1' }),
    );
    expect(ended('AnswerRecorded', { by: 'm1', proves: 'contact' })).toEqual(watch({ ...free, lastContactAt: 300, lastContactBy: 'm1' }));
    expect(evolveWatch(open, event('ObligationWithdrawn', {}, { obligationId: 'o1' }))).toEqual(watch({ nextCheckAt: null }));
  });

  it('hears an answer to another obligation and keeps its own', () => {
    const open = watch({ openObligationId: 'o2', nextCheckAt: null });
    const answer = event('AnswerRecorded', { by: 'm1', ...next }, { obligationId: 'o1' });
    expect(evolveWatch(open, answer)).toEqual({
      ...open,
      lastContactAt: 300,
      lastContactBy: 'm1',
      lastPresenceAt: 300,
      lastPresenceBy: 'm1',
    });
    expect(evolveWatch(open, event('ObligationWithdrawn', next, { obligationId: 'o1' }))).toEqual(open);
  });

  it('takes nothing that is said about an item for contact with the post', () => {
    const open = watch({ openObligationId: 'o1', nextCheckAt: null });
    const answer = event('AnswerRecorded', { by: 'm1', ...next }, { obligationId: 'o1', itemId: 'i1' });
    expect(evolveWatch(open, answer)).toBe(open);
  });
});
