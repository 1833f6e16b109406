import { accessOf } from '../../domain/access/held-roles.ts';
import { lookingFor, seesItem } from '../../domain/access/in-sight.ts';
import { hidesComplainants } from '../../domain/access/mask.ts';
import type { Item } from '../../domain/items/item.ts';
import { complainantWords } from '../../messages/complainant-words.ts';
import type { World } from '../world.ts';

const hide = hidesComplainants(complainantWords);

/** What an item says, as the chat and the page may say it to whoever need not know who complained. */
export const withoutComplainants = (text: string): string => hide(text);

/** By the table of access, as on the page. Of the groups only the office's own answers for items. */
const seesComplainants = ({ directory, settings }: World, to: string, item: Item, now: number): boolean => {
  if (!to.startsWith('m')) return to === 'g:office';
  const access = accessOf(directory, to, now, new Set(settings.auditors));
  return access !== undefined && seesItem(lookingFor(access, 'seeComplainants', directory, now), item);
};

/** `text`: the item's own, or of a piece of it. */
export const itemTextFor = (world: World, to: string, item: Item, text: string, now: number): string =>
  seesComplainants(world, to, item, now) ? text : hide(text);
