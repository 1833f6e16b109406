import type { Refusal } from '../domain/escalation/outcome.ts';
import type { CallResult, HeardInCall, ObligationKind } from '../domain/escalation/obligation.ts';
import type { Template } from '../domain/escalation/template.ts';

/** The words of a message. `{name}` is filled in; a line whose place stays empty is left out. */
export type Wording = { readonly title: string; readonly lines?: readonly string[] };

export type ButtonKey = 'acknowledge' | 'notOnPost' | 'passOn' | 'help' | 'takeOver' | HeardInCall | 'undo';

/** Why a phase was not changed. */
export type PhaseRefusal = 'phaseOffice' | 'phaseDate' | 'phasePast' | 'phaseOver' | 'readinessOffice' | 'readinessOver';

export type FactKey =
  | 'post'
  | 'onDuty'
  | 'coDuty'
  | 'askedAt'
  | 'answerBy'
  | 'phone'
  | 'landline'
  | 'deliveredLate'
  | 'code'
  | 'silentFor'
  | 'caller'
  | 'reply'
  | 'result';

/** Everything the product says, in one language. Every language has every key: the type holds them to it. */
export type Catalogue = {
  readonly messages: { readonly [template in Template]: Wording };
  readonly buttons: { readonly [key in ButtonKey]: string };
  readonly facts: { readonly [key in FactKey]: string };
  readonly callResults: { readonly [result in CallResult]: string };
  readonly refusals: {
    readonly [reason in Refusal | 'auditor' | 'noPost' | 'notInForce' | 'checkOpen' | 'tooLate' | PhaseRefusal]: string;
  };
  /** Channels by the names that people know them by; what has none is called by its own. */
  readonly channels: { readonly [channel: string]: string };
  readonly kinds: { readonly [kind in ObligationKind]: string };
  readonly reasons: { readonly [reason: string]: string };
  /** What is asked to be typed where there are no buttons. */
  readonly replyHint: string;
  /** Between the names of a list. */
  readonly comma: string;
  readonly bundle: string;
  readonly minutes: string;
  readonly hours: string;
  readonly days: string;
  /** Several items in one message: how many of each kind, and the numbers of the most overdue. */
  readonly itemLine: { readonly [line in 'open' | 'overdue' | 'over' | 'more']: string };
  /** Of a message that went out long after it was decided. */
  readonly late: string;
  /** Of a failing channel: which other one has reached how many. */
  readonly reachedBy: string;
  readonly digest: { readonly [line in 'posts' | 'open' | 'missed' | 'missedMore' | 'late' | 'nothing']: string };
};

/** Patterns taken apart, words and names of places in turn: there are few of them, and each is filled a hundred thousand times. */
const takenApart = new Map<string, readonly string[]>();
/** A pattern that somebody has made up is not worth keeping. */
const mostPatterns = 2_000;

const partsOf = (pattern: string): readonly string[] => {
  const known = takenApart.get(pattern);
  if (known) return known;
  const parts = pattern.split(/\{(\w+)\}/u);
  if (takenApart.size < mostPatterns) takenApart.set(pattern, parts);
  return parts;
};

/** Fills `{name}`; undefined where a place stays empty. */
export const fill = (pattern: string, values: { readonly [name: string]: string | undefined }): string | undefined => {
  const parts = partsOf(pattern);
  let text = parts[0]!;
  for (let at = 1; at < parts.length; at += 2) {
    const value = values[parts[at]!];
    if (value === undefined || value === '') return undefined;
    text += value + parts[at + 1]!;
  }
  return text;
};
