import type { LedgerEvent } from '../ledger/event.ts';
import { filesOf, number, optional, text, withLimit, type Data } from './event-fields.ts';
import { extended, extensionAsked, extensionRefused, longTermSet, outerMoved } from './evolve-dates.ts';
import { accepted, checked, drafted, returned, signed, submitted } from './evolve-hand-in.ts';
import { corrected, handedOver, answersListed } from './evolve-handed-over.ts';
import { standing, working } from './evolve-status.ts';
import { leadOf, type Item, type Limit, type Subtask } from './item.ts';

const received = (item: Item, event: LedgerEvent, data: Data): Item => {
  const parts = item.parts.map((part) =>
    part.unitId === data['unitId'] ? { ...part, receivedAt: event.at, ...optional('receivedBy', event.actor) } : part,
  );
  const next = { ...item, parts };
  return item.status === 'handedOver' && parts.some((part) => part.isLead && part.receivedAt !== undefined)
    ? standing(next, item.subtasks.length > 0 ? 'planned' : 'received', event.at)
    : next;
};

const planned = (item: Item, event: LedgerEvent, data: Data, personal: Data): Item => {
  const titles = (personal['titles'] ?? []) as readonly string[];
  const fresh = (data['subtasks'] as readonly Omit<Subtask, 'title'>[]).map((subtask, index) => ({
    ...subtask,
    title: text(titles[index]),
  }));
  return working({ ...item, subtasks: [...item.subtasks, ...fresh] }, 'planned', event.at);
};

const withSubtask = (item: Item, no: unknown, change: Partial<Subtask>): Item => ({
  ...item,
  subtasks: item.subtasks.map((one) => (one.no === no ? { ...one, ...change } : one)),
});

const closed = (item: Item, { at, actor, data }: LedgerEvent): Item => {
  const followUpDueAt = data['followUpDueAt'] as number | undefined;
  return standing({ ...item, closedAt: at, ...optional('closedBy', actor), ...optional('followUpDueAt', followUpDueAt) }, 'closed', at);
};

const confirmed = (item: Item, { at, actor, personal = {} }: LedgerEvent): Item => {
  const recheck = { at, by: actor ?? '', passed: true, text: text(personal['text']) };
  return standing({ ...item, rechecks: [...item.rechecks, recheck] }, 'confirmed', at);
};

/** A limit further out that has passed was answered the first time; what is to be done again has a date of its own. */
const metBy =
  (at: number) =>
  (limit: Limit): Limit =>
    limit.level !== 'unit' && limit.at <= at && limit.metAt === undefined ? { ...limit, metAt: at } : limit;

const reopened = (item: Item, { at, actor, data, personal = {} }: LedgerEvent): Item => {
  const again = withLimit(item, 'unit', number(data['againAt']), at);
  const { longTerm: _, closedAt: _at, closedBy: _by, followUpDueAt: _due, ...rest } = again;
  const recheck = { at, by: actor ?? '', passed: false, text: text(personal['text']) };
  const limits = rest.limits.map(metBy(at));
  const receiptDueAt = data['receiptDueAt'] as number | undefined;
  const parts = rest.parts.map((part) => (part.receivedAt === undefined && receiptDueAt !== undefined ? { ...part, receiptDueAt } : part));
  const status = leadOf(item).receivedAt === undefined ? 'handedOver' : 'received';
  return { ...rest, limits, parts, status, statusAt: at, reopened: item.reopened + 1, rechecks: [...item.rechecks, recheck] };
};

/** An item after an event. Events that speak of nothing here leave it as it is. */
export const evolveItem = (item: Item | undefined, event: LedgerEvent): Item | undefined => {
  const { data, at, personal = {} } = event;
  if (event.event === 'ItemHandedOver') return item ?? handedOver(event, data, personal);
  if (!item) return undefined;
  switch (event.event) {
    case 'ItemCorrected':
      return corrected(item, event);
    case 'AnswersListed':
      return answersListed(item, event);
    case 'ItemReceived':
      return received(item, event, data);
    case 'ItemPlanned':
      return planned(item, event, data, personal);
    case 'SubtaskDone':
      return working(withSubtask(item, data['no'], { doneAt: at }), 'inProgress', at);
    case 'SubtaskReassigned':
      return withSubtask(item, data['no'], { ownerId: text(data['ownerId']), unitId: text(data['unitId']) });
    case 'ProgressReported': {
      const report = { at, by: event.actor ?? '', text: text(personal['text']), files: filesOf(data['files'], personal['names']) };
      return working({ ...item, reports: [...item.reports, report] }, 'inProgress', at);
    }
    case 'HandInDrafted':
      return drafted(item, event, data, personal);
    case 'DataChecked':
      return checked(item, event);
    case 'HandInSigned':
      return signed(item, event);
    case 'ItemSubmitted':
      return submitted(item, event);
    case 'ItemAccepted':
      return accepted(item, event, data);
    case 'ItemReturned':
      return returned(item, event);
    case 'ItemClosed':
      return closed(item, event);
    case 'ItemConfirmed':
      return confirmed(item, event);
    case 'ItemReopened':
      return reopened(item, event);
    case 'ItemWithdrawn':
      return standing({ ...item, endReason: text(personal['reason']) }, 'withdrawn', at);
    case 'ExtensionAsked':
      return extensionAsked(item, event);
    case 'ExtensionApproved':
      return extended(item, event, data);
    case 'ExtensionRefused':
      return extensionRefused(item, event);
    case 'OuterLimitMoved':
      return outerMoved(item, event);
    case 'LongTermSet':
      return longTermSet(item, event);
    default:
      return item;
  }
};
