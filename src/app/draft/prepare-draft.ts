import type { CampaignSettings } from '../../domain/campaign.ts';
import type { Away, Draft, DraftRules } from '../../domain/draft/draft.ts';
import { addDays } from '../../domain/local-time.ts';
import { makeDraft } from '../../domain/draft/make-draft.ts';
import { planPublication, type Publication } from '../../domain/draft/publish.ts';
import { nothingSaid, wishesOfSaid, type DraftAsk } from '../../domain/draft/said-rules.ts';
import { draftRulesFor, type DraftWishes } from '../../domain/draft/rules-for.ts';
import { applyOverrides } from '../../domain/roster/apply-overrides.ts';
import type { Campaign } from '../../ports/store.ts';
import { rosterRulesOf, type RosterSettings } from '../roster/import-roster.ts';

/** Of a campaign; without limits those hold that are usual. */
export type DraftSettings = RosterSettings & Partial<Pick<CampaignSettings, 'limits'>>;

/** A draft keeps to at least what a swap must keep to: nobody is planned for what could not be agreed. */
const limitsOf = ({ limits }: DraftSettings): DraftWishes =>
  limits === undefined ? {} : { leastRestMs: limits.restMs, mostInRow: limits.consecutiveShifts };

export type PreparedDraft = {
  readonly ask: DraftAsk;
  readonly draft: Draft;
  readonly publication: Publication;
  /** Granted, of those who might have stood it. */
  readonly leaves: readonly Away[];
  /** Of organisation and roster that it was made from: what is published was made from the same. */
  readonly version: number;
  /** Of the shifts: what is published is what was shown. */
  readonly digest: string;
};

const digestLetters = 16;

/** Whoever is on leave lies on top of the plan as being away themselves, whatever they would have stood. */
const leavesIn = ({ roster }: Campaign, { posts }: DraftRules, zone: string, { fromDate, toDate }: DraftAsk): readonly Away[] => {
  const at = (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
  const able = new Set(posts.flatMap(({ pool, leaders }) => [...pool, ...leaders]));
  return (roster.overrides ?? []).flatMap(({ subject, out, from, to }) =>
    out === subject && able.has(out) && from < at(addDays(toDate, 1)) && at(fromDate) < to ? [{ personId: out, from, to }] : [],
  );
};

/**
 * A draft from the campaign as it is. The same campaign, wishes and ask give the same draft, so a draft is kept nowhere:
 * whoever publishes it makes it again, and the digest says that it is the one that was shown.
 */
export const prepareDraft = (
  campaign: Campaign,
  settings: DraftSettings,
  sha256: (text: string) => string,
  ask: DraftAsk,
  wishes: DraftWishes = {},
): PreparedDraft => {
  const { zone, table, defaultHours } = rosterRulesOf(settings);
  const postIds = campaign.roster.posts
    .filter(({ unitId }) => ask.unitIds.length === 0 || ask.unitIds.includes(unitId))
    .map(({ id }) => id);
  const rules = draftRulesFor(
    campaign.organisation,
    campaign.roster,
    { zone, table, defaultHours },
    { ...ask, postIds },
    { ...limitsOf(settings), ...wishesOfSaid(ask.said ?? nothingSaid, zone), ...wishes },
  );
  const draft = makeDraft(rules, ask.fromDate, ask.toDate, applyOverrides(campaign.roster).shifts);
  return {
    ask,
    draft,
    publication: planPublication(campaign.roster, draft),
    leaves: leavesIn(campaign, rules, zone, ask),
    version: campaign.version,
    digest: sha256(JSON.stringify(draft.shifts)).slice(0, digestLetters),
  };
};
