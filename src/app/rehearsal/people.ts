import type { Button, Card, OutgoingMessage } from '../../ports/channel.ts';
import { createRng, type Rng } from './rng.ts';

/**
 * How somebody behaves through a whole rehearsal: `punctual` answers within minutes; `slow` often after the window;
 * `heavySleeper` not between 22:00 and 07:00; `forgetful` misses one question of three; `silent` answers nothing at all.
 */
export type Part = 'punctual' | 'slow' | 'heavySleeper' | 'forgetful' | 'silent';

/** Shares of those who are not silent; they make 1. */
const shares: readonly (readonly [Part, number])[] = [
  ['punctual', 0.82],
  ['slow', 0.08],
  ['heavySleeper', 0.06],
  ['forgetful', 0.04],
];

export type RehearsedPerson = { readonly id: string; readonly part: Part; readonly rng: Rng };

/** A button that is pressed, or words that are typed. */
export type Said = { readonly value: Button['value'] } | { readonly text: string };

/** What somebody will do about a message, and after how long. */
export type Planned = { readonly afterMs: number; readonly said: Said };

const minute = 60_000;

/** The same person behaves the same way, whoever else is on the list. */
export const castPerson = (id: string, seed: number, silent: number): RehearsedPerson => {
  const rng = createRng(seed, `person ${id}`);
  if (rng.next() < silent) return { id, part: 'silent', rng };
  const dice = rng.next();
  let sum = 0;
  for (const [part, share] of shares) {
    sum += share;
    if (dice < sum) return { id, part, rng };
  }
  return { id, part: 'punctual', rng };
};

/** Undefined: no answer. */
const delayOf = ({ part, rng }: RehearsedPerson, isNight: boolean): number | undefined => {
  switch (part) {
    case 'silent':
      return undefined;
    case 'slow':
      return rng.between(4 * minute, 25 * minute);
    case 'heavySleeper':
      return isNight ? undefined : rng.between(20_000, 5 * minute);
    case 'forgetful':
      return rng.chance(1 / 3) ? undefined : rng.between(minute, 8 * minute);
    case 'punctual':
      return rng.between(10_000, 4 * minute);
  }
};

/** Whoever is told of another's silence looks into it, the office nearly always. */
const takesCharge = ({ rng }: RehearsedPerson, isOffice: boolean): boolean => rng.chance(isOffice ? 0.9 : 0.3);

const takingCharge: ReadonlySet<string> = new Set(['acknowledge', 'takeOver']);

/** What a question's first button says: there, shift taken over, still to be reached. */
const answering: ReadonlySet<string> = new Set(['acknowledge', 'acceptHandover', 'confirmReach']);

const answerTo = ({ buttons, facts }: Card): Said | undefined => {
  const code = facts.find(({ value }) => /^\d{4}$/u.test(value));
  if (code) return { text: code.value };
  return buttons.find(({ value }) => answering.has(value.action));
};

/** What they make of what lies before them; undefined: nothing. */
export const planAnswer = (
  person: RehearsedPerson,
  { card }: OutgoingMessage,
  { isNight, isOffice }: { readonly isNight: boolean; readonly isOffice: boolean },
): Planned | undefined => {
  if (!card || (card.tone !== 'asking' && card.tone !== 'alert')) return undefined;
  if (card.tone === 'asking') {
    const said = answerTo(card);
    const afterMs = said && delayOf(person, isNight);
    return said && afterMs !== undefined ? { afterMs, said } : undefined;
  }
  const afterMs = delayOf(person, isNight && !isOffice);
  if (afterMs === undefined || !takesCharge(person, isOffice)) return undefined;
  const button = card.buttons.find(({ value }) => takingCharge.has(value.action));
  return button && { afterMs, said: button };
};
