import type { Notice } from '../../../domain/escalation/notice.ts';
import type { ItemRefusal } from '../../../domain/items/item-refusal.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { ItemForm, ItemTexts } from '../../../messages/item-texts.ts';
import { reply, type Turn } from '../../acts/speaker.ts';
import type { Inputs } from './item-dialogue.ts';

/** Replies about items. They are put into words when they are sent, from the item as it stands then. */

export type RefusalReason = ItemRefusal | keyof ItemTexts['refusals'];

const about = (notice: Notice, itemId: string | undefined): Notice => (itemId === undefined ? notice : { ...notice, itemId });

const givenIn = (inputs: Inputs): { readonly given?: string } =>
  Object.keys(inputs).length === 0 ? {} : { given: JSON.stringify(inputs) };

export const sayItem = (turn: Turn, itemId: string, event?: string): Notice =>
  about(reply(turn, event === undefined ? 'item.card' : 'reply.item', event === undefined ? {} : { event }), itemId);

export const sayForm = (turn: Turn, form: ItemForm, itemId: string | undefined, inputs: Inputs, files: readonly string[]): Notice =>
  about(reply(turn, 'reply.itemForm', { form, ...givenIn(inputs), ...(files.length > 0 ? { files } : {}) }), itemId);

/** With the form again where what was put in does not do. */
export const sayRefused = (
  turn: Turn,
  refused: RefusalReason,
  itemId?: string,
  again?: { readonly form: ItemForm; readonly inputs: Inputs; readonly files: readonly string[] },
): Notice => {
  const form = again ? { form: again.form, ...givenIn(again.inputs), ...(again.files.length > 0 ? { files: again.files } : {}) } : {};
  return about(reply(turn, 'reply.itemRefused', { refused, ...form }), itemId);
};

/** A list that is paged through goes no further. */
const mostListed = 300;

/** Several, with a button for each that begins the same act with what was said already. */
export const sayItems = (
  turn: Turn,
  list: keyof ItemTexts['lists'],
  items: readonly Item[],
  options: {
    readonly action?: string;
    readonly inputs?: Inputs;
    readonly unitId?: string;
    readonly files?: number;
    readonly count?: number;
    /** Lines of their own, after the rows. */
    readonly notes?: readonly string[];
    /** What a confirmation is about. */
    readonly marks?: string;
  } = {},
): Notice => {
  const { action = 'showItem', inputs = {}, unitId, files, count = items.length, notes = [], marks } = options;
  return reply(turn, 'reply.items', {
    list,
    action,
    count,
    itemIds: items.slice(0, mostListed).map(({ id }) => id),
    ...givenIn(inputs),
    ...(unitId === undefined ? {} : { unitId }),
    ...(files === undefined ? {} : { files }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(marks === undefined ? {} : { marks }),
  });
};
