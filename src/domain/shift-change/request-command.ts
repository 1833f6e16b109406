import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { Override } from '../roster/roster.ts';
import type { ConsentSettings } from './consent.ts';
import type { DutyRequest, RequestKind, ShiftPart, Span } from './duty-request.ts';
import type { BrokenRule, RuleContext } from './proposal-rules.ts';

/** Who does it, and over which channel. */
type By = { readonly by: PersonId; readonly channel: string };

export type AskCommand = By & {
  readonly type: 'ask';
  readonly kind: RequestKind;
  readonly holderId: PersonId;
  readonly substituteId?: PersonId;
  readonly gives: readonly ShiftPart[];
  readonly takes: readonly ShiftPart[];
  readonly standing?: Span;
  readonly reason?: string;
};

export type RequestCommand =
  | AskCommand
  | (By & { readonly type: 'nameSubstitute'; readonly substituteId: PersonId })
  | (By & { readonly type: 'accept' })
  | (By & { readonly type: 'decline'; readonly reason?: string })
  | (By & { readonly type: 'approve' })
  | (By & { readonly type: 'reject'; readonly reason: string })
  | (By & { readonly type: 'withdraw' })
  | (By & { readonly type: 'undo' })
  /** The roster or the organisation has been changed. */
  | { readonly type: 'recheck' }
  /** It fell due: a shift has begun while it was open, or all of it is over. */
  | { readonly type: 'look' };

export type RequestContext = RuleContext & {
  readonly consent: ConsentSettings;
  /** Those that are open beside it. */
  readonly others: readonly DutyRequest[];
};

/** Why not. Each has a sentence that says which rule, and what to do. */
export type RequestRefusal =
  | 'unknown'
  | 'ended'
  | 'notParty'
  | 'notYours'
  | 'ownConsent'
  | 'notApprover'
  | 'already'
  | 'overlaps'
  | 'noDuty'
  | 'past'
  | 'tooLong'
  | 'samePerson'
  | 'noSubstitute'
  | 'reasonWanted'
  | 'broken'
  | 'begun'
  | 'passedOn';

export type RequestOutcome = {
  readonly events: readonly LedgerEvent[];
  /** What it changes on top of the plan, together with the events. */
  readonly overrides?: { readonly added: readonly Override[]; readonly removed: readonly string[] };
  readonly refusal?: RequestRefusal;
  /** Of `broken`: which. */
  readonly broken?: readonly BrokenRule[];
  /** Of `already` and `overlaps`: which request it is. */
  readonly otherId?: string;
};
