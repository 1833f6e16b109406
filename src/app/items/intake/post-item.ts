import { Fault } from '../../../ports/fault.ts';
import type { World } from '../../world.ts';
import { draftItem, type AskedItem, type DraftFault } from './draft-item.ts';
import { handOver, type HandedBy } from './hand-over.ts';

/** `isNew` false: the number was known, and nothing was changed. */
export type PostedItem = { readonly id: string; readonly isNew: boolean };

export type PostItem = (asked: AskedItem, by: HandedBy | undefined) => Promise<PostedItem>;

const told: { readonly [detail in NonNullable<DraftFault['detail']>]: string } = {
  unknown: 'no unit has this name or id',
  ambiguous: 'more than one unit has this name; give the whole name or the id',
  needsHour: 'counts from an hour that is not given; give handedOverAt',
  unreadable: 'is not understood; write for example 2021-09-03 17:00',
  beforeHandingOver: 'lies before the item is handed over',
  needsYear: 'names no year',
  asked: 'is wanted: this kind has none of its own',
};

const tell = ({ reason, field, index, detail }: DraftFault): string => {
  const place = index === undefined ? field : `${field}.${index}`;
  if (detail !== undefined) return `${place}: ${told[detail]}`;
  return reason === 'unknownKind' ? `${place}: the campaign has no such kind` : `${place}: is wanted`;
};

/** Adds one item from another system. Rejects with ZG_BAD_ITEM, naming the field. `randomId`: never the same twice. */
export const createPostItem =
  (world: World, randomId: () => string): PostItem =>
  async (asked, by) => {
    const now = world.clock.now();
    const drafted = draftItem(world, asked, now, `${now.toString(36)}.${randomId()}`);
    if ('fault' in drafted) throw new Fault('ZG_BAD_ITEM', tell(drafted.fault));
    const { draft } = drafted;
    const { opened } = await handOver(world, { drafts: [draft], ...(by === undefined ? {} : { by }) });
    return { id: draft.id, isNew: opened.length > 0 };
  };
