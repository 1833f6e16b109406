import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { ContactPolicy } from '../../src/domain/contact/contact-policy.ts';
import { segmentAt } from '../../src/domain/contact/schedule.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { Blame } from './violation.ts';

/** Promise 1, told from the ledger alone: nobody is silent for longer than their limit, unless an open question explains it. */

/** What somebody may read as: it is known that you are there. */
export const presenceEvents: ReadonlySet<string> = new Set(['AnswerRecorded', 'ContactProven']);

/** Within this time of being well the service must have done all that it owed. */
export const graceMs = 90_000;
const standingTakenOverMs = 36 * 3_600_000;

export type SilenceParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  /** The obligation that holds the clock of a subject, null while it is free; undefined for one who is not watched. */
  readonly heldBy: (subject: string) => string | null | undefined;
  /** Since when the inspectors are where a post is; undefined where they are not. */
  readonly onSiteSince: (subject: string, at: number) => number | undefined;
};

export const createSilenceOracle = ({ settings, blame, heldBy, onSiteSince }: SilenceParts) => {
  const contactAt = new Map<string, number>();
  /** Since when no obligation has held the clock of a subject. */
  const freeSince = new Map<string, number>();
  let changedAt = Number.NEGATIVE_INFINITY;

  const shortest = (policy: ContactPolicy): number => Math.min(...policy.bands.map(({ silenceLimitMs }) => silenceLimitMs));

  /** Where the limit has just become shorter, it counts from then. */
  const check = (subject: string, lastAt: number, at: number): void => {
    const isPost = subject.startsWith('p');
    const onSiteAt = isPost ? onSiteSince(subject, at) : undefined;
    const policy = !isPost ? settings.standing : onSiteAt === undefined ? settings.posts : settings.onSite;
    if (at - lastAt <= shortest(policy)) return;
    const segment = segmentAt(policy, settings.timeZone, at - graceMs);
    if (!segment || heldBy(subject) !== null) return;
    // What was withdrawn a moment ago is asked about again at once.
    if (at - graceMs < (freeSince.get(subject) ?? at)) return;
    const silentMs = at - lastAt;
    const takenOver = isPost ? 0 : standingTakenOverMs;
    const since = Math.max(segment.fromAt, changedAt, onSiteAt ?? segment.fromAt);
    if (silentMs > segment.band.silenceLimitMs + graceMs + takenOver && at - graceMs >= since + graceMs)
      blame('1 no unexplained silence', `${subject} is silent for ${silentMs} ms at minute ${minuteOfDay(settings.timeZone, at)}`);
  };

  return {
    told: (row: LedgerRow, subject: string): void => {
      if (row.event === 'WatchStarted') contactAt.set(subject, row.at);
      if (row.event === 'WatchEnded') contactAt.delete(subject);
      if (presenceEvents.has(row.event) && contactAt.has(subject)) contactAt.set(subject, row.at);
    },
    /** Whether an obligation has its clock now. */
    isHeld: (subject: string, isIt: boolean, at: number): void => {
      if (isIt) freeSince.delete(subject);
      else if (!freeSince.has(subject)) freeSince.set(subject, at);
    },
    /** Other limits hold from now on. */
    rulesAre: (at: number): void => {
      changedAt = at;
    },
    isWatched: (subject: string): boolean => contactAt.has(subject),
    look: (at: number): void => {
      if (at < settings.fromAt + graceMs || at >= settings.toAt) return;
      for (const [subject, lastAt] of contactAt) check(subject, lastAt, at);
    },
  };
};
