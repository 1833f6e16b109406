import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { SubjectId } from '../roster/subject.ts';

/**
 * Somebody owes an answer by a time, and while they stay silent others are told, step by step.
 * Everything the product chases is one of these.
 */

export type ObligationKind = 'check' | 'postEmpty' | 'restore' | 'help' | 'channelFailure' | 'rosterGap' | ClockKind;

/** The clocks of an item: a unit's receipt, its hand-in, a named person's part, and what others owe it in turn. */
export type ItemClockKind = 'receipt' | 'deadline' | 'subtask' | 'review' | 'approval' | 'closing' | 'followUp' | 'interim';

/** What a leave, a swap or a cover waits for: the other one's word, and consent. */
export type RequestClockKind = 'substitute' | 'consent';

/** The clocks of what is agreed about shifts, and of the sign of life ahead of a first one. */
export type DutyClockKind = RequestClockKind | 'handover' | 'reachTest' | 'rosterProposal';

/** What the office owes about figures: a word about an appeal, a report that waits to be sent. */
export type FigureClockKind = 'appeal' | 'report';

/** Kinds that count from a deadline and that no plain acknowledgement answers. */
export type ClockKind = ItemClockKind | DutyClockKind | FigureClockKind;

export type ObligationStatus = 'open' | 'withOffice' | 'answered' | 'takenOver' | 'withdrawn';

/** What a call or a reply gave, in the categories that offices report. */
export type CallResult = HeardInCall | 'pickedUp';

/** What somebody who rings can hear and say of it; a machine that rings knows also that somebody picked up and pressed nothing. */
export type HeardInCall = 'onPost' | 'busy' | 'invalidNumber' | 'noAnswer' | 'hungUp' | 'standIn';

/** A reminder that keeps coming for a step that has fired. `left`: how often still; the office's, without end, count down from 0. */
export type Reminder = { readonly afterMs: number; readonly dueAt: number; readonly left: number };

/** `afterMs` of the reminder that only the office gets. No step has it: what comes before a deadline comes whole seconds before. */
export const officeReminder = -1;

export type Obligation = {
  /** Made from the subject and the instant of opening, so that opening twice is opening once. */
  readonly id: string;
  readonly kind: ObligationKind;
  readonly subject: SubjectId;
  readonly policy: string;
  readonly openedAt: number;
  /** After this instant an answer is late. */
  readonly answerBy: number;
  readonly status: ObligationStatus;
  /** The item (`i…`), the request (`q…`), the proposal (`p…`), the handover (`h…`), the appeal (`e…`) or the report (`t…`) whose clock it is, or who is tested (`sm…`). Such an obligation counts from its deadline, which no outage of ours moves. */
  readonly itemId?: string;
  /** Tells clocks of one kind of one item apart: a unit, a subtask's number. */
  readonly key?: string;
  /** Steps count from here: the opening, moved when the policy is moved or the service was away; an item's deadline. */
  readonly baseAt: number;
  /** `afterMs` of the last step that fired or was skipped; before the first less than any. */
  readonly throughMs: number;
  /** How many steps have been decided: the number that people and cards see. */
  readonly stepNo: number;
  readonly reminders: readonly Reminder[];
  /** Those whose answer is owed: asked as holders at any step. */
  readonly asked: readonly PersonId[];
  /** Everybody else who was told, people and group chats: they hear of the end. */
  readonly told: readonly string[];
  readonly roundId?: string;
  /** Why it was opened, as figures for the message; a check's cause stands in the ledger only. */
  readonly cause?: string;
  /** Digits to be repeated as a stronger proof, where the policy wants one. */
  readonly code?: string;
  /** Who opened it, where a person did. */
  readonly openedBy?: PersonId;
  readonly missedAt?: number;
  /** When somebody last had those asked again who owe the answer. */
  readonly remindedAt?: number;
  /** A channel reported delivery, or the phone rang: only then a miss counts against a person. */
  readonly isDelivered?: boolean;
  /** A channel reported that somebody who owes the answer has opened the message. It is no answer, and proves no contact. */
  readonly isRead?: boolean;
  /** How long after the question it was delivered, where that was late. */
  readonly deliveredLateMs?: number;
  /** The strongest thing that calls gave so far. */
  readonly callResult?: CallResult;
  readonly endedAt?: number;
  readonly endedBy?: PersonId;
  /** Why it was withdrawn. */
  readonly endReason?: string;
};

export const isEnded = (o: Obligation): boolean => o.status !== 'open' && o.status !== 'withOffice';

/** Whether it is about something handed over to a unit, and not about who stands a post. */
export const isItemClock = ({ itemId }: Pick<Obligation, 'itemId'>): boolean => itemId?.startsWith('i') === true;

/** Everything that happens to an item's clock stands in the ledger under the item too. */
export const ofItem = (o: Obligation, events: readonly LedgerEvent[]): readonly LedgerEvent[] => {
  const { itemId } = o;
  return itemId === undefined ? events : events.map((event) => ({ ...event, itemId }));
};
