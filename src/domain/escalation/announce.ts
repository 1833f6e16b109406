import type { LedgerEvent } from '../ledger/event.ts';
import type { Context } from './fire.ts';
import type { Notice } from './notice.ts';
import { isEnded, isItemClock, type ClockKind, type ItemClockKind, type Obligation, type ObligationKind } from './obligation.ts';
import type { Via } from './policy.ts';
import { landlineOf, resolveRole } from './resolve.ts';
import type { Template } from './template.ts';

/** Who hears what of an event that has been decided. Pure; the words are found when it is sent. */

const askTemplate = (o: Obligation, stepNo: number): Template =>
  o.kind === 'restore'
    ? 'restore.ask'
    : o.kind === 'postEmpty'
      ? 'postEmpty.ask'
      : o.kind === 'check' && stepNo === 0
        ? 'check.ask'
        : 'check.remind';

/** Said to those who owe the answer. */
export const askingTemplates: readonly Template[] = ['check.ask', 'check.remind', 'check.coDuty', 'postEmpty.ask', 'restore.ask'];

/** Cards of those who hand over and of those who take over: one of its own for each post. */
const handoverCards: readonly Template[] = ['handover.ask', 'handover.remind', 'handover.leave', 'handover.stay'];

/** Said to somebody whose word is wanted. */
const waitForNobody: readonly Template[] = ['duty.owed', 'ahead.test', 'roster.proposal', 'appeal.owed', 'report.owed'];

const alertTemplates: Record<Exclude<ObligationKind, ClockKind>, Template> = {
  check: 'check.alert',
  postEmpty: 'postEmpty.alert',
  restore: 'restore.alert',
  help: 'help.alert',
  channelFailure: 'channelFailure.alert',
  rosterGap: 'rosterGap.alert',
};

/** A post that somebody holds for its unit is no alarm until the time to man it has passed. */
const alertFor = (o: Obligation): Template =>
  o.kind === 'restore' && o.missedAt === undefined ? 'restore.told' : alertTemplates[o.kind as keyof typeof alertTemplates];

const clockTemplates: Record<ItemClockKind, Template> = {
  receipt: 'item.receipt',
  deadline: 'item.due',
  subtask: 'item.subtask',
  review: 'item.review',
  approval: 'item.approval',
  closing: 'item.closing',
  followUp: 'item.followUp',
  interim: 'item.interim',
};

/** Kinds with a card of their own about what waits, and one for when it is over. */
const ownCards: { readonly [kind in ObligationKind]?: { readonly waits: Template; readonly over: Template } } = {
  rosterProposal: { waits: 'roster.proposal', over: 'roster.proposalOver' },
  appeal: { waits: 'appeal.owed', over: 'appeal.over' },
  report: { waits: 'report.owed', over: 'report.over' },
};

/** How it is said that an obligation of such a kind is over; undefined for other kinds. */
export const ownEndOf = ({ kind }: Pick<Obligation, 'kind'>): Template | undefined => ownCards[kind]?.over;

const isOfRequest = ({ kind }: Obligation): boolean => kind === 'substitute' || kind === 'consent';

/** What is said at an instant of the clock of an item or a request; undefined for what is neither's. */
const clockTemplate = (o: Obligation, at: number): Template | undefined => {
  const own = ownCards[o.kind];
  if (own) return isEnded(o) ? own.over : own.waits;
  if (isOfRequest(o)) return isEnded(o) ? 'duty.over' : at < o.answerBy ? 'duty.owed' : 'duty.overdue';
  if (!isItemClock(o)) return undefined;
  if (isEnded(o)) return 'item.over';
  return at < o.answerBy ? clockTemplates[o.kind as ItemClockKind] : 'item.overdue';
};

/** Kinds whose answer people on the post itself owe. */
const isOwedByPost = (o: Obligation): boolean => o.kind === 'check' || o.kind === 'postEmpty' || o.kind === 'restore';

/** At the boundary itself nobody is late yet. */
const justNowMs = 60_000;

/** Whoever comes is asked to accept, whoever leaves is told what to hand over or that they must stay; the others are alarmed. */
const handoverTemplate = (o: Obligation, to: string, context: Context, now: number): Template => {
  const isIn = (role: 'incoming' | 'onDuty' | 'coDuty') => resolveRole(context.directory, role, o.subject, now).includes(to);
  if (isIn('incoming')) return now < o.answerBy + justNowMs ? 'handover.ask' : 'handover.remind';
  if (!isIn('onDuty') && !isIn('coDuty')) return 'handover.alert';
  return now < o.answerBy ? 'handover.leave' : 'handover.stay';
};

const templateFor = (o: Obligation, to: string, stepNo: number, context: Context, now: number): Template => {
  const ofClock = clockTemplate(o, now);
  if (ofClock) return ofClock;
  if (o.kind === 'reachTest') return 'ahead.test';
  if (o.kind === 'handover') return handoverTemplate(o, to, context, now);
  if (isOwedByPost(o)) {
    const isOnPost = (role: 'onDuty' | 'coDuty') => resolveRole(context.directory, role, o.subject, now).includes(to);
    if (isOnPost('onDuty') || to === landlineOf(o.subject)) return askTemplate(o, stepNo);
    if (isOnPost('coDuty')) return o.kind === 'check' ? 'check.coDuty' : askTemplate(o, stepNo);
    if (o.kind === 'check' && o.missedAt !== undefined && !to.startsWith('g:')) return 'check.missed';
  }
  return alertFor(o);
};

/** The words that fit an open obligation as it stands, for a card that is shown again. */
export const templateNow = (o: Obligation, to: string, now: number): Template => {
  const ofClock = clockTemplate(o, now);
  if (ofClock) return ofClock;
  if (o.kind === 'reachTest') return isEnded(o) ? 'ahead.testOver' : 'ahead.test';
  if (o.kind === 'handover') return isEnded(o) ? 'handover.over' : 'handover.alert';
  if (isOwedByPost(o) && o.asked.includes(to)) return askTemplate(o, o.stepNo);
  return o.kind === 'check' && o.missedAt !== undefined && !to.startsWith('g:') ? 'check.missed' : alertFor(o);
};

const told = (o: Obligation, event: LedgerEvent, context: Context): readonly Notice[] => {
  const stepNo = event.data['stepNo'] as number;
  const via = (event.data['via'] as Via | undefined) ?? 'card';
  const reminderNo = event.data['reminderNo'] as number | undefined;
  const which = reminderNo === undefined ? {} : { reminderNo };
  return ((event.data['notified'] ?? []) as readonly string[]).map((to): Notice => {
    const template = templateFor(o, to, stepNo, context, event.at);
    const isAsked = askingTemplates.includes(template) || handoverCards.includes(template);
    const notice: Notice = {
      to,
      via: to.startsWith('g:') ? 'card' : via,
      template,
      obligationId: o.id,
      stepNo,
      decidedAt: event.at,
      ...(o.itemId === undefined ? {} : { itemId: o.itemId }),
      ...which,
    };
    // Those who owe the answer, and calls for help, never wait for a bundle.
    return isAsked || waitForNobody.includes(template) || o.kind === 'help' ? notice : { ...notice, isBundled: true };
  });
};

/** The office gets the number, and one tap for what the call gave. */
const askOfficeToCall = (o: Obligation, event: LedgerEvent): readonly Notice[] => {
  const stepNo = event.data['stepNo'] as number;
  return ((event.data['callers'] ?? []) as readonly string[]).map((to): Notice => ({
    to,
    via: 'card',
    template: 'check.callForOffice',
    obligationId: o.id,
    stepNo,
    decidedAt: event.at,
    isBundled: true,
  }));
};

const endTemplates: { readonly [event: string]: Template } = {
  AnswerRecorded: 'end.answered',
  ObligationTakenOver: 'end.takenOver',
  ObligationWithdrawn: 'end.withdrawn',
};

/** A call for help ends aloud: the caller hears who comes, and everybody else that it is over. */
const helpOver = (o: Obligation, event: LedgerEvent, template: Template): readonly Notice[] => {
  const actor = (event.data['by'] as string | undefined) ?? event.actor;
  const said = event.event === 'ObligationWithdrawn' ? 'help.allClear' : template;
  const cards = o.told.map((to): Notice => ({ to, via: 'card', template, obligationId: o.id, isUpdate: true }));
  const words = [...o.told, ...(o.openedBy === undefined ? [] : [o.openedBy])].filter((to) => to !== actor);
  return [...cards, ...words.map((to): Notice => ({ to, via: 'card', template: said, obligationId: o.id }))];
};

/** Everybody who has a card about it sees how it ended, on the same card. */
const over = (o: Obligation, event: LedgerEvent): readonly Notice[] => {
  const ended = endTemplates[event.event];
  if (!ended) return [];
  const template =
    o.kind === 'reachTest'
      ? 'ahead.testOver'
      : (ownEndOf(o) ?? (o.kind === 'handover' ? 'handover.over' : isOfRequest(o) ? 'duty.over' : isItemClock(o) ? 'item.over' : ended));
  if (o.kind === 'help') return helpOver(o, event, template);
  return [...new Set([...o.asked, ...o.told])]
    .filter((to) => !to.startsWith('l:'))
    .map((to): Notice => ({ to, via: 'card', template, obligationId: o.id, isUpdate: true }));
};

/** `o` is the obligation after the event. */
export const announce = (o: Obligation, event: LedgerEvent, context: Context): readonly Notice[] => {
  switch (event.event) {
    case 'StepFired':
      if (event.data['via'] === 'voice' && !context.hasVoice) {
        return o.kind === 'help' || o.itemId !== undefined
          ? told(o, { ...event, data: { ...event.data, via: 'card' } }, context)
          : askOfficeToCall(o, event);
      }
      return told(o, event, context);
    case 'ReminderFired':
      return told(o, event, context);
    default:
      return over(o, event);
  }
};
