import type { CampaignSettings } from '../domain/campaign.ts';
import type { BatchList, ItemListKind } from '../domain/items/batch-list.ts';
import { correctKnown, idsOf } from '../domain/items/correct-known.ts';
import type { ItemDraft, ItemPlan } from '../domain/items/item-draft.ts';
import type { Item, ItemId } from '../domain/items/item.ts';
import { usualChainDays } from '../domain/items/limit.ts';
import type { ChainDays } from '../domain/items/limit.ts';
import { planBatch } from '../domain/items/plan-batch.ts';
import type { ListContext } from '../domain/items/plan-line.ts';
import { planRequests } from '../domain/items/plan-requests.ts';
import { fault, hasFaults } from '../domain/organisation/finding.ts';
import type { Finding } from '../domain/organisation/finding.ts';
import type { Organisation } from '../domain/organisation/organisation.ts';
import { buildUnitNames } from '../domain/organisation/unit-names.ts';
import { itemListVocabulary } from '../messages/item-list-vocabulary.ts';
import { unitVocabulary } from '../messages/workbook-vocabulary.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { ItemListReader, WorkbookSource } from '../ports/workbook.ts';
import { mapFaults } from './import-contacts.ts';
import type { ImportOptions } from './import-contacts.ts';
import { toOutcome } from './import-outcome.ts';
import type { ImportOutcome } from './import-outcome.ts';
import { rosterRulesOf } from './import-roster.ts';
import type { RosterSettings } from './import-roster.ts';

/**
 * Puts drafts in force, corrections too: all of them or none. What it finds out only then, because somebody else was
 * faster, comes back as findings; with a fault among them nothing was changed.
 */
export type HandOver = (drafts: readonly ItemDraft[], by: { readonly actor?: string }) => Promise<readonly Finding[]>;

export type ItemImportSettings = RosterSettings &
  Pick<CampaignSettings, 'kinds'> & {
    /** Days of each level of the chain; the usual ones where a campaign names none. */
    readonly chainDays?: ChainDays;
  };

export type ItemImportDeps = {
  readonly store: Pick<Store, 'loadCampaign'>;
  readonly clock: Clock;
  readonly workbooks: ItemListReader;
  readonly settings: ItemImportSettings;
  /** Those of the ids that are known. */
  readonly loadItems: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, Item>>;
  readonly handOver: HandOver;
};

export type ItemImportOptions = ImportOptions & {
  /** Epoch ms. */
  readonly handedOverAt?: number;
  /** What the items of a batch are; by its words, unless it is said. */
  readonly kind?: string;
};

/** What has been read and decided, and not yet put in force. */
type Decided = { readonly drafts: readonly ItemDraft[]; readonly findings: readonly Finding[]; readonly counts: ImportOutcome['counts'] };

/** Reads a 转办清单 and hands its cases over. With any fault nothing is handed over, and every fault is named. */
export const importBatch = (deps: ItemImportDeps, source: WorkbookSource, options: ItemImportOptions = {}): Promise<ImportOutcome> =>
  importList(deps, source, options, 'batch');

/** Reads a 调阅资料清单: one request for each line and unit. Faults as with a batch. */
export const importRequests = (deps: ItemImportDeps, source: WorkbookSource, options: ItemImportOptions = {}): Promise<ImportOutcome> =>
  importList(deps, source, options, 'requests');

const importList = async (
  deps: ItemImportDeps,
  source: WorkbookSource,
  options: ItemImportOptions,
  kind: ItemListKind,
): Promise<ImportOutcome> => {
  const { locale = 'zh-CN', isDryRun = false, actor } = options;
  const { organisation } = await deps.store.loadCampaign();
  if (organisation.units.length === 0) return toOutcome([fault('ZG_CONTACTS_FIRST')], {}, locale, isDryRun);
  const { list, findings: read } = await deps.workbooks.readItemList(source, kind);
  if (!list) return toOutcome(read, {}, locale, isDryRun);
  const decided = await decide(deps, organisation, list, read, options, kind);
  if (isDryRun || hasFaults(decided.findings)) return toOutcome(decided.findings, decided.counts, locale, isDryRun);
  const told = decided.drafts.length > 0 ? await deps.handOver(decided.drafts, actor === undefined ? {} : { actor }) : [];
  return toOutcome([...decided.findings, ...told], decided.counts, locale, isDryRun);
};

const decide = async (
  deps: ItemImportDeps,
  organisation: Organisation,
  list: BatchList,
  read: readonly Finding[],
  options: ItemImportOptions,
  kind: ItemListKind,
): Promise<Decided> => {
  const context = contextOf(deps, organisation, options);
  const plan =
    kind === 'batch'
      ? planBatch(list, { ...context, ...(options.kind !== undefined && { kind: options.kind }) })
      : planRequests(list, context);
  const known = await deps.loadItems(idsOf(plan.drafts));
  const { drafts, updated, unchanged, findings: told } = correctKnown(plan.drafts, known);
  const findings = [...read, ...plan.findings, ...told, ...mapFaults(organisation, options.map ?? {})];
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const added = drafts.length - updated;
  return { drafts, findings, counts: { ...countsOf(plan, kind), added, updated, unchanged, errors } };
};

const contextOf = ({ settings, clock }: ItemImportDeps, organisation: Organisation, options: ItemImportOptions): ListContext => {
  const { zone, table } = rosterRulesOf(settings);
  return {
    timeZone: zone,
    calendar: table,
    now: clock.now(),
    kinds: settings.kinds,
    chainDays: settings.chainDays ?? usualChainDays,
    words: itemListVocabulary,
    units: {
      names: buildUnitNames(organisation.units, organisation.groups, unitVocabulary),
      map: options.map ?? {},
      words: itemListVocabulary,
    },
    ...(options.year === undefined ? {} : { year: options.year }),
    ...(options.handedOverAt === undefined ? {} : { handedOverAt: options.handedOverAt }),
  };
};

const countsOf = ({ drafts, lines, items }: ItemPlan, kind: ItemListKind): ImportOutcome['counts'] => {
  const specialAttention = drafts.filter(({ isSpecial }) => isSpecial).length;
  if (kind === 'requests') return { lines, requests: items };
  const sharedByTwoUnits = drafts.filter(({ parts }) => parts.length > 1).length;
  return { lines, items, specialAttention, sharedByTwoUnits };
};
