import type { Item } from '../../../domain/items/item.ts';
import { fill } from '../../../messages/catalogue.ts';
import type { ItemTexts } from '../../../messages/item-texts.ts';
import type { Button } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import { typeOfAction } from '../chat/item-actions.ts';
import { about, styled } from './item-buttons.ts';
import { eventOf, rowOf, type Rendering } from './item-lines.ts';
import { givenIn, listOf, type Said } from './said.ts';

/** Several items in one message: a list that was asked for, or all that a unit was handed at once. */

/** More than these stand in no message. */
export const mostRows = 20;
const mostListButtons = 6;

export const sayList = (rendering: Rendering): Said => {
  const { notice, itemOf, texts, words } = rendering;
  const { params = {} } = notice;
  const items = listOf(params['itemIds'])
    .slice(0, mostRows)
    .flatMap((id) => itemOf(id) ?? []);
  const count = Number(params['count'] ?? items.length);
  const list = String(params['list']) as keyof ItemTexts['lists'];
  const action = String(params['action'] ?? 'showItem');
  const type = typeOfAction[action];
  const name = texts.actions[type ?? (action as 'showItem')] ?? '';
  const values = {
    count: String(count),
    action: name,
    files: params['files'] === undefined ? undefined : String(params['files']),
    unit: nameOf(rendering.world, String(params['unitId'] ?? '')),
  };
  const lines = items.map((item) => rowOf(rendering, item));
  const more = count > items.length ? [fill(texts.lists.more, { count: String(count - items.length) }) ?? ''] : [];
  const buttons = items
    .slice(0, mostListButtons)
    .map((item) =>
      styled(`${name} ${item.number}`, { ...givenIn(notice), action, itemId: item.id, ...(type === undefined ? {} : about(item, type)) }),
    );
  const unitId = list === 'ofUnit' && action === 'urge' && items.length > 1 ? String(params['unitId']) : undefined;
  const whole = unitId === undefined ? [] : [styled(texts.actions.urgeUnit, { action: 'urgeUnit', unitId })];
  return {
    title: fill(texts.lists[list], values) ?? words.messages['reply.items'].title,
    lines: items.length === 0 ? [texts.lists.none] : [...lines, ...more],
    buttons: [...buttons, ...(action === 'receiveItem' ? receiveAllOf(rendering, items) : []), ...whole],
  };
};

const receiveAllOf = ({ notice, texts }: Rendering, items: readonly Item[]): readonly Button[] => {
  const ids = listOf(notice.params?.['itemIds']);
  return items.length > 1 && ids.length > 1 ? [styled(texts.actions.receiveAll, { action: 'receiveAll', itemIds: ids.join(',') })] : [];
};

/** One message to a unit for all that it was handed, or urged about, at once. */
export const sayBatch = (rendering: Rendering): Said => {
  const { notice, itemOf, texts } = rendering;
  const items = listOf(notice.params?.['itemIds'])
    .slice(0, mostRows)
    .flatMap((id) => itemOf(id) ?? []);
  const event = eventOf(notice);
  const lines = items.map((item) => rowOf(rendering, item));
  const count = Number(notice.params?.['count'] ?? items.length);
  const more = count > items.length ? [fill(texts.lists.more, { count: String(count - items.length) }) ?? ''] : [];
  if (event !== '') {
    const shows = items
      .slice(0, mostListButtons)
      .map((item) => styled(`${texts.actions.showItem} ${item.number}`, { action: 'showItem', itemId: item.id }));
    return { title: `${texts.news[event] ?? ''} (${count})`, lines: [...lines, ...more], buttons: shows };
  }
  const buttons = items
    .slice(0, mostListButtons)
    .map((item) => styled(`${texts.actions.receive} ${item.number}`, { action: 'receiveItem', itemId: item.id }));
  return { lines: [...lines, ...more], buttons: [...buttons, ...receiveAllOf(rendering, items)] };
};
