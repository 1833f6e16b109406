import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Policy, Role } from '../../src/domain/escalation/policy.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { Blame } from './violation.ts';

/**
 * What must be true of every ladder, told from the ledger and the policies alone: a second reading of the rules, so
 * that a mistake in them does not judge itself.
 */

type Reminder = { afterMs: number; dueAt: number; left: number };

export type Ladder = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly openedAt: number;
  answerBy: number;
  policy: string;
  baseAt: number;
  throughMs: number;
  stepNo: number;
  reminders: Reminder[];
  /** Some channel or call has reached somebody who owes the answer. */
  isReached: boolean;
  missedAt: number | undefined;
  endedAt: number | undefined;
  readonly steps: Set<string>;
  readonly told: Set<string>;
  readonly asked: Set<string>;
};

/** Instances' clocks differ by less than this. */
export const skewMs = 500;
const outageMs = 60_000;
const officeReminder = -1;

const opens = new Set(['CheckOpened', 'ObligationOpened']);
const stepEvents = new Set(['StepFired', 'StepSkipped']);
const ladderEvents = new Set([...stepEvents, 'ReminderFired', 'ObligationMissed']);
const endEvents = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);
/** What may still come after the end: receipts of what the channel already had. */
const lateEvents = new Set(['NoticeSent']);

const rolesOf = (row: LedgerRow): readonly Role[] => (row.data['roles'] ?? []) as readonly Role[];
const peopleIn = (row: LedgerRow, field: string): readonly string[] => (row.data[field] ?? []) as readonly string[];

const openLadder = (row: LedgerRow): Ladder => ({
  id: row.obligationId!,
  kind: row.data['kind'] as string,
  subject: row.data['subject'] as string,
  openedAt: row.at,
  answerBy: row.data['answerBy'] as number,
  policy: row.data['policy'] as string,
  baseAt: row.data['baseAt'] as number,
  throughMs: row.data['throughMs'] as number,
  stepNo: 0,
  reminders: [],
  isReached: false,
  missedAt: undefined,
  endedAt: undefined,
  steps: new Set(),
  told: new Set(),
  asked: new Set(),
});

const sorted = (reminders: readonly Reminder[]): string =>
  JSON.stringify(
    reminders
      .map(({ afterMs, dueAt, left }) => [afterMs, dueAt, left])
      .toSorted((one, other) => one[0]! - other[0]! || one[1]! - other[1]!),
  );

const packed = (row: LedgerRow): string =>
  sorted(
    ((row.data['reminders'] ?? []) as readonly (readonly [number, number, number])[]).map(([afterMs, dueAt, left]) => ({
      afterMs,
      dueAt,
      left,
    })),
  );

const isQuiet = (settings: CampaignSettings, at: number): boolean => {
  const { fromMinute, toMinute } = settings.quietHours;
  const minute = minuteOfDay(settings.timeZone, at);
  return minute >= fromMinute || minute < toMinute;
};

/** Roles that owe the answer; a step of theirs asks, every other tells. */
const answering = new Set(['onDuty', 'coDuty', 'landline']);

const hear = (ladder: Ladder, row: LedgerRow): void => {
  const roles = rolesOf(row);
  const isAsking = ladder.kind !== 'help' && roles.includes('onDuty') && roles.every((role) => answering.has(role));
  for (const to of peopleIn(row, 'notified')) {
    if (!isAsking) ladder.told.add(to);
    else if (to.startsWith('m')) ladder.asked.add(to);
  }
};

export const createLadderOracle = (settings: CampaignSettings, blame: Blame) => {
  const ladders = new Map<string, Ladder>();
  const open = new Set<Ladder>();
  /** What the ladders were, and since when. */
  const versions: { readonly at: number; readonly policies: CampaignSettings['policies'] }[] = [];
  const has = (policy: Policy | undefined, afterMs: number, roles: readonly Role[]): boolean =>
    policy?.steps.some((step) => step.afterMs === afterMs && step.notify.join() === roles.join()) === true;
  /** Since when a step has been on its ladder without a break; from the beginning where nobody added it. */
  const addedAt = (ladder: Ladder, afterMs: number, roles: readonly Role[]): number => {
    const last = versions.findLastIndex(({ policies }) => !has(policies[ladder.policy], afterMs, roles));
    return versions[last + 1]?.at ?? (last < 0 ? Number.NEGATIVE_INFINITY : changedAt);
  };
  let changedAt = Number.NEGATIVE_INFINITY;
  const policyOf = (ladder: Ladder): Policy => settings.policies[ladder.policy] ?? settings.policies['check']!;

  const moveReminders = (ladder: Ladder, at: number): void => {
    const policy = policyOf(ladder);
    ladder.reminders = ladder.reminders.flatMap((reminder): readonly Reminder[] => {
      if (reminder.dueAt > at) return [reminder];
      if (reminder.afterMs === officeReminder) return [{ ...reminder, dueAt: at + policy.remindOfficeEveryMs, left: reminder.left - 1 }];
      const repeat = policy.steps.find((step) => step.afterMs === reminder.afterMs)?.repeat;
      return repeat && reminder.left > 1 ? [{ ...reminder, dueAt: at + repeat.everyMs, left: reminder.left - 1 }] : [];
    });
  };

  /** What was added for a moment already past is passed over, and nothing else is. */
  const passOver = (ladder: Ladder, rows: readonly LedgerRow[]): void => {
    for (const row of rows) {
      const [afterMs, roles] = [row.data['afterMs'] as number, rolesOf(row)];
      if (row.data['stepNo'] !== ladder.stepNo) blame('3 a step is decided once', `${ladder.id} passed ${afterMs} over`);
      const left = policyOf(ladder).steps.filter((one) => one.afterMs > ladder.throughMs && one.afterMs < afterMs);
      if (left.length > 0) blame('3 every step is decided', `${ladder.id} left out the step at ${left[0]!.afterMs}`);
      if (ladder.baseAt + afterMs > row.at + skewMs)
        blame('3 every step is decided', `${ladder.id} passed over ${afterMs}, which was to come`);
      if (addedAt(ladder, afterMs, roles) === Number.NEGATIVE_INFINITY)
        blame('3 every step is decided', `${ladder.id} passed over ${afterMs}, which nobody added`);
      ladder.stepNo += 1;
      ladder.throughMs = afterMs;
    }
  };

  /** Steps of one decision: in order, each once, none before its time, nobody passed over who could be told. */
  const checkSteps = (ladder: Ladder, rows: readonly LedgerRow[]): void => {
    const policy = policyOf(ladder);
    const [first] = rows;
    if (!first) return;
    const isPassedOn = first.actor !== undefined && !opens.has(first.event);
    const afterMs = first.data['afterMs'] as number;
    const lateMs = first.at - (ladder.baseAt + afterMs);
    if (!isPassedOn && lateMs < -skewMs) blame('3 a step comes at its time', `${ladder.id} step ${ladder.stepNo} came ${-lateMs} ms early`);
    const expectedBase = isPassedOn ? first.at - afterMs : lateMs >= outageMs ? ladder.baseAt + lateMs : ladder.baseAt;
    // The answer's window is held up with the steps.
    ladder.answerBy += expectedBase === ladder.baseAt || isPassedOn ? 0 : lateMs;
    let group = { afterMs, isTold: false };
    for (const row of rows) {
      const step = row.data['afterMs'] as number;
      if (row.data['stepNo'] !== ladder.stepNo)
        blame('3 a step is decided once', `${ladder.id} decided step ${row.data['stepNo'] as number} instead of ${ladder.stepNo}`);
      const key = `${step} ${rolesOf(row).join()} ${row.data['via'] as string}`;
      if (ladder.steps.has(key)) blame('3 a step is decided once', `${ladder.id} decided ${key} again`);
      const since = addedAt(ladder, step, rolesOf(row));
      if (row.event === 'StepFired' && !isPassedOn && ladder.openedAt < since && ladder.baseAt + step < since - skewMs)
        blame('2 what is added for a moment past is passed over', `${ladder.id} told ${key}, which was added at ${since}`);
      ladder.steps.add(key);
      const passed = policy.steps.filter((one) => one.afterMs > ladder.throughMs && one.afterMs < step);
      if (passed.length > 0 && !isPassedOn) blame('3 every step is decided', `${ladder.id} left out the step at ${passed[0]!.afterMs}`);
      if (step !== group.afterMs) {
        if (group.isTold && ladder.baseAt + step > row.at + skewMs)
          blame('3 a step comes at its time', `${ladder.id} did not wait for an answer before ${step}`);
        group = { afterMs: step, isTold: false };
      }
      if (row.event === 'StepFired' || row.data['reason'] === 'massFailure') group.isTold = true;
      if (row.data['baseAt'] !== expectedBase)
        blame('2 steps keep their distance', `${ladder.id} counts from ${row.data['baseAt'] as number} instead of ${expectedBase}`);
      if (row.event === 'StepFired' && peopleIn(row, 'notified').length === 0) blame('2 a step tells somebody', `${ladder.id} ${key}`);
      const repeat = policy.steps.find((one) => one.afterMs === step && one.notify.join() === rolesOf(row).join())?.repeat;
      // whoever comes, or comes back, is told in their turn
      if (repeat && (row.event === 'StepFired' || row.data['reason'] === 'nobody' || row.data['reason'] === 'paused'))
        ladder.reminders.push({ afterMs: step, dueAt: row.at + repeat.everyMs, left: repeat.times });
      ladder.stepNo += 1;
      ladder.throughMs = step;
      ladder.baseAt = expectedBase;
      hear(ladder, row);
      for (const to of peopleIn(row, 'callers')) ladder.told.add(to);
    }
    const last = rows.at(-1)!.data['afterMs'] as number;
    if (!group.isTold && policy.steps.some((one) => one.afterMs > last))
      blame('2 a rung with nobody falls through at once', `${ladder.id} waits at ${last}, where nobody was told`);
    const together = policy.steps.filter((one) => one.afterMs === last).length;
    const decided = [...ladder.steps].filter((key) => key.startsWith(`${last} `)).length;
    if (decided < together) blame('3 every step is decided', `${ladder.id} left out a step at ${last}`);
  };

  const isOffice = (reminder: Reminder): boolean => reminder.afterMs === officeReminder;

  /** What a decision was made on. */
  type Before = { readonly throughMs: number; readonly asked: number; readonly isJudgementDue: boolean };

  /**
   * The verdict falls once: when the office is told or nobody is left to tell, but not while those who were asked have
   * time to answer; then it waits for the end of their window.
   */
  const checkVerdict = (ladder: Ladder, moves: readonly LedgerRow[], before: Before): void => {
    const policy = policyOf(ladder);
    const at = moves.at(-1)!.at;
    const missed = moves.filter((row) => row.event === 'ObligationMissed');
    if (missed.length > 1 || (missed.length > 0 && ladder.missedAt !== undefined))
      blame('3 a step is decided once', `${ladder.id} was missed twice`);
    const isVerdict = ({ notify, afterMs }: Policy['steps'][number]): boolean =>
      notify.includes('office') && afterMs > 0 && afterMs >= policy.answerWindowMs;
    const isFalling =
      policy.steps.some((step) => isVerdict(step) && step.afterMs > before.throughMs && step.afterMs <= ladder.throughMs) ||
      policy.steps.every((step) => step.afterMs <= ladder.throughMs);
    const isPostponed = ladder.missedAt === undefined && ladder.reminders.some(isOffice);
    if (ladder.missedAt === undefined && !isPostponed && isFalling) {
      const isWindowOpen = before.asked > 0 && at < ladder.answerBy;
      const told = moves.flatMap((row) => (row.data['reminders'] ?? []) as readonly (readonly [number, number, number])[]);
      const dueAt = told.find(([afterMs]) => afterMs === officeReminder)?.[1];
      if (dueAt === undefined || (isWindowOpen ? dueAt !== ladder.answerBy : dueAt > at + policy.remindOfficeEveryMs))
        return blame('2 the office is reminded', `${ladder.id} has no reminder after the verdict, or at ${dueAt}`);
      ladder.reminders.push({ afterMs: officeReminder, dueAt, left: 0 });
      if (isWindowOpen === missed.length > 0)
        blame('2 the verdict falls in its time', `${ladder.id} at ${at}, answer by ${ladder.answerBy}`);
    } else if (missed.length > 0 !== (isPostponed && before.isJudgementDue))
      blame('2 the verdict falls in its time', `${ladder.id} at step ${ladder.stepNo}`);
    for (const row of missed) {
      ladder.missedAt = row.at;
      if (row.data['isDelivered'] !== ladder.isReached)
        blame('5 a miss says whether anybody was reached', `${ladder.id} says ${row.data['isDelivered'] as boolean}`);
    }
  };

  /** All rows of one obligation in one decision. */
  const decided = (id: string, rows: readonly LedgerRow[]): void => {
    const opening = rows.find((row) => opens.has(row.event));
    if (opening) {
      if (ladders.has(id)) blame('3 an obligation is opened once', id);
      ladders.set(id, openLadder(opening));
      open.add(ladders.get(id)!);
    }
    const ladder = ladders.get(id);
    if (!ladder && rows.every((row) => lateEvents.has(row.event))) return;
    if (!ladder) return blame('5 the ledger explains the state', `${rows[0]!.event} of ${id}, which was never opened`);
    for (const row of rows) {
      if (ladder.endedAt !== undefined && !lateEvents.has(row.event)) blame('3 nothing is decided after the end', `${row.event} of ${id}`);
      if (endEvents.has(row.event)) {
        ladder.endedAt = row.at;
        open.delete(ladder);
      }
      if (row.event === 'NoticeDelivered' || (row.event === 'CallRecorded' && row.data['result'] !== 'invalidNumber'))
        ladder.isReached = true;
      if (
        row.event === 'StepFired' &&
        ladder.kind !== 'help' &&
        peopleIn(row, 'notified').includes('g:office') &&
        isQuiet(settings, row.at)
      )
        blame('2 a group is left in peace at night', `${id} told it`);
      if (row.event === 'PolicyMoved') {
        Object.assign(ladder, { policy: row.data['policy'], baseAt: row.data['baseAt'], throughMs: -1 });
        ladder.steps.clear();
      }
    }
    const added = rows.filter((row) => row.event === 'StepSkipped' && row.data['reason'] === 'added');
    passOver(ladder, added);
    const moves = rows.filter((row) => ladderEvents.has(row.event) && !added.includes(row));
    const last = moves.at(-1);
    if (!last) return;
    const before = {
      throughMs: ladder.throughMs,
      asked: ladder.asked.size,
      isJudgementDue: ladder.reminders.some((reminder) => isOffice(reminder) && reminder.dueAt <= last.at),
    };
    moveReminders(ladder, last.at);
    checkSteps(
      ladder,
      moves.filter((row) => stepEvents.has(row.event)),
    );
    checkVerdict(ladder, moves, before);
    for (const row of moves) if (row.event === 'ReminderFired') hear(ladder, row);
    if (sorted(ladder.reminders) !== packed(last))
      blame('2 reminders go on', `${id} has ${packed(last)} instead of ${sorted(ladder.reminders)} at ${last.at}`);
  };

  /** The instant at which something must be decided of an open obligation. */
  const expectedAt = (ladder: Ladder): number => {
    const step = policyOf(ladder).steps.find((one) => one.afterMs > ladder.throughMs);
    const stepAt = step ? Math.max(ladder.baseAt + step.afterMs, changedAt) : Number.POSITIVE_INFINITY;
    return Math.min(...ladder.reminders.map(({ dueAt }) => dueAt), stepAt);
  };

  /** Until when an answer is in time, for one that is decided at `at`. */
  const answerBy = (id: string, at: number): number => {
    const ladder = ladders.get(id);
    if (!ladder) return Number.NEGATIVE_INFINITY;
    const step = policyOf(ladder).steps.find((one) => one.afterMs > ladder.throughMs);
    const lateMs = step === undefined ? 0 : at - (ladder.baseAt + step.afterMs);
    return ladder.answerBy + (lateMs >= outageMs ? lateMs : 0);
  };

  return {
    /** Other ladders count from now on. */
    policiesAre: (at: number): void => {
      versions.push({ at: changedAt, policies: settings.policies });
      changedAt = at;
    },
    decided,
    expectedAt,
    answerBy,
    find: (id: string): Ladder | undefined => ladders.get(id),
    open: (): readonly Ladder[] => [...open],
    /** The same by looking at every one. */
    openOfAll: (): readonly Ladder[] => [...ladders.values()].filter(({ endedAt }) => endedAt === undefined),
    forget: (id: string): boolean => ladders.delete(id),
  };
};
