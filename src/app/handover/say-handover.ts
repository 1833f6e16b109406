import type { Handover } from '../../domain/handover/handover.ts';
import { acceptancesOf, hasAccepted, isOver, type HandoverNote } from '../../domain/handover/handover.ts';
import { newcomersOf, officersOf } from '../../domain/handover/relief.ts';
import { fill, type Catalogue } from '../../messages/catalogue.ts';
import { en } from '../../messages/en.ts';
import { handoverTextsFor, type HandoverTexts } from '../../messages/handover-texts.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import type { Holder } from '../../domain/roster/roster.ts';
import { nameOf, timeOf } from '../acts/speaker.ts';
import { withoutComplainants } from '../notices/item-text.ts';
import { dateTimeOf, shortened, type ItemOf } from '../notices/render-items.ts';
import type { World } from '../world.ts';

/** A handover in words. */

export const namesOf = (world: World, holders: readonly Holder[], texts: Pick<HandoverTexts, 'comma'>): string =>
  officersOf(holders)
    .map((personId) => nameOf(world, personId))
    .filter(Boolean)
    .join(texts.comma);

export const catalogueFor = (locale: string | undefined): Catalogue => (locale?.startsWith('en') ? en : zhCN);

/** The items that are named in a briefing. */
export const itemsOf = async ({ store }: World, handovers: readonly Handover[]): Promise<ItemOf> => {
  const ids = [...new Set(handovers.flatMap(({ due }) => due.map(({ itemId }) => itemId)))];
  const found = ids.length === 0 ? [] : await store.load(ids);
  const items = new Map(found.flatMap((one) => (one?.aggregate.type === 'item' ? [[one.id, one.aggregate.state] as const] : [])));
  return (id) => items.get(id);
};

const mostLines = 12;

const bound = (lines: readonly string[], texts: HandoverTexts): readonly string[] =>
  lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines - 1), fill(texts.lines.more, { count: String(lines.length - mostLines + 1) }) ?? ''];

/** What is handed over: what is open, what falls due in the next shift, what was noted. */
export const briefLines = (world: World, handover: Handover, itemOf: ItemOf, words: Catalogue, texts: HandoverTexts): readonly string[] => {
  const { open, due, notes, delays } = handover;
  const openLines = open.map(({ kind, subject, at }) =>
    fill(texts.lines.open, { kind: words.kinds[kind], subject: nameOf(world, subject), at: dateTimeOf(world, at) }),
  );
  const dueLines = due.map(({ itemId, kind, dueAt }) => {
    const item = itemOf(itemId);
    const number = item?.number ?? itemId.slice(1);
    // those on post need to know that it falls due, and not who complained
    const text = item ? shortened(withoutComplainants(item.text)) : '…';
    return fill(texts.lines.due, { dueAt: dateTimeOf(world, dueAt), kind: words.kinds[kind], number, text });
  });
  const noteLines = linesOfNotes(world, notes, texts);
  const comeLines = isOver(handover)
    ? []
    : acceptancesOf(handover).map(({ by, at }) => fill(texts.lines.come, { by: nameOf(world, by), at: timeOf(world, at) }));
  const delayLines = delays.map(({ by, at }) => fill(texts.lines.delay, { by: nameOf(world, by), at: timeOf(world, at) }));
  const matters = [...openLines, ...dueLines].flatMap((line) => line ?? []);
  const said = [...noteLines, ...comeLines, ...delayLines].flatMap((line) => line ?? []);
  return [...bound(matters.length === 0 ? [texts.lines.nothing] : matters, texts), ...said];
};

/** One line for lists: who, when, and what came of it. */
export const summaryOf = (world: World, handover: Handover, locale: unknown): string => {
  const texts = handoverTextsFor(locale);
  const { postId, at, outgoing, incoming, acceptedAt, acceptedBy, lapsedAt, lapseReason } = handover;
  const values = {
    post: nameOf(world, postId),
    at: dateTimeOf(world, at),
    outgoing: namesOf(world, outgoing, texts),
    incoming: namesOf(world, incoming, texts),
    by: nameOf(world, acceptedBy ?? ''),
    acceptedAt: acceptedAt === undefined ? undefined : dateTimeOf(world, acceptedAt),
    reason: lapseReason && texts.reasons[lapseReason],
  };
  if (!isOver(handover)) return fill(texts.lines.waiting, values) ?? values.post;
  return fill(lapsedAt === undefined ? texts.lines.done : texts.lines.lapsed, values) ?? values.post;
};

const linesOfNotes = (world: World, notes: readonly HandoverNote[], texts: HandoverTexts): readonly string[] =>
  notes.flatMap(({ by, text }) => fill(texts.lines.note, { by: nameOf(world, by), text }) ?? []);

/** What is noted about a post so far, and how much it is; `isKept`: its handover has not begun. */
export const notedLines = (world: World, notes: readonly HandoverNote[], isKept: boolean, texts: HandoverTexts): readonly string[] => [
  fill(isKept ? texts.lines.kept : texts.lines.noted, { count: String(notes.length) }) ?? '',
  ...linesOfNotes(world, notes, texts),
];

/** What somebody reads who has come beside others: whom the post still waits for, or who had it accepted before. */
const joinedLine = (world: World, handover: Handover, texts: HandoverTexts): string => {
  const { postId, outgoing, incoming, acceptedAt, acceptedBy } = handover;
  const left = newcomersOf(incoming, outgoing).filter((personId) => !hasAccepted(handover, personId));
  const values = {
    post: nameOf(world, postId),
    outgoing: namesOf(world, outgoing, texts),
    left: left.map((personId) => nameOf(world, personId)).join(texts.comma),
    by: nameOf(world, acceptedBy ?? ''),
    at: acceptedAt === undefined ? undefined : dateTimeOf(world, acceptedAt),
  };
  return fill(acceptedAt === undefined ? texts.lines.joined : texts.lines.joinedAfter, values) ?? values.post;
};

/** What somebody reads who has just accepted. */
export const acceptedLine = (world: World, handover: Handover, personId: string, now: number, locale: unknown): string => {
  const texts = handoverTextsFor(locale);
  if (handover.acceptedBy !== personId) return joinedLine(world, handover, texts);
  const { postId, at, outgoing } = handover;
  const values = { post: nameOf(world, postId), at: dateTimeOf(world, Math.max(at, now)), outgoing: namesOf(world, outgoing, texts) };
  return fill(at > now ? texts.lines.acceptedAhead : texts.lines.accepted, values) ?? values.post;
};
