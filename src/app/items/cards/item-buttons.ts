import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Item } from '../../../domain/items/item.ts';
import { finishable, nextActions, type ItemActionType } from '../../../domain/items/next-actions.ts';
import { fill } from '../../../messages/catalogue.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import type { Button } from '../../../ports/channel.ts';
import type { World } from '../../world.ts';
import { itemContextOf } from '../change-item.ts';
import { actionOfType } from '../chat/item-actions.ts';

/** Buttons of items: what their reader can do now. */

const mostCardButtons = 9;

const positive: readonly string[] = ['receiveItem', 'receiveAll', 'accept', 'submit', 'approve', 'confirmAcceptAll'];
const destructive: readonly string[] = ['return', 'reject', 'withdrawItem'];

export const styled = (title: string, value: Button['value']): Button => ({
  title,
  value,
  ...(positive.includes(value.action) ? { style: 'positive' } : destructive.includes(value.action) ? { style: 'destructive' } : {}),
});

/** Which hand-in, or which request, a button decides about. */
export const about = (item: Item, type: ItemActionType): { readonly no?: string } => {
  if (['check', 'sign', 'submit', 'accept', 'return'].includes(type)) return { no: String(item.versions.length) };
  return type === 'approve' || type === 'reject' ? { no: String(item.extensions.length) } : {};
};

/** What the reader can do with the item now. A group only reads. */
export const itemButtons = (world: World, item: Item, to: string, locale: unknown, now: number): readonly Button[] => {
  if (!to.startsWith('m')) return [];
  const texts = itemTextsFor(locale);
  const context = itemContextOf(world);
  const acts = nextActions(item, to, context, now).map((type) =>
    styled(texts.actions[type], { action: actionOfType(type), itemId: item.id, ...about(item, type) }),
  );
  const parts = finishable(item, to, context, now)
    .slice(0, 3)
    .map((no) => styled(fill(texts.lines.finish, { no: String(no) }) ?? '', { action: 'finishSubtask', itemId: item.id, no: String(no) }));
  return [...parts, ...acts].slice(0, mostCardButtons).concat(styled(texts.actions.explain, { action: 'explain', itemId: item.id }));
};

/** For a message that speaks of several. */
export const myItemsButton = ({ to, params }: Notice): readonly Button[] =>
  to.startsWith('m') ? [{ title: itemTextsFor(params?.['locale']).actions.myItems, value: { action: 'myItems' } }] : [];
