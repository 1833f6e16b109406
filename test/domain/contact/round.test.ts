import { describe, expect, it } from 'vitest';
import { evolveRound, openRound, roundIdOf, type Round } from '../../../src/domain/contact/round.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

const opened = (more: Partial<Round> = {}, now = 1_000): LedgerEvent =>
  openRound({ cause: 'round', target: 'posts', openedAt: 900, ...more }, now);

const happened = (event: LedgerEvent['event'], data: LedgerEvent['data'] = {}): LedgerEvent => ({ at: 2_000, event, data });

describe('a round', () => {
  it('has one id for its target, its instant and whoever asked for it', () => {
    const ids = [
      roundIdOf('posts', 900),
      roundIdOf('standing', 900),
      roundIdOf('posts', 901),
      roundIdOf('posts', 900, 'm1'),
      roundIdOf('posts', 900, 'm2'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(roundIdOf('posts', 900, 'm1')).toBe(roundIdOf('posts', 900, 'm1'));
  });

  it('of the clock was opened by nobody, and is for everybody unless it says for whom', () => {
    const event = opened();
    expect(event).toEqual({
      at: 1_000,
      event: 'RoundOpened',
      data: { roundId: roundIdOf('posts', 900), cause: 'round', target: 'posts', openedAt: 900 },
    });
    expect(evolveRound(undefined, event)).toEqual({
      id: roundIdOf('posts', 900),
      cause: 'round',
      target: 'posts',
      openedAt: 900,
      phase: 'opening',
      isMassFailure: false,
      asked: 0,
    });
  });

  it('that somebody asked for says who, of whom, and where', () => {
    const event = opened({ cause: 'manual', openedBy: 'm9', subjects: ['p1'], where: 'onSite' });
    expect(event.actor).toBe('m9');
    expect(event.data).not.toHaveProperty('openedBy');
    expect(evolveRound(undefined, event)).toMatchObject({
      id: roundIdOf('posts', 900, 'm9'),
      cause: 'manual',
      openedBy: 'm9',
      subjects: ['p1'],
      where: 'onSite',
    });
  });

  it('opened twice is opened once, however far it has come', () => {
    const round = evolveRound(evolveRound(undefined, opened()), happened('RoundAsked', { asked: 12 }));
    expect(evolveRound(round, opened())).toBe(round);
  });

  it('waits once everybody was asked, may be found to be silent together, and is closed', () => {
    const first = evolveRound(undefined, opened());
    const asked = evolveRound(first, happened('RoundAsked', { asked: 12 }));
    expect(asked).toEqual({ ...first, phase: 'waiting', asked: 12 });
    const silent = evolveRound(asked, happened('MassFailureFound'));
    expect(silent).toEqual({ ...asked, isMassFailure: true });
    expect(evolveRound(silent, happened('RoundClosed'))).toEqual({ ...silent, phase: 'closed' });
    expect(evolveRound(asked, happened('AnswerRecorded'))).toBe(asked);
  });

  it('that was never opened is not there, whatever is said of it', () => {
    for (const event of ['RoundAsked', 'MassFailureFound', 'RoundClosed'] as const) {
      expect(evolveRound(undefined, happened(event, { asked: 1 }))).toBeUndefined();
    }
  });
});
