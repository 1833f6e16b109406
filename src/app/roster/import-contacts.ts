import { applyContacts } from '../../domain/organisation/apply-contacts.ts';
import { fault } from '../../domain/organisation/finding.ts';
import type { ContactList } from '../../domain/organisation/contact-list.ts';
import type { Finding } from '../../domain/organisation/finding.ts';
import { buildUnitNames, findUnit } from '../../domain/organisation/unit-names.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Locale } from '../../messages/import-errors.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Campaign, Store } from '../../ports/store.ts';
import type { WorkbookReader, WorkbookSource } from '../../ports/workbook.ts';
import { organisationEvents } from '../contact/campaign-events.ts';
import { commitImport } from './commit-import.ts';
import { toOutcome } from './import-outcome.ts';
import type { ImportOutcome } from './import-outcome.ts';

export type ImportDeps = {
  readonly store: Pick<Store, 'loadCampaign' | 'commitCampaign'>;
  readonly clock: Clock;
  readonly workbooks: WorkbookReader;
};

export type ImportOptions = {
  readonly isDryRun?: boolean;
  readonly year?: number;
  /** Answers to names that the workbook leaves open: its text to a unit's name. */
  readonly map?: Readonly<Record<string, string>>;
  /** Chinese unless asked otherwise. */
  readonly locale?: Locale;
  /** Who imports, for the ledger. */
  readonly actor?: string;
  /** A mobile number that the mode of service refuses. */
  readonly refusesMobile?: (mobile: string) => boolean;
};

export type ContactImportOptions = ImportOptions & {
  /** From when what changes is in force, epoch ms; now, unless it is said. */
  readonly from?: number;
};

/**
 * Reads a contact list and makes the organisation as it says. With any fault nothing is applied, and every fault is
 * named. Rejects with the store's own error while the store is away.
 */
export const importContacts = async (
  deps: ImportDeps,
  source: WorkbookSource,
  options: ContactImportOptions = {},
): Promise<ImportOutcome> => {
  const { locale = 'zh-CN', map = {}, isDryRun = false } = options;
  const { list, findings: read } = await deps.workbooks.readContacts(source);
  if (!list) return toOutcome(read, {}, locale, isDryRun);
  return commitImport(deps, { isDryRun, locale }, (campaign: Campaign) =>
    planContacts(campaign, { list, findings: read }, { ...options, map }, deps.clock.now()),
  );
};

/** What a contact list that was read makes of the campaign: pure, and nothing is kept yet. */
export const planContacts = (
  campaign: Campaign,
  { list, findings: read }: { readonly list: ContactList; readonly findings: readonly Finding[] },
  { map = {}, actor, from, refusesMobile }: Pick<ContactImportOptions, 'map' | 'actor' | 'from' | 'refusesMobile'>,
  now: number,
) => {
  const refused = list.appointments.flatMap(({ person }) =>
    person.mobile !== undefined && refusesMobile?.(person.mobile)
      ? [fault('ZG_PHONE_INVALID', { place: person.place, person: person.name, params: { text: person.mobile } })]
      : [],
  );
  const applied = applyContacts(campaign.organisation, list, { at: from ?? now, vocabulary: unitVocabulary, map });
  const findings = [...read, ...refused, ...applied.findings, ...mapFaults(applied.organisation, map)];
  const counts = { ...applied.counts, errors: findings.filter(({ severity }) => severity === 'error').length };
  const events = organisationEvents(applied.changes, applied.organisation.version, now).map((event) => withActor(event, actor));
  return { findings, counts, campaign: { organisation: applied.organisation, roster: campaign.roster }, events };
};

export const withActor = <Event extends object>(event: Event, actor: string | undefined): Event =>
  actor === undefined ? event : { ...event, actor };

/** An answer that names no unit would be silently useless. */
export const mapFaults = (organisation: Organisation, map: Readonly<Record<string, string>>): readonly Finding[] => {
  const names = buildUnitNames(organisation.units, [], unitVocabulary);
  return Object.values(map).flatMap((unit) => (findUnit(names, unit).status === 'found' ? [] : [fault('ZG_MAP_UNKNOWN', { unit })]));
};
