import type { PhaseWords } from './change-phase.ts';
import type { DateToken } from './period.ts';
import type { Intent } from './intent.ts';
import type { AccountWords } from './read-accounts.ts';
import type { RosterChangeWords } from './read-roster-change.ts';
import type { ShiftChangeWords } from './read-shift-change.ts';
import type { TokenReader } from './read-dates.ts';

/**
 * The words of all languages, as data. Everything is written as `normalise` leaves it: lower case, half width,
 * simplified characters. Patterns must not nest quantifiers and must bound every wildcard: texts come from strangers.
 */
export type Vocabulary = {
  /** Single characters that are read as another: traditional to simplified, odd question marks to `?`. */
  readonly folds: { readonly [character: string]: string };
  /** Pictures and the codes chat programs send for them, to the word they stand for (or a space). */
  readonly signs: { readonly [sign: string]: string };
  /** Mentions that speak to everybody: such a message asks, it does not answer. */
  readonly everyone: readonly string[];
  /** Whole messages whose meaning needs no thought. */
  readonly phrases: { readonly [intent in Intent]?: readonly string[] };
  /** Whole messages that may be a call for help, and are asked about first. */
  readonly helpToConfirm: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly acknowledgement: AcknowledgementWords;
  readonly guards: Guards;
  /** Each finds somebody who is not the speaker, unknown to the campaign; global. */
  readonly thirdPersons: readonly RegExp[];
  /** A leader spoken to, where punctuation or a space follows; global. */
  readonly addressees: readonly RegExp[];
  /** Anchored: one part of a message between punctuation, without spaces unless it is English. */
  readonly clauses: { readonly notOnPost: readonly RegExp[]; readonly help: readonly RegExp[]; readonly helpMentioned: readonly RegExp[] };
  /** Tried in order; the first that fits decides. */
  readonly rules: readonly Rule[];
  readonly shiftChange: ShiftChangeWords;
  readonly rosterChange: RosterChangeWords;
  readonly accounts: AccountWords;
  readonly startCheck: StartCheckWords;
  /** Its first group is a note to whoever takes over. */
  readonly handoverNote: RegExp;
  readonly phases: PhaseWords;
  readonly dates: readonly DateReader[];
  /** The first group is the name of somebody who is to stand in or swap. */
  readonly substitutes: readonly RegExp[];
  /** Endings that people leave off a unit's short name. */
  readonly unitEndings: readonly string[];
};

/** The only words an acknowledgement may be made of; see `acknowledgement.ts` for how they may follow each other. */
export type AcknowledgementWords = {
  /** Says receipt by itself. */
  readonly received: readonly string[];
  /** Says presence by itself. */
  readonly present: readonly string[];
  /** Says presence and that one has come; a number after it is an hour, not a code. */
  readonly arrived: readonly string[];
  /** So short that they count only when they stand alone between punctuation. */
  readonly weak: readonly string[];
  readonly openers: readonly string[];
  readonly addresses: readonly string[];
  readonly closers: readonly string[];
  /** A function that must be followed by the speaker's own name. */
  readonly roles: readonly string[];
};

/** The only words a call for a check may be made of, beside names. */
export type StartCheckWords = {
  readonly verbs: readonly string[];
  /** Verbs that need their object somewhere after them: `查历下区的岗`. */
  readonly splitVerbs: readonly string[];
  readonly objects: readonly string[];
  readonly everybody: readonly string[];
  readonly fillers: readonly string[];
};

export type Guards = {
  readonly question: RegExp;
  /** Asks how something is done. */
  readonly how: RegExp;
  readonly negation: RegExp;
  readonly conditional: RegExp;
  readonly quotation: RegExp;
  /** The bot's own menu come back: it names every command and gives none. */
  readonly echo: RegExp;
};

export type Rule = {
  readonly intent: Intent;
  readonly when: RegExp;
  readonly unless?: RegExp;
  /** Asking about it is fine; other rules are skipped by a question, a condition or a quotation. */
  readonly isQuery?: boolean;
  /** Fits only where an item's number was read. */
  readonly needsItem?: boolean;
  /** Fits only where somebody of the campaign is named. */
  readonly needsPerson?: boolean;
};

export type DateReader = TokenReader<DateToken>;
