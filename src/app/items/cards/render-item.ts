import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Template } from '../../../domain/escalation/template.ts';
import { deadlineOf, leadOf, openExtension, outerLimitOf, receiptDueOf, type Item, type Version } from '../../../domain/items/item.ts';
import { finishable, nextActions, type ItemActionType } from '../../../domain/items/next-actions.ts';
import { fill, type Catalogue } from '../../../messages/catalogue.ts';
import { itemTextsFor, type ItemForm, type ItemTexts } from '../../../messages/item-texts.ts';
import type { Button, Card } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import { dateTimeOf, durationIn, shortened, type ItemOf } from '../../notices/render-items.ts';
import type { World } from '../../world.ts';
import { itemContextOf } from '../change-item.ts';
import type { Inputs } from '../chat/item-dialogue.ts';
import { inputsOf } from '../chat/item-form.ts';
import { actionOfType, typeOfAction } from '../chat/press-item.ts';
import { heatOf } from '../view-items.ts';

/** Notices about items themselves in words, from the items as they stand now. */

type Rendering = {
  readonly world: World;
  readonly notice: Notice;
  readonly itemOf: ItemOf;
  readonly words: Catalogue;
  readonly texts: ItemTexts;
  readonly now: number;
};

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

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** Items that must be read before a notice can be put into words. */
export const itemIdsOf = ({ itemId, params }: Notice): readonly string[] => [
  ...(itemId === undefined ? [] : [itemId]),
  ...listOf(params?.['itemIds']).slice(0, mostRows),
];

const mostRows = 20;
const mostListButtons = 6;
const mostCardButtons = 9;

const kindName = ({ world, texts }: Rendering, { kind }: Item): string => texts.kinds[kind] ?? world.settings.kinds[kind]?.label ?? kind;

const dueText = ({ world }: Rendering, at: number | undefined): string | undefined =>
  at === undefined || !Number.isFinite(at) ? undefined : dateTimeOf(world, at);

const unitsText = ({ world, texts }: Rendering, item: Item): string =>
  item.parts
    .map(({ unitId, isLead }) => (isLead ? nameOf(world, unitId) : (fill(texts.lines.coUnit, { unit: nameOf(world, unitId) }) ?? '')))
    .join(texts.comma);

const heatText = ({ world, texts, words, now }: Rendering, item: Item): string | undefined => {
  const heat = heatOf(item, itemContextOf(world).kindOf(item.kind), now);
  if (heat === 'overdue') return fill(texts.lines.overdueBy, { duration: durationIn(now - deadlineOf(item), words) });
  return heat === 'none' || heat === 'green' ? undefined : texts.heats[heat];
};

const stageOf = ({ texts }: Rendering, version: Version): string => {
  if (version.decision === 'returned') return texts.news['ItemReturned']!;
  if (version.decision === 'accepted') return texts.news['ItemAccepted']!;
  if (version.submittedAt !== undefined) return texts.news['ItemSubmitted']!;
  if (version.signedBy !== undefined) return texts.news['HandInSigned']!;
  return texts.news[version.checkedAt === undefined ? 'HandInDrafted' : 'DataChecked']!;
};

const handInText = (rendering: Rendering, item: Item): string | undefined => {
  const version = item.versions.at(-1);
  const { texts } = rendering;
  return (
    version &&
    fill(texts.lines.handIn, { no: String(version.no), outcome: texts.outcomes[version.outcome], stage: stageOf(rendering, version) })
  );
};

const extensionText = (rendering: Rendering, item: Item): string | undefined => {
  const extension = openExtension(item);
  const { texts } = rendering;
  return extension && fill(texts.lines.extension, { toAt: dueText(rendering, extension.toAt), stage: texts.news['ExtensionAsked'] });
};

const factsOf = (rendering: Rendering, item: Item): Card['facts'] => {
  const { texts } = rendering;
  const due = [dueText(rendering, deadlineOf(item)), heatText(rendering, item)].filter(Boolean).join(' · ');
  const outer = outerLimitOf(item);
  const facts: readonly (readonly [keyof ItemTexts['facts'], string | undefined])[] = [
    ['kind', kindName(rendering, item)],
    ['status', texts.statuses[item.status]],
    ['units', unitsText(rendering, item)],
    ['due', due],
    ['outer', outer && `${texts.levels[outer.level]} ${dueText(rendering, outer.at) ?? ''}`],
    ['handIn', handInText(rendering, item)],
    ['extension', extensionText(rendering, item)],
  ];
  return facts.flatMap(([key, value]) => (value ? [{ name: texts.facts[key], value }] : []));
};

const subtaskLines = (rendering: Rendering, item: Item): readonly string[] =>
  item.subtasks.flatMap(({ no, title, ownerId, dueAt, doneAt }) => {
    const { texts, world } = rendering;
    const values = { no: String(no), title: title || '…', owner: nameOf(world, ownerId), dueAt: dueText(rendering, dueAt) };
    return fill(doneAt === undefined ? texts.lines.subtask : texts.lines.subtaskDone, values) ?? [];
  });

const positive: readonly string[] = ['receiveItem', 'receiveAll', 'accept', 'submit', 'approve'];
const destructive: readonly string[] = ['return', 'reject', 'withdrawItem'];

const styled = (title: string, value: Button['value']): Button => ({
  title,
  value,
  ...(positive.includes(value.action) ? { style: 'positive' } : destructive.includes(value.action) ? { style: 'destructive' } : {}),
});

/** Which hand-in, or which request, a button decides about. */
const about = (item: Item, type: ItemActionType): { readonly no?: string } => {
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

const eventOf = ({ params }: Notice): string => String(params?.['event'] ?? '');

/** Who did what, and why where they said so; whoever did it knows who it was. */
const newsLines = (rendering: Rendering, item: Item): readonly string[] => {
  const { world, texts, notice } = rendering;
  const event = eventOf(notice);
  const version = item.versions.at(-1);
  const extension = item.extensions.at(-1);
  const byEvent: { readonly [event: string]: readonly [string | undefined, string | undefined] } = {
    HandInDrafted: [version?.draftedBy, version?.text],
    DataChecked: [version?.checkedBy, undefined],
    HandInSigned: [version?.registeredBy, undefined],
    ItemSubmitted: [version?.submittedBy, undefined],
    ItemAccepted: [version?.decidedBy, undefined],
    ItemReturned: [version?.decidedBy, [version?.fault && texts.faults[version.fault], version?.reason].filter(Boolean).join(texts.comma)],
    ItemClosed: [item.closedBy, undefined],
    ItemConfirmed: [item.rechecks.at(-1)?.by, undefined],
    ItemReopened: [item.rechecks.at(-1)?.by, item.rechecks.at(-1)?.text],
    ItemWithdrawn: [undefined, item.endReason],
    ExtensionAsked: [extension?.askedBy, extension?.reason],
    ExtensionApproved: [extension?.officeBy ?? extension?.principalBy, undefined],
    ExtensionRefused: [extension?.refusedBy, extension?.refusal],
    OuterLimitMoved: [item.outerMoves.at(-1)?.by, item.outerMoves.at(-1)?.reason],
    LongTermSet: [item.longTerm?.by, item.longTerm?.measures],
  };
  const [by, reason] = byEvent[event] ?? [];
  const isReply = notice.template === 'reply.item';
  const lines = [
    isReply ? undefined : fill(texts.lines.by, { by: nameOf(world, by ?? ''), what: texts.news[event] }),
    fill(texts.lines.reason, { reason: reason && shortened(reason) }),
  ];
  return lines.flatMap((line) => line ?? []);
};

const rowOf = (rendering: Rendering, item: Item): string => {
  const { world, texts } = rendering;
  const values = {
    number: item.number,
    kind: kindName(rendering, item),
    unit: nameOf(world, leadOf(item).unitId),
    status: texts.statuses[item.status],
    dueAt: dueText(rendering, deadlineOf(item)) ?? '—',
    heat: heatText(rendering, item) ?? ' ',
  };
  return (fill(texts.lines.row, values) ?? item.number).trim();
};

const givenIn = ({ params }: Notice): Inputs => {
  const given = params?.['given'];
  return typeof given === 'string' ? (JSON.parse(given) as Inputs) : {};
};

type Said = {
  readonly title?: string;
  readonly lines: readonly string[];
  readonly buttons: readonly Button[];
  readonly inputs?: NonNullable<Card['inputs']>;
};

const sayList = (rendering: Rendering): Said => {
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
const sayBatch = (rendering: Rendering): Said => {
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
      { title: texts.actions.cancelForm, value: { action: 'cancelForm', ...itemId }, ignoresInputs: true },
    ],
    inputs: inputsOf(world, item, form, given, texts, now),
  };
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
  const event = texts.news[eventOf(notice)];
  const refused = params['refused'] as keyof ItemTexts['refusals'] | undefined;
  const unitId = params['unitId'] === undefined ? item && leadOf(item).unitId : String(params['unitId']);
  const part = item?.parts.find((one) => one.unitId === unitId);
  const earliest = listOf(params['itemIds']).flatMap((id) => {
    const one = itemOf(id);
    return one ? [deadlineOf(one)] : [];
  });
  return {
    number: item?.number,
    text: item && (shortened(item.text) || '…'),
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
