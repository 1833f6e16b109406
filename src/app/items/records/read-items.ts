import { type Access, sightOf } from '../../../domain/access/access.ts';
import { lookingFor, seesItem } from '../../../domain/access/in-sight.ts';
import { hidesComplainants, mapTexts } from '../../../domain/access/mask.ts';
import type { AccessAct } from '../../../domain/access/rules.ts';
import type { Item } from '../../../domain/items/item.ts';
import { toIso } from '../../../domain/local-time.ts';
import { complainantWords } from '../../../messages/complainant-words.ts';
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
import { filesOfItem, packEvidence } from './evidence.ts';
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
  /** Whether some item whose files the caller may read names the file. */
  mayReadFile(sha256: string): Promise<boolean>;
  counts(by: 'unit' | 'kind'): Promise<{ readonly [key: string]: ItemCounts }>;
  /** An .xlsx file; `batch` undefined: cumulative. */
  disclosure(batch: string | undefined): Promise<Uint8Array>;
  itemLedger(): Promise<Uint8Array>;
  /** A .zip file. */
  evidence(id: string): Promise<Uint8Array>;
};

/** The same for each caller, as far as their roles see. */
export type ReadItemsFor = (access: Access) => ReadItems;

const hide = hidesComplainants(complainantWords);

/** Every item on the board that somebody sees; of one that they don't, they learn no more than of one that is not there. */
const itemsFor = async ({ board, world, clock }: ReadItemsDeps, access: Access, act: AccessAct): Promise<ReadonlyMap<string, Item>> => {
  const items = await board.read();
  const looking = lookingFor(access, act, world.directory, clock.now());
  return looking.sight === 'all' ? items : new Map([...items].filter(([, item]) => seesItem(looking, item)));
};

export const createReadItems =
  (deps: ReadItemsDeps): ReadItemsFor =>
  (access) =>
    readItemsAs(deps, access);

const readItemsAs = (deps: ReadItemsDeps, access: Access): ReadItems => {
  const { world, clock } = deps;
  const seen = (act: AccessAct) => itemsFor(deps, access, act);
  /** Who complained is no business of those who only see that there is a case. */
  const guarded = <T>(item: Item, view: T): T => {
    const looking = lookingFor(access, 'seeComplainants', world.directory, clock.now());
    return seesItem(looking, item) ? view : mapTexts(view, hide);
  };
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
  const find = async (id: string, act: AccessAct): Promise<Item> => {
    const item = (await seen(act)).get(id);
    if (!item) throw new Fault('ZG_NO_SUCH_ITEM');
    return item;
  };
  return {
    list: async (filter, query) => {
      const items = await seen('seeItems');
      const page = viewItems(items.values(), filter, viewContext(), query);
      return { ...page, items: page.items.map((view) => guarded(items.get(view.id)!, view)) };
    },
    one: async (id) => {
      const item = await find(id, 'seeItems');
      return guarded(item, viewWholeItem(item, viewContext()));
    },
    mayReadFile: async (hash) =>
      sightOf(access, 'seeFiles') === 'all' ||
      [...(await seen('seeFiles')).values()].some((item) => filesOfItem(item).some(({ sha256 }) => sha256 === hash)),
    counts: async (by) => {
      const items = (await seen('seeItems')).values();
      const context = viewContext();
      const keyOf = by === 'kind' ? ({ kind }: Item) => kind : (item: Item) => nameUnit(world.directory, item.parts[0]!.unitId);
      return Object.fromEntries(countItems(items, keyOf, context));
    },
    disclosure: async (batch) => deps.writeWorkbook([disclosureSheet((await seen('exportItems')).values(), tableContext(), batch)]),
    itemLedger: async () => deps.writeWorkbook(itemLedgerSheets((await seen('exportItems')).values(), tableContext())),
    evidence: async (id) => {
      // sealed first, so that the item as it is shown is covered by what is sealed
      await find(id, 'exportEvidence');
      const { archive, publicKeyPem } = await deps.sealedArchive();
      const item = await find(id, 'exportEvidence');
      const { files, sha256 } = deps;
      const nameOf = (named: string) => world.directory.people.get(named)?.name ?? (nameUnit(world.directory, named) || undefined);
      return deps.makeZip(await packEvidence(item, { archive, unsealed: [], files, publicKeyPem, sha256, nameOf }));
    },
  };
};
