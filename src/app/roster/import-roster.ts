import type { CampaignSettings } from '../../domain/campaign.ts';
import { resolveUnit } from '../../domain/organisation/apply-contacts.ts';
import { fault, warning } from '../../domain/organisation/finding.ts';
import type { Finding } from '../../domain/organisation/finding.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import { buildUnitNames } from '../../domain/organisation/unit-names.ts';
import { applyRoster } from '../../domain/roster/apply-roster.ts';
import type { RosterCounts } from '../../domain/roster/apply-roster.ts';
import { officialDays } from '../../domain/roster/official-days.ts';
import type { RosterList } from '../../domain/roster/roster-list.ts';
import type { RosterRules } from '../../domain/roster/roster-rules.ts';
import { everyDay } from '../../domain/roster/shift-hours.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import type { Campaign } from '../../ports/store.ts';
import type { RosterHints, WorkbookSource } from '../../ports/workbook.ts';
import { rosterEvents } from '../contact/campaign-events.ts';
import { commitImport } from './commit-import.ts';
import { mapFaults, withActor } from './import-contacts.ts';
import type { ImportDeps, ImportOptions } from './import-contacts.ts';
import { toOutcome } from './import-outcome.ts';
import { tellChanges } from './tell-changes.ts';
import type { ImportOutcome } from './import-outcome.ts';

/** What of a campaign's settings a roster stands on; without its beginning and end, shifts of any time are taken. */
export type RosterSettings = Pick<CampaignSettings, 'timeZone' | 'shiftHours' | 'minimumHeadcount' | 'holidays' | 'makeUpWorkdays'> &
  Partial<Pick<CampaignSettings, 'fromAt' | 'toAt'>>;

export type RosterImportDeps = ImportDeps & { readonly settings: RosterSettings };

/** A campaign that names days of its own knows all of them; else the official table counts. */
export const rosterRulesOf = (settings: RosterSettings): RosterRules => ({
  zone: settings.timeZone,
  defaultHours: [everyDay(settings.shiftHours.fromMinute, settings.shiftHours.toMinute)],
  minimumHeadcount: settings.minimumHeadcount,
  table: settings.holidays.length + settings.makeUpWorkdays.length > 0 ? settings : officialDays,
  ...(settings.fromAt === undefined || settings.toAt === undefined ? {} : { campaign: { fromAt: settings.fromAt, toAt: settings.toAt } }),
});

/** What the reader must know of the organisation to tell units and names apart. */
export const rosterHints = (organisation: Organisation, options: ImportOptions): RosterHints => {
  const names = buildUnitNames(organisation.units, organisation.groups, unitVocabulary);
  const people = new Set(organisation.people.map(({ name }) => name));
  return {
    names,
    findUnit: (text) => resolveUnit(names, text, options.map ?? {}),
    isKnownName: (name) => people.has(name),
    ...(options.year === undefined ? {} : { year: options.year }),
  };
};

/**
 * Reads a roster and puts its shifts in place of those that its posts had inside the span it covers; everybody for
 * whom it changes something that is not over is told so, except by the first roster of a campaign. With any fault
 * nothing is applied, and every fault is named. Rejects with the store's own error while the store is away.
 */
export const importRoster = async (deps: RosterImportDeps, source: WorkbookSource, options: ImportOptions = {}): Promise<ImportOutcome> => {
  const { locale = 'zh-CN', isDryRun = false } = options;
  const { organisation } = await deps.store.loadCampaign();
  if (organisation.people.length === 0) return toOutcome([fault('ZG_CONTACTS_FIRST')], {}, locale, isDryRun);
  const { list, findings: read } = await deps.workbooks.readRoster(source, rosterHints(organisation, options));
  if (!list) return toOutcome(read, {}, locale, isDryRun);
  return commitImport(deps, { isDryRun, locale }, (campaign: Campaign) =>
    planRoster(
      campaign,
      { list, findings: [...read, ...mapFaults(organisation, options.map ?? {})] },
      deps.settings,
      deps.clock.now(),
      options.actor,
    ),
  );
};

/** What a roster that was read makes of the campaign: pure, and nothing is kept yet. */
export const planRoster = (
  campaign: Campaign,
  { list, findings: read }: { readonly list: RosterList; readonly findings: readonly Finding[] },
  settings: RosterSettings,
  now: number,
  actor?: string,
) => {
  const rules = rosterRulesOf(settings);
  const applied = applyRoster(campaign.organisation, campaign.roster, list, rules);
  const findings = [...read, ...applied.findings, ...assumedHours(list)];
  const events = rosterEvents(applied.changes, applied.roster.version, now).map((event) => withActor(event, actor));
  const counts = countsOf(applied.counts, rules.zone, findings);
  const notices = tellChanges(campaign.roster, applied.roster, campaign.organisation, rules.zone, now);
  return { applied, findings, counts, campaign: { organisation: campaign.organisation, roster: applied.roster }, events, notices };
};

/** Said once for each sheet: the campaign's hours may not be the ones that were meant. */
const assumedHours = (list: RosterList): readonly Finding[] => {
  const sheets = new Set(list.days.filter(({ hours }) => hours === undefined).map(({ place }) => place.sheet));
  return [...sheets].map((sheet) => warning('ZG_HOURS_ASSUMED', { place: { sheet, row: 0, cell: '' } }));
};

const localTime = (at: number | null, zone: string): string | null => {
  if (at === null) return null;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return zoned.toString({ smallestUnit: 'minute', timeZoneName: 'never' });
};

const countsOf = (counts: RosterCounts, zone: string, findings: readonly Finding[]): ImportOutcome['counts'] => ({
  ...counts,
  from: localTime(counts.from, zone),
  to: localTime(counts.to, zone),
  errors: findings.filter(({ severity }) => severity === 'error').length,
});
