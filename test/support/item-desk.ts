import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { importContacts } from '../../src/app/roster/import-contacts.ts';
import type { ItemImportDeps } from '../../src/app/items/intake/import-batch.ts';
import type { ItemCorrection, ItemDraft } from '../../src/domain/items/item-command.ts';
import { shippedKinds } from '../../src/domain/items/item-kind.ts';
import { usualChainDays } from '../../src/domain/items/limit.ts';
import type { Item, ItemId } from '../../src/domain/items/item.ts';
import { toIso } from '../../src/domain/local-time.ts';
import { shortNameOf } from '../../src/domain/organisation/unit-names.ts';
import { openDesk } from './workbooks.ts';

export const fixture = (name: string): { readonly path: string } => ({ path: new URL(`../fixtures/${name}`, import.meta.url).pathname });

export type ItemDesk = ItemImportDeps & {
  /** Everything handed over so far, the newest form of each. */
  readonly drafts: Map<ItemId, ItemDraft>;
  readonly handedOver: ItemDraft[];
  readonly corrections: ItemCorrection[];
  readonly draft: (number: string) => ItemDraft;
  /** Short names, the lead first. */
  readonly unitsOf: (draft: ItemDraft) => string;
  /** The unit's own limit, to the minute. */
  readonly dueAt: (draft: ItemDraft) => string;
  readonly at: (iso: string) => void;
};

const toItem = ({ unitIds, ...draft }: ItemDraft): Item => ({
  ...draft,
  isUrgent: false,
  parts: unitIds.map((unitId, index) => ({ unitId, isLead: index === 0 })),
  status: 'handedOver',
  statusAt: draft.handedOverAt,
  receiptDueAt: draft.handedOverAt,
  subtasks: [],
  reports: [],
  versions: [],
  extensions: [],
  outerMoves: [],
  rechecks: [],
  reopened: 0,
  corrections: 0,
});

/** What the import of items needs, the bureau's contacts known, with the items in a variable. */
export const openItemDesk = async (): Promise<ItemDesk> => {
  const desk = openDesk();
  await importContacts(desk, fixture('contacts.xlsx'));
  desk.at('2021-08-28T12:00:00+08:00');
  const drafts = new Map<ItemId, ItemDraft>();
  const handedOver: ItemDraft[] = [];
  const corrections: ItemCorrection[] = [];
  const units = new Map(desk.campaign().organisation.units.map((unit) => [unit.id, shortNameOf(unit)]));
  return {
    store: desk.store,
    clock: desk.clock,
    workbooks: createWorkbookReader(),
    settings: { ...desk.settings, chainDays: usualChainDays, kinds: Object.fromEntries(shippedKinds.map((kind) => [kind.name, kind])) },
    loadItems: async (ids) => new Map(ids.flatMap((id) => (drafts.has(id) ? [[id, toItem(drafts.get(id)!)] as const] : []))),
    handOver: async (given) => {
      for (const draft of given.drafts) drafts.set(draft.id, draft);
      handedOver.push(...given.drafts);
      for (const { itemId, correction } of given.corrections) {
        drafts.set(itemId, { ...drafts.get(itemId)!, ...correction });
        corrections.push(correction);
      }
    },
    drafts,
    handedOver,
    corrections,
    draft: (number) => {
      const found = [...drafts.values()].find((one) => one.number === number);
      if (!found) throw new Error(`${number} was not handed over`);
      return found;
    },
    unitsOf: ({ unitIds }) => unitIds.map((unitId) => units.get(unitId)).join(' '),
    dueAt: ({ limits }) => toIso('Asia/Shanghai', limits[0]!.at, 'minute').slice(0, 16),
    at: desk.at,
  };
};
