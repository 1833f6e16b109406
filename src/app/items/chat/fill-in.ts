import type { Notice } from '../../../domain/escalation/notice.ts';
import { readItemAsk } from '../../../domain/items/item-words.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import { itemIn, readItem } from '../change-item.ts';
import { actInChat } from './act-in-chat.ts';
import { addItem } from './add-item.ts';
import type { Hearing } from './hearing.ts';
import { begunOf } from './item-dialogue.ts';
import { namesSomebody } from './read-plan.ts';
import { inputsOf, isForm, readFilledIn, soleTextOf } from './item-form.ts';

const shortest = 2;
/** Any words that come soon after may be a report or a reason for more time; what undoes others' work must be said as that. */
const plainForms: readonly string[] = ['report', 'extend'];
const plainMs = 10 * 60_000;

/** A form that was begun, answered in words: a line for each field, or the one text that is still wanted. */
export const fillIn = async ({ turn, said, words }: Hearing): Promise<readonly Notice[] | undefined> => {
  const { world, change, message } = turn;
  if (message.isGroup || (message.files ?? []).length > 0) return undefined;
  const begun = begunOf(await readDialogue(turn), change.now);
  if (!begun || begun.itemId === undefined || !isForm(begun.action)) return undefined;
  const item = begun.itemId === '' ? undefined : await readItem(world, change, begun.itemId);
  const form = inputsOf(world, item, begun.action, begun.inputs, itemTextsFor(message.locale), change.now);
  const lines = readFilledIn(message.text ?? '', form);
  const sole = soleTextOf(begun.action, begun.inputs);
  const plain = (message.text ?? '').trim();
  const isPlainText =
    said.intent === 'unclear' &&
    plainForms.includes(begun.action) &&
    change.now - begun.askedAt < plainMs &&
    plain.length >= shortest &&
    !itemVocabulary.unsure.test(plain) &&
    words.numbers.length + words.tails.length === 0 &&
    !readItemAsk(words, said.unit !== undefined, itemVocabulary);
  const isPlan = begun.action === 'split' && namesSomebody(world, plain) && words.numbers.length + words.tails.length === 0;
  const whole = isPlan ? { plan: plain } : sole !== undefined && isPlainText ? { [sole]: plain } : undefined;
  const given = Object.keys(lines).length > 0 ? lines : whole;
  if (!given) return undefined;
  if (begun.action === 'addItem') return addItem(turn, given);
  return item && itemIn(change, item.id) ? actInChat(turn, item.id, begun.action, given) : undefined;
};
