import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import { stintsIn } from './duty-roster.ts';
import type { Blame } from './violation.ts';

/** What must be true of what is said ahead of shifts, told from the ledger and the roster alone. */

type Coming = { readonly from: number; readonly isFirst: boolean };
/** What must have been said by then, and why. */
type Owed = { readonly personId: string; readonly from: number; readonly dueAt: number; readonly isTest: boolean };
type Test = { readonly personId: string; readonly from: number; readonly answerBy: number; isEnded: boolean; isListed: boolean };

const minuteMs = 60_000;
/** The calendar is looked at four times an hour here. */
const lookMs = 16 * minuteMs;
const leastAheadMs = 60 * minuteMs;
const beforeQuietMs = 30 * minuteMs;
const ends = new Set(['AnswerRecorded', 'ObligationWithdrawn', 'ObligationTakenOver']);

export type AheadParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  readonly isActive: (personId: string) => boolean;
};

export const createAheadOracle = ({ settings, blame, isActive }: AheadParts) => {
  const { ahead, quietHours, timeZone } = settings;
  const tests = new Map<string, Test>();
  /** What somebody has been reminded of: their coming and which reminder of it. */
  const covered = new Set<string>();
  const testedFor = new Set<string>();
  let roster: Roster = { version: 0, posts: [], shifts: [] };
  let changedAt = Number.POSITIVE_INFINITY;
  let comings: ReadonlyMap<string, readonly Coming[]> = new Map();
  /** In the order in which it falls due; all before `seenTo` was found to have been said, or needs saying no longer. */
  let owed: readonly Owed[] = [];
  let seenTo = 0;

  const quietSince = (at: number): number | undefined => {
    const minute = minuteOfDay(timeZone, at);
    const { fromMinute, toMinute } = quietHours;
    if (minute >= toMinute && minute < fromMinute) return undefined;
    const since = minute >= fromMinute ? minute - fromMinute : minute + 1_440 - fromMinute;
    return at - (at % minuteMs) - since * minuteMs;
  };
  const saidAt = (at: number): number => (quietSince(at) === undefined ? at : quietSince(at)! - beforeQuietMs);

  const comingsIn = (stood: Roster): ReadonlyMap<string, readonly Coming[]> =>
    new Map(
      [...stintsIn(stood)].map(([personId, stints]) => {
        const list: Coming[] = [];
        let until = Number.NEGATIVE_INFINITY;
        for (const stint of stints) {
          const [from, to] = [Math.max(stint.from, settings.fromAt), Math.min(stint.to, settings.toAt)];
          if (from >= to) continue;
          if (from > until) list.push({ from, isFirst: list.length === 0 || from - until >= (ahead.test?.againMs ?? Infinity) });
          until = Math.max(until, to);
        }
        return [personId, list];
      }),
    );

  const keysDue = (personId: string, at: number): readonly string[] =>
    (comings.get(personId) ?? [])
      .filter(({ from }) => from > at)
      .flatMap(({ from }) =>
        [...new Set(ahead.reminders.map((ms) => saidAt(from - ms)))].filter((due) => due <= at).map((due) => `${personId} ${from} ${due}`),
      );

  /** At night only where somebody's shift begins before the morning. */
  const checkNight = (row: LedgerRow, who: string): void => {
    const since = quietSince(row.at);
    if (since === undefined) return;
    const endsAt = since + ((1_440 + quietHours.toMinute - quietHours.fromMinute) % 1_440) * minuteMs;
    const isPressing = [...comings.values()].some((list) => list.some(({ from }) => row.at < from && from <= endsAt));
    if (!isPressing) blame('11 nobody is reminded at night', `${who} at ${row.at}`);
  };

  const reminded = (row: LedgerRow): void => {
    const people = row.data['people'] as readonly string[];
    checkNight(row, people.join());
    for (const personId of people) {
      if (!isActive(personId)) blame('11 only who stands a shift is reminded', personId);
      const fresh = keysDue(personId, row.at).filter((key) => !covered.has(key));
      if (fresh.length === 0) blame('11 each shift is reminded of once for each reminder', `${personId} at ${row.at}`);
      for (const key of fresh) covered.add(key);
    }
  };

  const told = (row: LedgerRow): void => {
    if (row.event === 'ShiftsReminded') reminded(row);
    if (row.event === 'ObligationOpened' && row.data['kind'] === 'reachTest') {
      const personId = row.data['subject'] as string;
      const begins = Number.parseInt(row.data['key'] as string, 36);
      const coming = comings.get(personId)?.find(({ from, isFirst }) => isFirst && from === begins && from > row.at);
      if (!coming) return blame('11 only first shifts are tested', `${personId} at ${row.at}`);
      checkNight(row, personId);
      if (testedFor.has(`${personId} ${coming.from}`)) blame('11 each first shift is tested once', `${personId} ${coming.from}`);
      // of everybody only the last test is remembered: what was answered before another shift was given is asked anew
      for (const key of testedFor) if (key.startsWith(`${personId} `)) testedFor.delete(key);
      testedFor.add(`${personId} ${coming.from}`);
      // The test says when the shift is.
      for (const key of keysDue(personId, row.at)) if (key.startsWith(`${personId} ${coming.from} `)) covered.add(key);
      tests.set(row.obligationId!, {
        personId,
        from: coming.from,
        answerBy: row.data['answerBy'] as number,
        isEnded: false,
        isListed: false,
      });
    }
    const test = row.obligationId === undefined ? undefined : tests.get(row.obligationId);
    if (test && ends.has(row.event)) test.isEnded = true;
    // A shift that was taken away is given again: without an answer it is tested again.
    if (test && row.event === 'ObligationWithdrawn') testedFor.delete(`${test.personId} ${test.from}`);
    if (row.event !== 'UnreachableListed') return;
    for (const [personId, from] of row.data['people'] as readonly (readonly [string, number, string])[]) {
      const open = [...tests.values()].findLast((one) => one.personId === personId && one.from === from);
      if (!open || open.isEnded || open.isListed || row.at < open.answerBy)
        return blame('11 only the silent are listed, once', `${personId} at ${row.at}`);
      open.isListed = true;
    }
  };

  /** What is missing although nothing has kept it from being said since it was due. */
  const look = (at: number, wellSince: number): void => {
    const free = Math.max(wellSince, changedAt);
    if (free > at || quietSince(at) !== undefined || at >= settings.toAt) return;
    const isMissed = (dueAt: number, from: number): boolean => free < dueAt && dueAt < at - lookMs && at < from;
    for (const { personId, from, answerBy, isEnded, isListed } of tests.values())
      if (!isEnded && !isListed && isMissed(answerBy, from) && isActive(personId))
        blame('11 whoever is silent before a first shift is listed to the office', `${personId} ${from}`);
    for (; seenTo < owed.length && owed[seenTo]!.dueAt < at - lookMs; seenTo += 1) {
      const { personId, from, dueAt, isTest } = owed[seenTo]!;
      if (!isActive(personId) || !isMissed(dueAt, from) || testedFor.has(`${personId} ${from}`)) continue;
      if (isTest) blame('11 everybody is tested before a first shift', `${personId} ${from}`);
      if (!covered.has(`${personId} ${from} ${dueAt}`)) blame('11 every shift is reminded of', `${personId} ${from}, due ${dueAt}`);
    }
  };

  const owedFor = (personId: string, { from, isFirst }: Coming): readonly Owed[] => {
    const testAt = ahead.test && isFirst ? saidAt(from - ahead.test.aheadMs) : undefined;
    return [
      ...(testAt !== undefined && from - testAt > leastAheadMs ? [{ personId, from, dueAt: testAt, isTest: true }] : []),
      ...ahead.reminders.map((ms) => ({ personId, from, dueAt: saidAt(from - ms), isTest: false })),
    ];
  };

  return {
    told,
    look,
    /** The next look is at everything again. */
    lookAgain: (): void => {
      seenTo = 0;
    },
    knows: (obligationId: string): boolean => tests.has(obligationId),
    campaignIs: (next: Roster, at: number): void => {
      roster = next;
      comings = comingsIn(roster);
      owed = [...comings]
        .flatMap(([personId, list]) => list.flatMap((coming) => owedFor(personId, coming)))
        .toSorted((one, other) => one.dueAt - other.dueAt);
      seenTo = 0;
      changedAt = at;
    },
  };
};
