import type { CampaignSettings } from '../../domain/campaign.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import type { RehearsalReport } from '../rehearsal/report.ts';
import { localDay } from '../../domain/local-time.ts';
import type { World } from '../world.ts';
import type { PolicyFault } from './policy-words.ts';

/** Posts times days that may be rehearsed in the page; for more there is the command line. */
const mostPostDays = 350;

export type RehearsalAsk = {
  /** From now on, whole days. */
  readonly days: number;
  readonly seed: number;
  /** Share of the people who never answer, 0 to 1. */
  readonly silent: number;
};

export type Rehearsed =
  | { readonly ok: true; readonly report: RehearsalReport }
  | { readonly ok: false; readonly refused: 'busy' | 'tooLarge' | 'ended' | 'over' }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

export type RehearsalDeps = {
  readonly world: World;
  /** Takes the one turn there is, and answers how to give it back. */
  readonly takeTurn: () => Promise<(() => Promise<void>) | undefined>;
  readonly rehearse: (
    asked: RehearsalAsk & {
      readonly settings: CampaignSettings;
      readonly campaign: { readonly organisation: Organisation; readonly roster: Roster };
      readonly fromAt: number;
      readonly toAt: number;
      readonly hasSms: boolean;
      readonly hasVoice: boolean;
    },
    signal: AbortSignal,
  ) => Promise<RehearsalReport | undefined>;
};

const dayMs = 86_400_000;

/** Plays the days to come by some ladders, with the roster as it is; nobody is written to. One at a time in the whole service. */
export const createRehearsalDoor =
  ({ world, takeTurn, rehearse }: RehearsalDeps) =>
  async (policies: CampaignSettings['policies'], asked: RehearsalAsk, signal: AbortSignal): Promise<Rehearsed> => {
    const { byRoster } = world;
    const settings = { ...world.settings, policies };
    const fromAt = Math.max(settings.fromAt, localDay(settings.timeZone, world.clock.now()).endAt);
    const toAt = Math.min(settings.toAt, fromAt + asked.days * dayMs);
    if (toAt <= fromAt) return { ok: false, refused: 'over' };
    if (asked.days * byRoster.roster.posts.length > mostPostDays) return { ok: false, refused: 'tooLarge' };
    const giveBack = await takeTurn();
    if (!giveBack) return { ok: false, refused: 'busy' };
    try {
      const { organisation, planned: roster } = byRoster;
      const { hasVoice, hasSms = true } = world;
      const report = await rehearse({ ...asked, settings, campaign: { organisation, roster }, fromAt, toAt, hasSms, hasVoice }, signal);
      return report ? { ok: true, report } : { ok: false, refused: 'ended' };
    } finally {
      await giveBack();
    }
  };

export type RehearsalDoor = ReturnType<typeof createRehearsalDoor>;
