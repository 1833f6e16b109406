import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { instantOf } from '../../src/domain/local-time.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Override, Roster } from '../../src/domain/roster/roster.ts';
import type { RosterList } from '../../src/domain/roster/roster-list.ts';
import type { Campaign } from '../../src/ports/store.ts';
import { boundariesOf, holdersIn, officersIn, stintsIn } from './duty-roster.ts';
import { skewMs } from './ladder-oracle.ts';
import type { RolesOracle } from './roles-oracle.ts';
import type { Blame } from './violation.ts';

/**
 * What must be true when who stands what is changed by a sentence, a list or a draft, told from the two rosters, from
 * what was handed in and from what goes out: a second reading, so that a mistake does not judge itself.
 */

type Kept = Omit<Campaign, 'version'>;

/** What is asked for on the command line. */
export type RosterCommand = RosterList | 'draft';

export type RosterChange = {
  readonly rows: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  readonly before: Kept;
  readonly after: Kept;
  /** The button that it came of, where it came of one. */
  readonly pressed: { readonly [key: string]: unknown } | undefined;
  /** The list that was handed in on the command line, or the draft that was published there. */
  readonly command?: RosterCommand | undefined;
};

const promise = '13 a change of the roster is what was asked for, and told once';
const hour = 3_600_000;
const aheadMs = 72 * hour;

const textOf = (value: unknown): string => JSON.stringify(value);

/** Everybody's duties from an instant on; what follows on without a break in the same role is one. */
const dutiesFrom = (roster: Roster, at: number): ReadonlyMap<string, string> =>
  new Map(
    [...stintsIn(roster)].map(([personId, stints]) => {
      const runs: { key: string; from: number; to: number }[] = [];
      for (const { postId, role, from, to } of stints) {
        if (to <= at) continue;
        const key = `${postId} ${role}`;
        const last = runs.findLast((run) => run.key === key);
        if (last && last.to >= from) last.to = Math.max(last.to, to);
        else runs.push({ key, from: Math.max(from, at), to });
      }
      return [personId, textOf(runs.toSorted((one, other) => one.from - other.from || (one.key < other.key ? -1 : 1)))] as const;
    }),
  );

const nothing = '[]';

export type RosterOracleParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  readonly roles: () => RolesOracle;
  /** What a workbook says, by its hash. */
  readonly listOf: (sha256: string) => RosterList | undefined;
};

export const createRosterOracle = ({ settings, blame, roles, listOf }: RosterOracleParts) => {
  /** Since when a post will stand empty ahead by somebody's change, until the office has been asked about it. */
  const silent = new Map<string, { readonly since: number; readonly until: number }>();
  const asked = new Map<string, string>();

  const isOffice = (personId: string, at: number): boolean => roles().office(at).includes(personId);

  /** Everybody for whom it changes something hears it in one message, and nobody else does. */
  const checkTold = ({ before, after, notices }: RosterChange, at: number, actor: string | undefined): void => {
    if (before.roster.shifts.length === 0) return;
    const told = notices.filter(({ template }) => template === 'roster.changed').map(({ to }) => to);
    const [had, has] = [dutiesFrom(before.roster, at), dutiesFrom(after.roster, at)];
    for (const personId of new Set([...had.keys(), ...has.keys(), ...told])) {
      const times = told.filter((to) => to === personId).length;
      const isConcerned = (had.get(personId) ?? nothing) !== (has.get(personId) ?? nothing);
      const isOwed = isConcerned && personId !== actor && roles().isActive(personId);
      if (times !== (isOwed ? 1 : 0))
        blame(promise, `${personId} is told ${times} times at ${at}; it was ${had.get(personId)} and is ${has.get(personId)}`);
    }
  };

  /** At each instant of a post that either roster knows of. */
  const instantsOf = (before: Roster, after: Roster, postId: string): readonly number[] =>
    [...new Set([...boundariesOf(before, postId), ...boundariesOf(after, postId)])].toSorted((one, other) => one - other);

  const checkSame = ({ before, after }: RosterChange, isFree: (postId: string, at: number) => boolean, why: string): void => {
    for (const { id } of after.roster.posts)
      for (const instant of instantsOf(before.roster, after.roster, id)) {
        if (isFree(id, instant)) continue;
        const [had, has] = [holdersIn(before.roster, id, instant), holdersIn(after.roster, id, instant)];
        if (textOf(had) !== textOf(has)) blame(promise, `${why} changes ${id} at ${instant} from ${textOf(had)} to ${textOf(has)}`);
      }
  };

  /** What is taken back has not begun: whoever stands a post goes on standing it. What a list said of days that are over is as it was. */
  const checkNow = ({ before, after }: RosterChange, at: number): void => {
    for (const { id } of after.roster.posts) {
      const [had, has] = [holdersIn(before.roster, id, at), holdersIn(after.roster, id, at)];
      if (textOf(had) !== textOf(has)) blame(promise, `what is taken back leaves ${id} to ${textOf(has)} at ${at}, and had ${textOf(had)}`);
    }
  };

  /** A sentence puts one in the place of another, there and then and nowhere else. */
  const checkWord = (change: RosterChange, added: readonly Override[], row: LedgerRow): void => {
    const { before, after, pressed } = change;
    const by = row.actor ?? '';
    for (const one of added) {
      const mayDo = isOffice(by, row.at) || (settings.rosterChanges === 'unit' && roles().speaksFor(by, one.subject, row.at));
      if (!mayDo) blame('7 nobody acts beyond their role', `${by} put ${one.in} on ${one.subject}`);
      if (one.from < row.at - skewMs) blame(promise, `${one.id} counts from ${one.from}, and was said at ${row.at}`);
      const parts = typeof pressed?.['parts'] === 'string' ? pressed['parts'].split(';') : undefined;
      const isShown = parts === undefined || (pressed!['in'] === one.in && (pressed!['out'] || undefined) === one.out);
      if (!isShown || (parts && !parts.some((part) => part.startsWith(`${one.subject} `))))
        blame(promise, `${one.id} is another than was confirmed: ${textOf(pressed)}`);
      for (const instant of [one.from, ...instantsOf(before.roster, after.roster, one.subject)]) {
        if (instant < one.from || instant >= one.to) continue;
        const [had, has] = [before, after].map(({ roster }) => holdersIn(roster, one.subject, instant).map(({ personId }) => personId));
        if (!has!.includes(one.in!) || (one.out !== undefined && has!.includes(one.out)))
          blame(promise, `${one.subject} is stood by ${has!.join()} at ${instant} after ${one.id}, before by ${had!.join()}`);
        const [some, left] = [before, after].map(({ roster }) => officersIn(roster, one.subject, instant).length);
        if (left! < some!) blame(promise, `${one.subject} has ${left} officers at ${instant} by ${one.id}, and had ${some}`);
      }
    }
    checkSame(change, (postId, at) => added.some((one) => one.subject === postId && one.from <= at && at < one.to), 'a sentence');
  };

  /** A list says who is planned for its unit, from its first shift to its last, and nothing of anybody else. */
  const checkList = ({ before, after }: RosterChange, { days }: RosterList): void => {
    const { organisation, roster } = after;
    const plan = { ...roster, overrides: [] };
    const planBefore = { ...before.roster, overrides: [] };
    const unitId = days[0]!.unitId;
    const starts = days.map(({ date }) => instantOf(settings.timeZone, date, settings.shiftHours.fromMinute));
    const until = starts.at(-1)! + 24 * hour;
    const isListed = (postId: string): boolean =>
      days.every(({ holders }, index) => {
        const wanted = holders.map(({ role, name }) => ({ role, personId: organisation.people.find((one) => one.name === name)?.id }));
        return textOf(holdersIn(plan, postId, starts[index]!)) === textOf(wanted);
      });
    const own = plan.posts.filter((post) => post.unitId === unitId && isListed(post.id));
    if (own.length === 0) blame(promise, `${textOf(days)} is not what is planned`);
    const isTheirs = (postId: string, at: number): boolean => own.some(({ id }) => id === postId) && starts[0]! <= at && at < until;
    for (const { id } of plan.posts)
      for (const instant of instantsOf(planBefore, plan, id)) {
        const [had, has] = [holdersIn(planBefore, id, instant), holdersIn(plan, id, instant)];
        if (!isTheirs(id, instant) && textOf(had) !== textOf(has)) blame(promise, `a list of ${unitId} changes ${id} at ${instant}`);
      }
    if (textOf(before.roster.overrides ?? []) !== textOf(roster.overrides ?? [])) blame(promise, 'a list changes what was agreed');
  };

  /** Where a post will stand empty that would not have, the office is asked about it. */
  const noteGaps = ({ before, after }: Pick<RosterChange, 'before' | 'after'>, at: number): void => {
    const [from, to] = [Math.max(at, settings.fromAt), Math.min(at + aheadMs, settings.toAt)];
    const isEmpty = (roster: Roster, postId: string, instant: number): boolean => officersIn(roster, postId, instant).length === 0;
    const { posts } = after.roster;
    for (const id of silent.keys()) if (!posts.some((post) => post.id === id)) silent.delete(id);
    for (const { id } of posts) {
      const instants = [from, ...instantsOf(before.roster, after.roster, id)].filter((one) => from <= one && one < to);
      const gap = instants.find((one) => isEmpty(after.roster, id, one) && !isEmpty(before.roster, id, one));
      const last = instants.findLastIndex((one) => isEmpty(after.roster, id, one));
      const since = silent.get(id)?.since ?? (gap !== undefined && !asked.has(id) ? at : undefined);
      if (last === -1 || since === undefined) silent.delete(id);
      else silent.set(id, { since, until: instants[last + 1] ?? to });
    }
  };

  return {
    /** Rows about the questions of the audit. */
    told: (row: LedgerRow): void => {
      const subject = row.data['subject'] as string | undefined;
      if (subject === undefined || row.obligationId === undefined) return;
      if (row.event === 'ObligationOpened' && row.data['kind'] === 'rosterGap') {
        asked.set(subject, row.obligationId);
        silent.delete(subject);
      }
      const isEnd = ['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn'].includes(row.event);
      if (isEnd && asked.get(subject) === row.obligationId) asked.delete(subject);
    },
    /** Changed by whomever. */
    moved: noteGaps,
    changed: (change: RosterChange): void => {
      const { rows, pressed, command } = change;
      const row = rows.find(({ event }) => event === 'RosterChanged' || event === 'RosterOverridden' || event === 'RosterRestored');
      if (!row) return;
      const at = row.at;
      noteGaps(change, at);
      const added = ((row.data['added'] ?? []) as unknown as readonly Override[]).filter(({ id }) => id.startsWith('vu'));
      const removed = ((row.data['removed'] ?? []) as readonly string[]).filter((id) => id.startsWith('vu'));
      if (row.event === 'RosterOverridden' && added.length + removed.length === 0) return;
      checkTold(change, at, row.actor);
      if (added.length > 0) checkWord(change, added, row);
      if (row.event === 'RosterChanged' && row.actor !== undefined && !isOffice(row.actor, at))
        blame('7 nobody acts beyond their role', `${row.actor} put a list in the place of the roster`);
      const list = typeof command === 'object' ? command : pressed?.['action'] === 'applyWorkbook' && listOf(String(pressed['sha256']));
      if (list) checkList(change, list);
      // what is drafted has not begun
      if (command === 'draft' || pressed?.['action'] === 'publishDraft') checkSame(change, (_, instant) => instant > at, 'a draft');
      if (removed.length > 0) checkSame(change, (_, instant) => instant > at, 'what is taken back');
      if (row.event === 'RosterRestored') checkNow(change, at);
    },
    look: (at: number, wellSince: number, graceMs: number): void => {
      for (const [postId, { since, until }] of silent) {
        const askedBy = Math.max(since, wellSince) + graceMs;
        // nobody asks about what is over
        if (at > askedBy && askedBy < until) blame('13 no post becomes empty silently', `${postId} since ${since}`);
      }
    },
  };
};
