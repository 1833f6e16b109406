import { finishable, mayAct, maySee, wantsMore, type ItemActionType } from '../../../domain/items/next-actions.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import type { Turn } from '../../acts/speaker.ts';
import { actOnItem } from '../act-on-item.ts';
import { itemContextOf, readAll, readItem } from '../change-item.ts';
import { bundleNews } from './bundle-news.ts';
import { givenFor, joinFiles, rememberBegun, type Inputs } from './item-dialogue.ts';
import { isForm } from './item-form.ts';
import { readCommand } from './read-command.ts';
import { sayForm, sayItem, sayItems, sayRefused } from './say-items.ts';

/** A person's act on an item from a button, a form or words: done, refused with its reason, or asked for what it still lacks. */

/** Said with the word for an act, before anything was put in: which hand-in a card was about, and how it is said to end. */
const keys: readonly string[] = ['no', 'outcome', 'rows'];

const longestText = 4_000;

const putIn = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).flatMap(([id, text]) => (text.trim() === '' ? [] : [[id, text.slice(0, longestText).toWellFormed()]])),
  );

/** A new date does not take over the hour of the one before. */
const heldWith = ({ toTime, ...held }: Inputs, { to }: Inputs): Inputs => (to || toTime === undefined ? held : { ...held, toTime });

const eventOf = ({ change }: Turn, itemId: string): string =>
  change.events.findLast((event) => event.itemId === itemId && event.obligationId === undefined)?.event ?? '';

export const actInChat = async (turn: Turn, itemId: string, action: ItemActionType, said: Inputs): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const item = await readItem(world, change, itemId);
  if (!item) return [sayRefused(turn, 'unknownItem')];
  const context = itemContextOf(world);
  if (!maySee(item, person.id, context, change.now)) return [sayRefused(turn, 'wrongRole')];
  const given = givenFor(await readDialogue(turn), itemId, action, change.now);
  const inputs = { ...heldWith(given.inputs, said), ...putIn(said), ...soleSubtask(turn, item, action, said) };
  const files = joinFiles(given.files, message.files ?? []);
  const command = readCommand(world, item, action, inputs, files, { personId: person.id, channel: message.channel }, change.now);
  const { refusal } = await actOnItem(world, change, itemId, command);
  if (refusal === undefined) {
    await rememberBegun(turn, undefined);
    // the very same once more is taken without an event, and answered as it was the first time
    const saidBefore = action === 'report' ? 'ProgressReported' : 'HandInDrafted';
    return [sayItem(turn, itemId, eventOf(turn, itemId) || saidBefore)];
  }
  // What was begun for a hand-in that another has taken the place of is in nobody's way.
  if (refusal === 'outdated') await rememberBegun(turn, undefined);
  if (!wantsMore(refusal) || !isForm(action)) return [sayRefused(turn, refusal, itemId)];
  await rememberBegun(turn, { itemId, action, inputs, files });
  const names = files.map(({ name }) => name);
  const isBegun = Object.keys(inputs).every((key) => keys.includes(key));
  return isBegun
    ? [sayForm(turn, action, itemId, inputs, names)]
    : [sayRefused(turn, refusal, itemId, { form: action, inputs, files: names })];
};

/** The form for a plan with more rows, and what was put in already. */
export const growForm = async (turn: Turn, itemId: string, said: Inputs): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const item = await readItem(world, change, itemId);
  if (!item || !mayAct(item, 'split', person.id, itemContextOf(world), change.now)) return [sayRefused(turn, 'wrongRole')];
  const given = givenFor(await readDialogue(turn), itemId, 'split', change.now);
  const inputs = { ...given.inputs, ...putIn(said) };
  await rememberBegun(turn, { itemId, action: 'split', inputs, files: [] });
  return [sayForm(turn, 'split', itemId, inputs, [])];
};

/** Whoever has one part of an item need not say which. */
const soleSubtask = (turn: Turn, item: Item, action: ItemActionType, { no }: Inputs): Inputs => {
  if (action !== 'finishSubtask' || no) return {};
  const mine = item.subtasks.filter(({ ownerId, doneAt }) => ownerId === turn.person.id && doneAt === undefined).map((one) => one.no);
  const open = mine.length > 0 ? mine : finishable(item, turn.person.id, itemContextOf(turn.world), turn.change.now);
  return open.length === 1 ? { no: String(open[0]) } : {};
};

/** In one change, one item after another. */
export const mostAtOnce = 60;

/** The same plain act on several items: those that it is refused for stay as they are. */
export const actOnSeveral = async (turn: Turn, itemIds: readonly string[], action: 'receive' | 'urge'): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const ids = itemIds.slice(0, mostAtOnce);
  await readAll(world, change, ids);
  const before = change.notices.length;
  const done: Item[] = [];
  for (const id of ids) {
    const acted = await actOnItem(world, change, id, { type: action, personId: person.id, channel: message.channel });
    if (acted.refusal === undefined && acted.item) done.push(acted.item);
  }
  if (done.length === 0) return [sayRefused(turn, action === 'urge' ? 'nothingToUrge' : 'alreadyDone')];
  bundleNews(turn, before);
  return [sayItems(turn, action === 'urge' ? 'urged' : 'received', done)];
};
