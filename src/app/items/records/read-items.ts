import type { Item } from '../../../domain/items/item.ts';
import { toIso } from '../../../domain/local-time.ts';
import type { ArchiveFiles } from '../../../ports/archive.ts';
import type { Clock } from '../../../ports/clock.ts';
import { Fault } from '../../../ports/fault.ts';
import type { Files } from '../../../ports/files.ts';
import type { MakeZip } from '../../../ports/zip.ts';
import type { WriteWorkbook } from '../../../ports/write-workbook.ts';
import { isoIn, type Page, type PageQuery } from '../../views/view-page.ts';
import type { World } from '../../world.ts';
import type { Board } from '../board.ts';
import { itemContextOf } from '../change-item.ts';
import { packEvidence } from './evidence.ts';
import { disclosureSheet, itemLedgerSheets, type TableContext } from './item-tables.ts';
import {
  countItems,
  nameUnit,
  viewItems,
  viewWholeItem,
  type ItemCounts,
  type ItemFilter,
  type ItemView,
  type WholeItemView,
} from '../view-items.ts';

export type ReadItemsDeps = {
  readonly world: World;
  readonly board: Board;
  readonly clock: Clock;
  readonly files: Pick<Files, 'get'>;
  readonly makeZip: MakeZip;
  readonly writeWorkbook: WriteWorkbook;
  /** Seals what is open, then gives the whole archive and the key that checks it. */
  readonly sealedArchive: () => Promise<{ readonly archive: ArchiveFiles; readonly publicKeyPem: string }>;
  readonly sha256: (bytes: Uint8Array) => string;
};

/** What people read and take away of items, whoever asks. */
export type ReadItems = {
  list(filter: ItemFilter, query: PageQuery): Promise<Page<ItemView>>;
  /** Rejects with ZG_NO_SUCH_ITEM. */
  one(id: string): Promise<WholeItemView>;
  counts(by: 'unit' | 'kind'): Promise<{ readonly [key: string]: ItemCounts }>;
  /** An .xlsx file; `batch` undefined: cumulative. */
  disclosure(batch: string | undefined): Promise<Uint8Array>;
  itemLedger(): Promise<Uint8Array>;
  /** A .zip file. */
  evidence(id: string): Promise<Uint8Array>;
};

export const createReadItems = (deps: ReadItemsDeps): ReadItems => {
  const { world, board, clock } = deps;
  const { timeZone } = world.settings;
  const viewContext = () => ({
    directory: world.directory,
    kindOf: itemContextOf(world).kindOf,
    now: clock.now(),
    iso: isoIn(timeZone),
  });
  const tableContext = (): TableContext => ({
    campaign: world.settings.name,
    nameUnit: (id) => nameUnit(world.directory, id),
    kinds: world.settings.kinds,
    wallTime: (at) => toIso(timeZone, at, 'minute').slice(0, 16).replace('T', ' '),
    now: clock.now(),
  });
  const find = async (id: string): Promise<Item> => {
    const item = (await board.read()).get(id);
    if (!item) throw new Fault('ZG_NO_SUCH_ITEM');
    return item;
  };
  return {
    list: async (filter, query) => viewItems((await board.read()).values(), filter, viewContext(), query),
    one: async (id) => viewWholeItem(await find(id), viewContext()),
    counts: async (by) => {
      const items = (await board.read()).values();
      const context = viewContext();
      const keyOf = by === 'kind' ? ({ kind }: Item) => kind : (item: Item) => nameUnit(world.directory, item.parts[0]!.unitId);
      return Object.fromEntries(countItems(items, keyOf, context));
    },
    disclosure: async (batch) => deps.writeWorkbook([disclosureSheet((await board.read()).values(), tableContext(), batch)]),
    itemLedger: async () => deps.writeWorkbook(itemLedgerSheets((await board.read()).values(), tableContext())),
    evidence: async (id) => {
      // sealed first, so that the item as it is shown is covered by what is sealed
      await find(id);
      const { archive, publicKeyPem } = await deps.sealedArchive();
      const item = await find(id);
      const { files, sha256 } = deps;
      const nameOf = (named: string) => world.directory.people.get(named)?.name ?? (nameUnit(world.directory, named) || undefined);
      return deps.makeZip(await packEvidence(item, { archive, unsealed: [], files, publicKeyPem, sha256, nameOf }));
    },
  };
};
