import type { LedgerEvent } from '../ledger/event.ts';
import {
  isEnded,
  officeReminder,
  type CallResult,
  type Obligation,
  type ObligationKind,
  type ObligationStatus,
  type Reminder,
} from './obligation.ts';

type Data = { readonly [key: string]: unknown };

const asText = (value: unknown): string => value as string;
const asNumber = (value: unknown): number => value as number;

const remindersOf = (value: unknown): readonly Reminder[] =>
  ((value ?? []) as readonly (readonly [number, number, number])[]).map(([afterMs, dueAt, left]) => ({ afterMs, dueAt, left }));

/** The verdict stands whatever the policy: so does what the office owes. */
const isForOffice = (reminder: Reminder): boolean => reminder.afterMs === officeReminder;

const union = (list: readonly string[], more: readonly string[]): readonly string[] => {
  const fresh = more.filter((one) => !list.includes(one));
  return fresh.length === 0 ? list : [...list, ...fresh];
};

const opened = (event: LedgerEvent, data: Data): Obligation => ({
  id: event.obligationId!,
  kind: data['kind'] as ObligationKind,
  subject: asText(data['subject']),
  policy: asText(data['policy']),
  openedAt: event.at,
  answerBy: asNumber(data['answerBy']),
  status: 'open',
  ...(event.itemId === undefined ? {} : { itemId: event.itemId }),
  ...(data['key'] === undefined ? {} : { key: asText(data['key']) }),
  baseAt: asNumber(data['baseAt']),
  throughMs: asNumber(data['throughMs']),
  stepNo: 0,
  reminders: [],
  asked: [],
  told: [],
  ...(data['roundId'] === undefined ? {} : { roundId: asText(data['roundId']) }),
  ...(data['cause'] === undefined || data['kind'] === 'check' ? {} : { cause: asText(data['cause']) }),
  ...(data['code'] === undefined ? {} : { code: asText(data['code']) }),
  ...(event.actor === undefined ? {} : { openedBy: event.actor }),
});

/** Steps of the ladder that ask those who owe the answer; every other step tells. */
const isAsking = (o: Obligation, data: Data): boolean => {
  // Whoever hears of an item's clock up to its deadline owes what it waits for; who hears later is told.
  if (o.itemId !== undefined) return o.missedAt === undefined && asNumber(data['afterMs'] ?? 1) <= 0;
  const roles = (data['roles'] ?? []) as readonly string[];
  return o.kind !== 'help' && roles.includes('onDuty') && roles.every((role) => answering.has(role));
};

const answering: ReadonlySet<string> = new Set(['onDuty', 'coDuty', 'landline']);

/** Whoever hears of it first through a reminder, after a change of shift for example, has been asked or told like everybody. */
const reminded = (o: Obligation, { at }: LedgerEvent, data: Data): Obligation => {
  const notified = (data['notified'] ?? []) as readonly string[];
  const isByHand = data['by'] !== undefined;
  const next = { ...o, reminders: remindersOf(data['reminders']), ...(isByHand ? { remindedAt: at } : {}) };
  // They are those who had been asked before, whatever the clock.
  if (isByHand) return next;
  return isAsking(o, data)
    ? {
        ...next,
        asked: union(
          o.asked,
          notified.filter((to) => to.startsWith('m')),
        ),
      }
    : { ...next, told: union(o.told, notified) };
};

const stepped = (o: Obligation, event: LedgerEvent, data: Data): Obligation => {
  const notified = (data['notified'] ?? []) as readonly string[];
  const next = {
    ...o,
    stepNo: asNumber(data['stepNo']) + 1,
    throughMs: asNumber(data['afterMs']),
    baseAt: asNumber(data['baseAt']),
    answerBy: data['answerBy'] === undefined ? o.answerBy : asNumber(data['answerBy']),
    reminders: remindersOf(data['reminders']),
  };
  if (event.event === 'StepSkipped') return next;
  const callers = (data['callers'] ?? []) as readonly string[];
  const people = notified.filter((to) => to.startsWith('m'));
  if (!isAsking(o, data)) return { ...next, told: union(o.told, notified) };
  const others = o.itemId === undefined ? callers : notified.filter((to) => !to.startsWith('m'));
  return { ...next, asked: union(o.asked, people), told: union(o.told, others) };
};

const ended = (o: Obligation, event: LedgerEvent, status: ObligationStatus): Obligation => {
  const by = (event.data['by'] as string | undefined) ?? event.actor;
  return {
    ...o,
    status,
    reminders: [],
    endedAt: event.at,
    ...(by === undefined ? {} : { endedBy: by }),
    ...(event.data['reason'] === undefined ? {} : { endReason: event.data['reason'] as string }),
  };
};

/** An item that comes back with the date it had wants the same clock again. */
const isOverForNow = (o: Obligation): boolean => o.itemId !== undefined && isEnded(o);

/** What an event makes of an obligation; pure, and the same for replay. `undefined` where there is none yet. */
export const evolve = (o: Obligation | undefined, event: LedgerEvent): Obligation | undefined => {
  const data = event.data as Data;
  if (event.event === 'CheckOpened' || event.event === 'ObligationOpened') return o && !isOverForNow(o) ? o : opened(event, data);
  if (!o) return undefined;
  switch (event.event) {
    case 'StepFired':
    case 'StepSkipped':
      return stepped(o, event, data);
    case 'ReminderFired':
      return reminded(o, event, data);
    case 'ObligationMissed':
      return { ...o, status: 'withOffice', missedAt: event.at, reminders: remindersOf(data['reminders']) };
    case 'AnswerRecorded':
      return ended(o, event, 'answered');
    case 'ObligationTakenOver':
      return ended(o, event, 'takenOver');
    case 'ObligationWithdrawn':
      return ended(o, event, 'withdrawn');
    case 'CallRecorded':
      return { ...o, callResult: data['result'] as CallResult, ...(data['result'] === 'invalidNumber' ? {} : { isDelivered: true }) };
    case 'NoticeDelivered':
      return { ...o, isDelivered: true, ...(data['lateMs'] === undefined ? {} : { deliveredLateMs: asNumber(data['lateMs']) }) };
    case 'NoticeRead':
      return o.asked.includes(asText(data['to'])) ? { ...o, isRead: true } : o;
    case 'PolicyMoved':
      return {
        ...o,
        policy: asText(data['policy']),
        baseAt: asNumber(data['baseAt']),
        throughMs: data['throughMs'] === undefined ? -1 : asNumber(data['throughMs']),
        reminders: o.reminders.filter(isForOffice),
      };
    default:
      return o;
  }
};
