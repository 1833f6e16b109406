import type { Notice } from '../../domain/escalation/notice.ts';
import type { Obligation } from '../../domain/escalation/obligation.ts';
import { resolveRole } from '../../domain/escalation/resolve.ts';
import { acceptancesOf, isOver, type Handover } from '../../domain/handover/handover.ts';
import { fill, type Catalogue } from '../../messages/catalogue.ts';
import { handoverTextsFor, type HandoverTexts } from '../../messages/handover-texts.ts';
import type { Button, Card } from '../../ports/channel.ts';
import { nameOf, timeOf } from '../acts/speaker.ts';
import { dateTimeOf, durationIn, type ItemOf } from '../notices/render-items.ts';
import type { World } from '../world.ts';
import { stillToCome } from './act-on-handover.ts';
import { briefLines, namesOf } from './say-handover.ts';
import { waitingAt } from './waiting.ts';

/** Cards of a change of shift. */

export const isHandoverNotice = ({ template }: Notice): boolean =>
  template.startsWith('handover.') || template.startsWith('reply.handover');

/** The handover that a clock is about, as long as it waits. */
const handoverOf = (world: World, o: Obligation | undefined): Handover | undefined => {
  const pending = o && waitingAt(world.handovers, o.subject);
  return pending?.id === o?.itemId ? pending : undefined;
};

/** What must be read before its card can be put into words. */
export const itemsHandedOver = (world: World, o: Obligation | undefined): readonly string[] =>
  (o?.kind === 'handover' ? handoverOf(world, o) : undefined)?.due.map(({ itemId }) => itemId) ?? [];

type Values = { readonly [name: string]: string | undefined };

const named = (world: World, people: readonly string[], texts: HandoverTexts): string =>
  people
    .map((id) => nameOf(world, id))
    .filter(Boolean)
    .join(texts.comma);

/** Those who come; once some of them have, those who are waited for. */
const comingIn = (world: World, handover: Handover, texts: HandoverTexts): string =>
  acceptancesOf(handover).length > 0 && !isOver(handover)
    ? named(world, stillToCome(handover), texts)
    : namesOf(world, handover.incoming, texts);

const valuesOfClock = (
  world: World,
  o: Obligation,
  handover: Handover | undefined,
  words: Catalogue,
  texts: HandoverTexts,
  now: number,
): Values => {
  const role = (which: 'incoming' | 'onDuty' | 'coDuty') => resolveRole(world.directory, which, o.subject, now);
  const coming = handover ? comingIn(world, handover, texts) : named(world, role('incoming'), texts);
  const phones = role('incoming').map((id) => `${nameOf(world, id)} ${world.directory.people.get(id)?.mobile ?? ''}`.trim());
  return {
    post: nameOf(world, o.subject),
    at: dateTimeOf(world, handover?.at ?? o.answerBy),
    incoming: coming,
    outgoing: handover ? namesOf(world, handover.outgoing, texts) : named(world, [...role('onDuty'), ...role('coDuty')], texts),
    overdue: durationIn(Math.max(0, now - (handover?.at ?? o.answerBy)), words),
    phones: phones.join(texts.comma),
    by: o.status === 'answered' ? nameOf(world, o.endedBy ?? '') : undefined,
    endedAt: o.status === 'answered' && o.endedAt !== undefined ? timeOf(world, o.endedAt) : undefined,
    reason: o.endReason === undefined ? undefined : words.reasons[o.endReason],
  };
};

const textIn = (params: Notice['params'], key: string): string | undefined => {
  const value = params?.[key];
  return typeof value === 'string' ? value : undefined;
};

const valuesOfParams = (world: World, { params }: Notice, texts: HandoverTexts): Values => {
  const untilAt = params?.['untilAt'];
  const acceptedAt = params?.['acceptedAt'];
  const isAhead = typeof untilAt === 'number' && typeof acceptedAt === 'number' && untilAt > acceptedAt;
  return {
    ...(textIn(params, 'postId') === undefined ? {} : { post: nameOf(world, textIn(params, 'postId')!) }),
    ...(textIn(params, 'by') === undefined ? {} : { by: nameOf(world, textIn(params, 'by')!) }),
    note: textIn(params, 'note'),
    left: Array.isArray(params?.['left']) ? named(world, params['left'] as readonly string[], texts) : undefined,
    until: isAhead ? dateTimeOf(world, untilAt) : undefined,
    done: typeof acceptedAt === 'number' && !isAhead ? dateTimeOf(world, acceptedAt) : undefined,
  };
};

const noteInput = 'note';

const buttonsOf = (
  notice: Notice,
  obligationId: string | undefined,
  handover: Handover | undefined,
  texts: HandoverTexts,
): readonly Button[] => {
  const about = obligationId === undefined ? {} : { obligationId };
  const accept: Button = {
    title: texts.buttons.acceptHandover,
    value: { action: 'acceptHandover', ...about },
    style: 'positive',
    ignoresInputs: true,
  };
  const delay: Button = { title: texts.buttons.delayHandover, value: { action: 'delayHandover', ...about }, ignoresInputs: true };
  const note: Button = { title: texts.buttons.noteHandover, value: { action: 'noteHandover', ...about } };
  switch (notice.template) {
    case 'handover.ask':
    case 'handover.remind':
      return [accept, delay];
    case 'handover.leave':
    case 'handover.stay':
      return [note];
    case 'reply.handoverShown':
      return notice.params?.['side'] === 'incoming' ? [accept, delay] : notice.params?.['side'] === 'outgoing' ? [note] : [];
    case 'handover.over':
      // Another accepted for the post; whoever comes with them may still say so too.
      return handover?.acceptedAt !== undefined && stillToCome(handover).includes(notice.to)
        ? [{ ...accept, title: texts.buttons.joinHandover }]
        : [];
    default:
      return [];
  }
};

const toneOf = ({ template }: Notice): Card['tone'] => {
  if (template === 'handover.ask' || template === 'handover.remind') return 'asking';
  if (template === 'handover.alert') return 'alert';
  return template === 'handover.over' ? 'done' : 'neutral';
};

/** `handover` as it stands, where it still waits; the clock tells the rest. */
export const renderHandoverNotice = (
  world: World,
  notice: Notice,
  o: Obligation | undefined,
  now: number,
  itemOf: ItemOf,
  words: Catalogue,
): { readonly card: Card; readonly text: string } => {
  const locale = notice.params?.['locale'];
  const texts = handoverTextsFor(locale);
  const { template } = notice;
  const wording = words.messages[template];
  const handover = handoverOf(world, o) ?? (o?.itemId === undefined ? undefined : itemOf.handover?.(o.itemId));
  const values = { ...(o ? valuesOfClock(world, o, handover, words, texts, now) : {}), ...valuesOfParams(world, notice, texts) };
  const each =
    (notice.params?.['lines'] as readonly string[] | undefined) ?? (handover ? briefLines(world, handover, itemOf, words, texts) : []);
  const title = fill(wording.title, values) ?? wording.title;
  const lines = (wording.lines ?? []).flatMap((pattern) => (pattern === '{each}' ? each : (fill(pattern, values) ?? [])));
  const buttons = buttonsOf(notice, textIn(notice.params, 'obligationId') ?? o?.id, handover, texts);
  const wantsNote = buttons.some(({ value }) => value.action === 'noteHandover');
  const inputs = wantsNote
    ? { inputs: [{ id: noteInput, label: texts.noteLabel, type: 'text' as const, isRequired: true, isMultiline: true }] }
    : {};
  return { card: { title, tone: toneOf(notice), lines, facts: [], ...inputs, buttons }, text: [title, ...lines].join('\n') };
};
