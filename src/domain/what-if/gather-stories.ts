import { evolveReach, isUnreached, nobodyPaused, type Reach } from '../contact/reach.ts';
import type { Context } from '../escalation/fire.ts';
import { acceptancesOf, evolveHandover, isOver, type Handover } from '../handover/handover.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { buildDirectory, type Directory, type Held } from '../organisation/directory.ts';
import { evolveOrganisation, untoldOrganisation, type ToldOrganisation } from '../organisation/evolve-organisation.ts';
import { evolveRoster, untoldRoster, type ToldRoster } from '../roster/evolve-roster.ts';
import type { Story } from './story.ts';

export type Period = { readonly fromAt: number; readonly toAt: number };

/** What counted at an instant besides the ladders: who stood where, and who had stopped every channel. */
export type Surroundings = Pick<Context, 'directory' | 'isMassFailure' | 'isUnreached'>;

export type Gathered = {
  /** Open at some time of the period, in the order of their openings; each as far as the period's end. */
  readonly stories: readonly Story[];
  /** More than may be looked at in one go: choose a shorter period. */
  readonly isTooMany: boolean;
  readonly at: (at: number, roundId: string | undefined) => Surroundings;
};

/** As many questions as one look may be about. */
export const mostStories = 20_000;

/** Telling who stood where is cheap; keeping every version of it for ever is not. */
const pruneFrom = 500;

type Snapshot = { readonly at: number; readonly reach: Reach; readonly directory: () => Directory };

const isEnd = ({ event }: LedgerEvent): boolean =>
  event === 'AnswerRecorded' || event === 'ObligationTakenOver' || event === 'ObligationWithdrawn';
const isOpening = ({ event }: LedgerEvent): boolean => event === 'CheckOpened' || event === 'ObligationOpened';

/** What went out and what did not is the channels' matter. */
const isLeftOut = ({ event }: LedgerEvent): boolean => event === 'NoticeSent' || event === 'NoticeFailed';

/** Whoever stood the post stays from its boundary on, until somebody has accepted. */
const heldBy = (handover: Handover): Held => {
  const come = acceptancesOf(handover).map(({ by }) => by);
  return { from: handover.at, holders: handover.outgoing, ...(come.length === 0 ? {} : { come }) };
};

const memo = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Reads a ledger from its first row, for the questions of one period and for what the rules knew at each instant of it. */
export const gatherStories = ({ fromAt, toAt }: Period) => {
  let organisation: ToldOrganisation = untoldOrganisation;
  let roster: ToldRoster = untoldRoster;
  let byRoster = memo(() => buildDirectory(organisation.organisation, roster.roster));
  let reach: Reach = nobodyPaused;
  const waiting = new Map<string, Handover>();
  let snapshots: Snapshot[] = [];
  const failedAt = new Map<string, number>();
  const open = new Map<string, LedgerEvent[]>();
  const done: LedgerEvent[][] = [];
  let isTooMany = false;

  const keep = (at: number): void => {
    const plain = byRoster;
    const held = new Map([...waiting].map(([postId, handover]) => [postId, heldBy(handover)]));
    const last = snapshots.at(-1);
    // of several at one instant the last counts
    if (last?.at === at) snapshots.pop();
    snapshots.push({ at, reach, directory: held.size === 0 ? plain : memo(() => ({ ...plain(), held })) });
    if (snapshots.length % pruneFrom === 0) prune();
  };

  /** What lies before everything that is looked at is asked for by nobody. */
  const prune = (): void => {
    const oldest = Math.min(fromAt, ...[...open.values(), ...done].map(([opening]) => opening!.at));
    const from = snapshots.findLastIndex(({ at }) => at <= oldest);
    if (from > 0) snapshots = snapshots.slice(from);
  };

  const takeCampaign = (row: LedgerEvent): boolean => {
    const before = { organisation: organisation.organisation, roster: roster.roster };
    organisation = evolveOrganisation(organisation, row);
    roster = evolveRoster(roster, row);
    if (before.organisation === organisation.organisation && before.roster === roster.roster) return false;
    const [told, planned] = [organisation.organisation, roster.roster];
    byRoster = memo(() => buildDirectory(told, planned));
    return true;
  };

  const takeHandover = (row: LedgerEvent): boolean => {
    if (!row.itemId?.startsWith('h')) return false;
    const known = [...waiting.values()].find(({ id }) => id === row.itemId);
    const next = evolveHandover(known, row);
    if (!next || next === known) return false;
    if (isOver(next)) waiting.delete(next.postId);
    else waiting.set(next.postId, next);
    return true;
  };

  const takeReach = (row: LedgerEvent): boolean => {
    const next = evolveReach(reach, row);
    const isNew = next !== reach;
    reach = next;
    return isNew;
  };

  const takeObligation = (row: LedgerEvent): void => {
    const id = row.obligationId;
    if (id === undefined || row.at >= toAt || isLeftOut(row)) return;
    if (isOpening(row) && !open.has(id)) {
      if (open.size + done.length >= mostStories) isTooMany = true;
      else open.set(id, [row]);
      return;
    }
    const story = open.get(id);
    if (!story) return;
    story.push(row);
    if (!isEnd(row)) return;
    open.delete(id);
    if (row.at >= fromAt) done.push(story);
  };

  return {
    take: (row: LedgerEvent): void => {
      if (row.event === 'MassFailureFound') failedAt.set(row.data['roundId'] as string, row.at);
      const isNews = [takeCampaign(row), takeHandover(row), takeReach(row)].some(Boolean);
      if (isNews) keep(row.at);
      takeObligation(row);
    },
    gathered: (): Gathered => {
      const kept = [...snapshots];
      const nobody = memo(() => buildDirectory(untoldOrganisation.organisation, untoldRoster.roster));
      const stories = [...done, ...open.values()].map(([opening, ...rest]): Story => [opening!, ...rest]);
      return {
        stories: stories.toSorted(([one], [other]) => one.at - other.at),
        isTooMany,
        at: (at, roundId) => {
          const found = kept[lastUpTo(kept, at)];
          const failed = roundId === undefined ? undefined : failedAt.get(roundId);
          return {
            directory: (found?.directory ?? nobody)(),
            isMassFailure: failed !== undefined && failed <= at,
            isUnreached: (personId) => isUnreached(found?.reach ?? nobodyPaused, personId),
          };
        },
      };
    },
  };
};

/** The last of these that lies at an instant or before it; the first where none does. */
const lastUpTo = (sorted: readonly { readonly at: number }[], at: number): number => {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]!.at <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};
