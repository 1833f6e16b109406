import type { Notice } from '../../../domain/escalation/notice.ts';
import { deadlineOf, leadOf, openExtension, outerLimitOf, type Item, type Version } from '../../../domain/items/item.ts';
import { fill, type Catalogue } from '../../../messages/catalogue.ts';
import type { ItemTexts } from '../../../messages/item-texts.ts';
import type { Card } from '../../../ports/channel.ts';
import { nameOf } from '../../acts/speaker.ts';
import { dateTimeOf, durationIn, shortened, type ItemOf } from '../../notices/render-items.ts';
import type { World } from '../../world.ts';
import { itemContextOf } from '../change-item.ts';
import { heatOf } from '../view-items.ts';

/** What stands on cards about one item: its facts, its pieces, what happened to it, and its row in a list. */

export type Rendering = {
  readonly world: World;
  readonly notice: Notice;
  readonly itemOf: ItemOf;
  readonly words: Catalogue;
  readonly texts: ItemTexts;
  readonly now: number;
};

export const kindName = ({ world, texts }: Rendering, { kind }: Item): string =>
  texts.kinds[kind] ?? world.settings.kinds[kind]?.label ?? kind;

export const dueText = ({ world }: Rendering, at: number | undefined): string | undefined =>
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

/** What an event is called: an approval that is not the last one grants nothing, and not every kind is signed. */
export const newsOf = ({ world, texts }: Rendering, event: string, item: Item | undefined): string | undefined => {
  if (event === 'ExtensionApproved' && item && openExtension(item)) return texts.news['ExtensionPassedOn'];
  if (event === 'HandInDrafted' && item && !itemContextOf(world).kindOf(item.kind).needsSignOff) return texts.news['HandInReady'];
  return texts.news[event];
};

const returnedWhy = ({ texts }: Rendering, { fault, reason }: Version): string =>
  [fault && texts.faults[fault], reason].filter(Boolean).join(texts.comma);

const stageOf = (rendering: Rendering, version: Version, item: Item): string => {
  const { texts } = rendering;
  if (version.decision === 'returned') {
    const stage = texts.news['ItemReturned']!;
    const why = returnedWhy(rendering, version);
    return why === '' ? stage : (fill(texts.lines.stageReason, { stage, reason: shortened(why) }) ?? stage);
  }
  if (version.decision === 'accepted') return texts.news['ItemAccepted']!;
  if (version.submittedAt !== undefined) return texts.news['ItemSubmitted']!;
  if (version.signedBy !== undefined) return texts.news['HandInSigned']!;
  return newsOf(rendering, version.checkedAt === undefined ? 'HandInDrafted' : 'DataChecked', item)!;
};

const handInText = (rendering: Rendering, item: Item): string | undefined => {
  const version = item.versions.at(-1);
  const { texts } = rendering;
  return (
    version &&
    fill(texts.lines.handIn, { no: String(version.no), outcome: texts.outcomes[version.outcome], stage: stageOf(rendering, version, item) })
  );
};

const extensionText = (rendering: Rendering, item: Item): string | undefined => {
  const extension = openExtension(item);
  const { texts } = rendering;
  return (
    extension &&
    fill(texts.lines.extension, {
      toAt: dueText(rendering, extension.toAt),
      stage: texts.news[extension.principalAt === undefined ? 'ExtensionAsked' : 'ExtensionPassedOn'],
    })
  );
};

const statusText = (rendering: Rendering, item: Item): string => {
  const { texts } = rendering;
  const longTerm = item.longTerm && fill(texts.lines.longTerm, { at: dueText(rendering, item.longTerm.deadlineAt) });
  return [texts.statuses[item.status], longTerm].filter(Boolean).join(' · ');
};

/** What others' table says of it; said as theirs, for it is no hand-in. */
const listedText = ({ texts }: Rendering, { listed }: Item): string | undefined => {
  const said = (listed?.at(-1)?.answers ?? [])
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => `${heading} ${shortened(text)}`);
  return said.length === 0 ? undefined : said.join(texts.comma);
};

export const factsOf = (rendering: Rendering, item: Item): Card['facts'] => {
  const { texts } = rendering;
  const due = [dueText(rendering, deadlineOf(item)), heatText(rendering, item)].filter(Boolean).join(' · ');
  const outer = outerLimitOf(item);
  const facts: readonly (readonly [keyof ItemTexts['facts'], string | undefined])[] = [
    ['kind', kindName(rendering, item)],
    ['status', statusText(rendering, item)],
    ['units', unitsText(rendering, item)],
    ['due', due],
    ['outer', outer && `${texts.levels[outer.level]} ${dueText(rendering, outer.at) ?? ''}`],
    ['handIn', handInText(rendering, item)],
    ['extension', extensionText(rendering, item)],
    ['listed', listedText(rendering, item)],
  ];
  return facts.flatMap(([key, value]) => (value ? [{ name: texts.facts[key], value }] : []));
};

export const subtaskLines = (rendering: Rendering, item: Item): readonly string[] =>
  item.subtasks.flatMap(({ no, title, ownerId, dueAt, doneAt }) => {
    const { texts, world } = rendering;
    const values = { no: String(no), title: title || '…', owner: nameOf(world, ownerId), dueAt: dueText(rendering, dueAt) };
    return fill(doneAt === undefined ? texts.lines.subtask : texts.lines.subtaskDone, values) ?? [];
  });

export const eventOf = ({ params }: Notice): string => String(params?.['event'] ?? '');

/** Who did what, and why where they said so; whoever did it knows who it was. */
export const newsLines = (rendering: Rendering, item: Item): readonly string[] => {
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
    ItemReturned: [version?.decidedBy, version && returnedWhy(rendering, version)],
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
    isReply ? undefined : fill(texts.lines.by, { by: nameOf(world, by ?? ''), what: newsOf(rendering, event, item) }),
    event === 'HandInDrafted'
      ? fill(texts.lines.said, { text: reason && shortened(reason) })
      : fill(texts.lines.reason, { reason: reason && shortened(reason) }),
  ];
  return lines.flatMap((line) => line ?? []);
};

export const rowOf = (rendering: Rendering, item: Item): string => {
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
