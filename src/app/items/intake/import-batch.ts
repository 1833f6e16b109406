import type { CampaignSettings } from '../../../domain/campaign.ts';
import type { BatchList, ItemListKind } from '../../../domain/items/batch-list.ts';
import type { ItemCorrection, ItemDraft } from '../../../domain/items/item-command.ts';
import type { Item, ItemId } from '../../../domain/items/item.ts';
import { planBatch } from '../../../domain/items/plan-batch.ts';
import type { ListContext } from '../../../domain/items/plan-line.ts';
import { planRequests } from '../../../domain/items/plan-requests.ts';
import type { ItemPlan } from '../../../domain/items/planned-item.ts';
import { idsOf, sortKnown } from '../../../domain/items/sort-known.ts';
import type { Sorted } from '../../../domain/items/sort-known.ts';
import { fault, hasFaults } from '../../../domain/organisation/finding.ts';
import type { Finding } from '../../../domain/organisation/finding.ts';
import type { Organisation } from '../../../domain/organisation/organisation.ts';
import { buildUnitNames } from '../../../domain/organisation/unit-names.ts';
import { officialDaysAnd } from '../../../domain/roster/official-days.ts';
import { listTexts } from '../../../messages/list-texts.ts';
import { itemListVocabulary } from '../../../messages/item-list-vocabulary.ts';
import { unitVocabulary } from '../../../messages/workbook-vocabulary.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Store } from '../../../ports/store.ts';
import type { ItemListReader, WorkbookSource } from '../../../ports/workbook.ts';
import { mapFaults } from '../../roster/import-contacts.ts';
import type { ImportOptions } from '../../roster/import-contacts.ts';
import { toOutcome } from '../../roster/import-outcome.ts';
import type { ImportOutcome } from '../../roster/import-outcome.ts';

/** What is new, and what of the known is put right: `handOver` of this folder, with a world bound to it, takes it as it is. */
export type Handed = {
  readonly drafts: readonly ItemDraft[];
  readonly corrections: readonly { readonly itemId: ItemId; readonly correction: ItemCorrection }[];
  readonly withdrawals?: readonly { readonly itemId: ItemId; readonly reason: string }[];
};

export type ItemImportSettings = Pick<CampaignSettings, 'timeZone' | 'holidays' | 'makeUpWorkdays' | 'kinds' | 'chainDays'>;

export type ItemImportDeps = {
  readonly store: Pick<Store, 'loadCampaign'>;
  readonly clock: Clock;
  readonly workbooks: ItemListReader;
  readonly settings: ItemImportSettings;
  /** Those of the ids that are known. */
  readonly loadItems: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, Item>>;
  readonly handOver: (handed: Handed) => Promise<unknown>;
};

export type ItemImportOptions = ImportOptions & {
  /** Epoch ms. */
  readonly handedOverAt?: number;
  /** What the items of a batch are; by its words, unless it is said. */
  readonly kind?: string;
};

/** What has been read and decided, and not yet put in force. */
type Decided = { readonly sorted: Sorted; readonly findings: readonly Finding[]; readonly counts: ImportOutcome['counts'] };

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
  const { locale = 'zh-CN', isDryRun = false } = options;
  const { organisation } = await deps.store.loadCampaign();
  if (organisation.units.length === 0) return toOutcome([fault('ZG_CONTACTS_FIRST')], {}, locale, isDryRun);
  const { list, findings: read } = await deps.workbooks.readItemList(source, kind);
  if (!list) return toOutcome(read, {}, locale, isDryRun);
  const { sorted, findings, counts } = await decide(deps, organisation, list, read, options, kind);
  const { drafts, corrections } = sorted;
  const withdrawals = sorted.withdrawals.map((itemId) => ({ itemId, reason: listTexts.leftOut }));
  const isNews = drafts.length + corrections.length + withdrawals.length > 0;
  if (isNews && !isDryRun && !hasFaults(findings)) await deps.handOver({ drafts, corrections, withdrawals });
  return toOutcome(findings, counts, locale, isDryRun);
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
  const unitIds = organisation.units.map(({ id }) => id);
  const sorted = sortKnown(plan.planned, await deps.loadItems(idsOf(plan.planned, unitIds)));
  const findings = [...read, ...plan.findings, ...sorted.findings, ...mapFaults(organisation, options.map ?? {})];
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const { drafts, corrections, withdrawals, unchanged } = sorted;
  const withdrawn = withdrawals.length === 0 ? {} : { withdrawn: withdrawals.length };
  const counts = { ...countsOf(plan, kind), added: drafts.length, updated: corrections.length, ...withdrawn, unchanged, errors };
  return { sorted, findings, counts };
};

const contextOf = ({ settings, clock }: ItemImportDeps, organisation: Organisation, options: ItemImportOptions): ListContext => {
  const office = organisation.groups.find(({ isOffice }) => isOffice);
  return {
    timeZone: settings.timeZone,
    calendar: officialDaysAnd(settings),
    now: clock.now(),
    kinds: settings.kinds,
    chainDays: settings.chainDays,
    words: itemListVocabulary,
    units: {
      names: buildUnitNames(organisation.units, organisation.groups, unitVocabulary),
      map: options.map ?? {},
      words: itemListVocabulary,
      ...(office === undefined ? {} : { officeId: office.id }),
    },
    ...(options.year === undefined ? {} : { year: options.year }),
    ...(options.handedOverAt === undefined ? {} : { handedOverAt: options.handedOverAt }),
  };
};

const countsOf = ({ planned, lines, items }: ItemPlan, kind: ItemListKind): ImportOutcome['counts'] => {
  const specialAttention = planned.filter(({ isSpecial }) => isSpecial).length;
  if (kind === 'requests') return { lines, requests: items };
  const sharedByTwoUnits = planned.filter(({ unitIds }) => unitIds.length > 1).length;
  return { lines, items, specialAttention, sharedByTwoUnits };
};
