import { readDates } from '../../../domain/command/read-dates.ts';
import { resolvePeriod } from '../../../domain/command/period.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { decideItem } from '../../../domain/items/decide-item.ts';
import type { ItemCommand } from '../../../domain/items/item-command.ts';
import type { ItemRefusal } from '../../../domain/items/item-refusal.ts';
import { isItemEnded, type Item } from '../../../domain/items/item.ts';
import { fill } from '../../../messages/catalogue.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import { vocabulary } from '../../../messages/vocabulary.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import { readOwed, type Turn } from '../../acts/speaker.ts';
import { actOnItem } from '../act-on-item.ts';
import { itemContextOf, itemIn, readAll } from '../change-item.ts';
import { mostAtOnce } from './act-in-chat.ts';
import { bundleNews } from './bundle-news.ts';
import type { Desk } from './find-items.ts';
import type { Hearing } from './hearing.ts';
import { begunOf, rememberBegun } from './item-dialogue.ts';
import { sayItems, sayRefused } from './say-items.ts';

/**
 * The office accepts at once what it has looked at: shown first with what is left out and why, done after one yes. Each
 * is decided by itself, so that nobody's own work passes among the others'. What wants no signature is struck off too.
 */

const action = 'acceptAll';
const mostNotes = 12;
const proposalMs = 30 * 60_000;

type Next = Extract<ItemCommand, { readonly type: 'accept' | 'close' }>;

const nextOf = ({ world, person, message }: Turn, item: Item): Next => {
  const by = { personId: person.id, channel: message.channel };
  const isLeft = item.status === 'accepted' && !itemContextOf(world).kindOf(item.kind).needsSignOff;
  return isLeft ? { ...by, type: 'close' } : { ...by, type: 'accept', versionNo: item.versions.length };
};

type LeftOut = { readonly item: Item; readonly refusal: ItemRefusal };

const notesOf = ({ message }: Turn, leftOut: readonly LeftOut[]): readonly string[] => {
  const texts = itemTextsFor(message.locale);
  const lines = leftOut
    .slice(0, mostNotes)
    .map(({ item, refusal }) => fill(texts.lines.leftOut, { number: item.number, refusal: texts.refusals[refusal] }) ?? item.number);
  const more = leftOut.length - mostNotes;
  return more > 0 ? [...lines, fill(texts.lists.more, { count: String(more) }) ?? ''] : lines;
};

/** Shown before anything is done; which hand-in was looked at goes with each. */
const propose = async (turn: Turn, items: readonly Item[]): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  const context = itemContextOf(world);
  const judged = items.map((item) => ({ item, refusal: decideItem(item, nextOf(turn, item), context, change.now).refusal }));
  const able = judged.flatMap(({ item, refusal }) => (refusal === undefined ? [item] : [])).slice(0, mostAtOnce);
  const leftOut = judged.flatMap(({ item, refusal }) => (refusal === undefined ? [] : [{ item, refusal }]));
  const notes = notesOf(turn, leftOut);
  if (able.length === 0) return [sayItems(turn, 'passedNone', [], { notes })];
  const marks = able.map(({ id, versions }) => `${id}:${versions.length}`).join(',');
  await rememberBegun(turn, { action, inputs: { itemIds: marks }, files: [] });
  return [sayItems(turn, 'acceptAll', able, { action, notes, marks })];
};

/** `今天的日报告全部通过`: of a kind that is named, of the days and units that are. */
export const acceptAllOf = async ({ turn, said, words }: Hearing, desk: Desk): Promise<readonly Notice[] | undefined> => {
  if (!desk.isOffice) return [sayRefused(turn, 'notForYou')];
  const { settings } = turn.world;
  const text = words.rest.normalize('NFKC').toLowerCase();
  const isNamed = (label: string | undefined) => label !== undefined && text.includes(label.toLowerCase());
  const kinds = Object.values(settings.kinds)
    .filter(({ name, label }) => [itemTextsFor('zh').kinds[name], itemTextsFor('en').kinds[name], label].some(isNamed))
    .map(({ name }) => name);
  const { tokens } = readDates(text, vocabulary.dates);
  const { period } = resolvePeriod(tokens, turn.change.now, settings.timeZone);
  const units = (said.units ?? []).map(({ id }) => id);
  const isMeant = (item: Item) =>
    !isItemEnded(item) &&
    item.status !== 'closed' &&
    (kinds.length > 0 ? kinds.includes(item.kind) : item.status === 'submitted') &&
    (period === undefined || (item.handedOverAt >= period.fromAt && item.handedOverAt < (period.toAt ?? Number.POSITIVE_INFINITY))) &&
    (units.length === 0 || item.parts.some(({ unitId }) => units.includes(unitId)));
  return propose(turn, desk.visible.filter(isMeant));
};

/** The button under a list. */
export const acceptAllListed = async (turn: Turn, desk: Desk, itemIds: readonly string[]): Promise<readonly Notice[]> =>
  desk.isOffice
    ? propose(
        turn,
        desk.visible.filter(({ id }) => itemIds.includes(id)),
      )
    : [sayRefused(turn, 'notForYou')];

const waiting = async (turn: Turn): Promise<string | undefined> => {
  const begun = begunOf(await readDialogue(turn), turn.change.now);
  if (begun?.action !== action || turn.change.now - begun.askedAt >= proposalMs) return undefined;
  // A check that came after the question is what they answer.
  return (await readOwed(turn)).some(({ openedAt }) => openedAt >= begun.askedAt) ? undefined : begun.inputs['itemIds'];
};

/** Plain yes or no; undefined where nothing waits for it. */
export const answerAcceptAll = async (turn: Turn, answer: 'yes' | 'no' | undefined): Promise<readonly Notice[] | undefined> => {
  const marks = answer === undefined || turn.message.isGroup ? undefined : await waiting(turn);
  if (marks === undefined) return undefined;
  if (answer === 'yes') return acceptAll(turn, marks);
  await rememberBegun(turn, undefined);
  return [sayRefused(turn, 'nothingDone')];
};

/** What was shown, as it was shown: one that has been handed in anew since stays as it is. */
export const acceptAll = async (turn: Turn, marks: string): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const shown = marks
    .split(',')
    .slice(0, mostAtOnce)
    .map((mark) => ({ id: mark.slice(0, mark.lastIndexOf(':')), no: Number(mark.slice(mark.lastIndexOf(':') + 1)) }))
    .filter(({ id, no }) => id.startsWith('i') && Number.isInteger(no));
  await readAll(
    world,
    change,
    shown.map(({ id }) => id),
  );
  const before = change.notices.length;
  const done: Item[] = [];
  const leftOut: LeftOut[] = [];
  for (const { id, no } of shown) {
    const item = itemIn(change, id);
    if (!item) continue;
    const next = nextOf(turn, item);
    const acted = await actOnItem(world, change, id, next.type === 'accept' ? { ...next, versionNo: no } : next);
    if (acted.refusal !== undefined) {
      leftOut.push({ item, refusal: acted.refusal });
      continue;
    }
    if (next.type === 'accept' && !itemContextOf(world).kindOf(item.kind).needsSignOff)
      await actOnItem(world, change, id, { type: 'close', personId: person.id, channel: message.channel });
    done.push(itemIn(change, id)!);
  }
  await rememberBegun(turn, undefined);
  bundleNews(turn, before);
  return [sayItems(turn, done.length === 0 ? 'passedNone' : 'passed', done, { notes: notesOf(turn, leftOut) })];
};
