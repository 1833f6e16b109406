import type { Item } from '../../../domain/items/item.ts';
import { fill } from '../../../messages/catalogue.ts';
import type { ItemTexts } from '../../../messages/item-texts.ts';
import type { Button } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import { mayAct } from '../../../domain/items/next-actions.ts';
import { itemContextOf } from '../change-item.ts';
import { typeOfAction } from '../chat/item-actions.ts';
import { about, styled } from './item-buttons.ts';
import { eventOf, rowOf, type Rendering } from './item-lines.ts';
import { firstOf, givenIn, listOf, pageOf, pageRows, type Said } from './said.ts';

/** Several items in one message: a list that was asked for, or all that a unit was handed at once. */

type Values = { readonly [name: string]: string | undefined };

const itemsOn = ({ notice, itemOf }: Rendering): readonly Item[] => pageOf(notice).flatMap((id) => itemOf(id) ?? []);

/** How far the list goes on; the last page of a long one says where it stands too. */
const pageLines = ({ notice, texts }: Rendering, count: number): readonly string[] => {
  const [from, listed] = [firstOf(notice), listOf(notice.params?.['itemIds']).length];
  const to = Math.min(from + pageRows, listed);
  if (to < listed) return [fill(texts.lists.page, { from: String(from + 1), to: String(to), count: String(count) }) ?? ''];
  return count > listed ? [fill(texts.lists.more, { count: String(count - listed) }) ?? ''] : [];
};

const moreButton = ({ notice, texts }: Rendering): readonly Button[] => {
  const from = firstOf(notice) + pageRows;
  const listedAt = notice.params?.['listedAt'];
  const hasMore = listedAt !== undefined && from < listOf(notice.params?.['itemIds']).length;
  return hasMore ? [styled(texts.actions.moreItems, { action: 'moreItems', from: String(from), listedAt: String(listedAt) })] : [];
};

/** Under a list of the office: all of it that waits to be accepted. */
const acceptButton = ({ world, notice, texts, now }: Rendering, items: readonly Item[]): readonly Button[] => {
  const context = itemContextOf(world);
  const waiting = items.filter((item) => mayAct(item, 'accept', notice.to, context, now));
  if (waiting.length < 2) return [];
  const title = fill(texts.lines.acceptAll, { count: String(waiting.length) }) ?? '';
  return [styled(title, { action: 'acceptAll', itemIds: waiting.map(({ id }) => id).join(',') })];
};

const confirmButtons = ({ notice, texts }: Rendering, count: number): readonly Button[] => [
  styled(fill(texts.lines.acceptAll, { count: String(count) }) ?? '', {
    action: 'confirmAcceptAll',
    marks: String(notice.params?.['marks'] ?? ''),
  }),
  styled(texts.actions.cancelForm, { action: 'cancelForm' }),
];

const rowButtons = (rendering: Rendering, items: readonly Item[], action: string, name: string): readonly Button[] => {
  const type = typeOfAction[action];
  const given = givenIn(rendering.notice);
  return items.map((item) =>
    styled(`${name} ${item.number}`, { ...given, action, itemId: item.id, ...(type === undefined ? {} : about(item, type)) }),
  );
};

const urgeButton = ({ notice, texts }: Rendering, list: string, action: string, items: readonly Item[]): readonly Button[] =>
  list === 'ofUnit' && action === 'urge' && items.length > 1
    ? [styled(texts.actions.urgeUnit, { action: 'urgeUnit', unitId: String(notice.params?.['unitId']) })]
    : [];

export const sayList = (rendering: Rendering): Said => {
  const { notice, texts, words, world } = rendering;
  const { params = {} } = notice;
  const items = itemsOn(rendering);
  const count = Number(params['count'] ?? items.length);
  const list = String(params['list']) as keyof ItemTexts['lists'];
  const action = String(params['action'] ?? 'showItem');
  const name = texts.actions[typeOfAction[action] ?? (action as 'showItem')] ?? '';
  const values: Values = {
    count: String(count),
    action: name,
    files: params['files'] === undefined ? undefined : String(params['files']),
    unit: nameOf(world, String(params['unitId'] ?? '')),
  };
  const notes = listOf(params['notes']);
  const lines = items.map((item) => rowOf(rendering, item));
  const buttons =
    action === 'acceptAll'
      ? confirmButtons(rendering, count)
      : [
          ...rowButtons(rendering, items, action, name),
          ...(action === 'receiveItem' ? receiveAllOf(rendering, items) : []),
          ...(list === 'mine' || list === 'ofUnit' ? acceptButton(rendering, items) : []),
          ...urgeButton(rendering, list, action, items),
        ];
  const none = items.length === 0 && notes.length === 0 ? [texts.lists.none] : [];
  return {
    title: fill(texts.lists[list], values) ?? words.messages['reply.items'].title,
    lines: [...none, ...lines, ...pageLines(rendering, count), ...notes],
    buttons: [...buttons, ...moreButton(rendering)],
  };
};

/** No more than are done at once. */
const mostAtOnce = 60;

const receiveAllOf = ({ notice, texts }: Rendering, items: readonly Item[]): readonly Button[] => {
  const ids = listOf(notice.params?.['itemIds']).slice(0, mostAtOnce);
  return items.length > 1 && ids.length > 1 ? [styled(texts.actions.receiveAll, { action: 'receiveAll', itemIds: ids.join(',') })] : [];
};

/** One message to a unit for all that it was handed, or urged about, at once. */
export const sayBatch = (rendering: Rendering): Said => {
  const { notice, texts } = rendering;
  const items = itemsOn(rendering);
  const event = eventOf(notice);
  const count = Number(notice.params?.['count'] ?? items.length);
  const more = count > items.length ? [fill(texts.lists.more, { count: String(count - items.length) }) ?? ''] : [];
  const lines = [...items.map((item) => rowOf(rendering, item)), ...more];
  // The rest of them stand in their own list.
  const rest = count > items.length ? [styled(texts.actions.myItems, { action: 'myItems' })] : [];
  if (event !== '')
    return {
      title: `${texts.news[event] ?? ''} (${count})`,
      lines,
      buttons: [...rowButtons(rendering, items, 'showItem', texts.actions.showItem), ...rest],
    };
  return {
    lines,
    buttons: [...rowButtons(rendering, items, 'receiveItem', texts.actions.receive), ...receiveAllOf(rendering, items), ...rest],
  };
};
