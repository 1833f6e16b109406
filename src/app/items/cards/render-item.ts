import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Template } from '../../../domain/escalation/template.ts';
import { deadlineOf, leadOf, receiptDueOf, type Item } from '../../../domain/items/item.ts';
import { fill, type Catalogue } from '../../../messages/catalogue.ts';
import { itemTextsFor, subtaskRows, type ItemForm, type ItemTexts } from '../../../messages/item-texts.ts';
import type { Button, Card } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import { itemTextFor } from '../../notices/item-text.ts';
import { shortened, type ItemOf } from '../../notices/render-items.ts';
import type { World } from '../../world.ts';
import { actionOfType } from '../chat/item-actions.ts';
import type { Inputs } from '../chat/item-dialogue.ts';
import { inputsOf, rowsOf, usualRows } from '../chat/item-form.ts';
import { itemButtons, styled } from './item-buttons.ts';
import { dueText, eventOf, factsOf, kindName, newsLines, newsOf, subtaskLines, type Rendering } from './item-lines.ts';
import { sayBatch, sayList } from './item-list.ts';
import { givenIn, listOf, pageOf, type Said } from './said.ts';

/** Notices about items themselves in words, from the items as they stand now. */

/** Messages that are an item's card: the next of them takes its place. */
const cards: readonly Template[] = ['item.handedOver', 'item.news', 'item.card', 'reply.item'];
const templates: readonly Template[] = [
  ...cards,
  'item.batch',
  'reply.items',
  'reply.itemForm',
  'reply.itemRefused',
  'reply.itemsOverview',
  'reply.itemExplained',
];

export const isItemNotice = ({ template }: Notice): boolean => templates.includes(template);

/** The key under which later messages change this one. */
export const itemCardKey = ({ template, itemId }: Notice): string | undefined => (cards.includes(template) ? itemId : undefined);

/** Items that must be read before a notice can be put into words. */
export const itemIdsOf = (notice: Notice): readonly string[] => [
  ...(notice.itemId === undefined ? [] : [notice.itemId]),
  ...(notice.template === 'item.batch' ? listOf(notice.params?.['itemIds']) : pageOf(notice)),
];

const sayForm = (rendering: Rendering, item: Item | undefined): Said => {
  const { world, notice, texts, now } = rendering;
  const form = notice.params?.['form'] as ItemForm | undefined;
  if (form === undefined) return { lines: [], buttons: item ? itemButtons(world, item, notice.to, notice.params?.['locale'], now) : [] };
  const given = givenIn(notice);
  const names = listOf(notice.params?.['files']);
  const lines = [
    texts.hints[form],
    names.length > 0
      ? fill(texts.lines.filesHeld, { count: String(names.length), names: names.map(shortened).join(texts.comma) })
      : undefined,
  ];
  const action = form === 'addItem' ? form : actionOfType(form);
  const itemId = item === undefined ? {} : { itemId: item.id };
  const no = given['no'] === undefined ? {} : { no: given['no'] };
  return {
    lines: lines.flatMap((line) => line ?? []),
    buttons: [
      { title: texts.submit, value: { action, ...itemId, ...no }, style: 'positive' },
      ...(form === 'split' && item ? growButton(item, given, texts) : []),
      { title: texts.actions.cancelForm, value: { action: 'cancelForm', ...itemId }, ignoresInputs: true },
    ],
    inputs: inputsOf(world, item, form, given, texts, now),
  };
};

/** A plan may have more parts than the form begins with. */
const growButton = (item: Item, given: Inputs, texts: ItemTexts): readonly Button[] => {
  const rows = rowsOf(given);
  if (rows >= subtaskRows.length) return [];
  return [{ title: texts.actions.moreRows, value: { action: 'moreRows', itemId: item.id, rows: String(rows + usualRows) } }];
};

const sayOverview = ({ world, notice, texts }: Rendering): Said => ({
  lines: listOf(notice.params?.['lines']),
  buttons: listOf(notice.params?.['unitIds']).map((unitId) =>
    styled(`${texts.actions.urge} ${nameOf(world, unitId)}`, { action: 'urgeUnit', unitId }),
  ),
});

const sayIt = (rendering: Rendering, item: Item | undefined): Said => {
  const { world, notice, now } = rendering;
  const buttons = () => (item ? itemButtons(world, item, notice.to, notice.params?.['locale'], now) : []);
  switch (notice.template) {
    case 'reply.items':
      return sayList(rendering);
    case 'item.batch':
      return sayBatch(rendering);
    case 'reply.itemForm':
    case 'reply.itemRefused':
      return sayForm(rendering, item);
    case 'reply.itemsOverview':
      return sayOverview(rendering);
    case 'reply.itemExplained':
      return { lines: listOf(notice.params?.['lines']), buttons: [] };
    case 'item.news':
    case 'reply.item':
      return { lines: item ? [...newsLines(rendering, item), ...subtaskLines(rendering, item)] : [], buttons: buttons() };
    default:
      return { lines: item ? subtaskLines(rendering, item) : [], buttons: buttons() };
  }
};

const valuesOf = (rendering: Rendering, item: Item | undefined): { readonly [name: string]: string | undefined } => {
  const { world, notice, texts, itemOf } = rendering;
  const { params = {} } = notice;
  const event = newsOf(rendering, eventOf(notice), item);
  const refused = params['refused'] as keyof ItemTexts['refusals'] | undefined;
  const unitId = params['unitId'] === undefined ? item && leadOf(item).unitId : String(params['unitId']);
  const part = item?.parts.find((one) => one.unitId === unitId);
  const earliest = listOf(params['itemIds']).flatMap((id) => {
    const one = itemOf(id);
    return one ? [deadlineOf(one)] : [];
  });
  return {
    number: item?.number,
    text: item && (shortened(itemTextFor(world, notice.to, item, item.text, rendering.now)) || '…'),
    kind: item && kindName(rendering, item),
    unit: unitId === undefined ? undefined : nameOf(world, unitId),
    dueAt: dueText(rendering, earliest.length > 0 ? Math.min(...earliest) : undefined),
    receiptDueAt: item && part ? dueText(rendering, receiptDueOf(item, part)) : undefined,
    count: params['count'] === undefined ? undefined : String(params['count']),
    news: event,
    done: event,
    refusal: refused && texts.refusals[refused],
    form: texts.forms[params['form'] as ItemForm],
    heading: params['by'] === 'kind' ? texts.overview.byKind : texts.overview.byUnit,
  };
};

const toneOf = ({ template }: Notice): Card['tone'] => {
  if (template === 'item.handedOver' || template === 'item.batch' || template === 'reply.itemForm') return 'asking';
  return template === 'reply.item' ? 'done' : 'neutral';
};

const withFacts: readonly Template[] = [...cards];

export const renderItemNotice = (
  world: World,
  notice: Notice,
  itemOf: ItemOf,
  words: Catalogue,
  now: number,
): { readonly card: Card; readonly text: string } => {
  const texts = itemTextsFor(notice.params?.['locale']);
  const rendering: Rendering = { world, notice, itemOf, words, texts, now };
  const item = notice.itemId === undefined || notice.template === 'item.batch' ? undefined : itemOf(notice.itemId);
  const values = valuesOf(rendering, item);
  const said = sayIt(rendering, item);
  const message = words.messages[notice.template];
  const title = said.title ?? fill(message.title, values) ?? item?.number ?? '';
  const lines = (message.lines ?? []).flatMap((pattern) => (pattern === '{each}' ? said.lines : (fill(pattern, values) ?? [])));
  const facts = item && withFacts.includes(notice.template) ? factsOf(rendering, item) : [];
  const inputs = said.inputs === undefined ? {} : { inputs: said.inputs };
  const text = [title, ...lines, ...facts.map(({ name, value }) => `${name} ${value}`)].join('\n');
  return { card: { title, tone: toneOf(notice), lines, facts, ...inputs, buttons: said.buttons }, text };
};
