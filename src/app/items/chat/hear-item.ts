import type { Intent, Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { readFault, readItemAsk, readReason, readReferences, readReport, type ItemAsk } from '../../../domain/items/item-words.ts';
import type { ItemActionType } from '../../../domain/items/next-actions.ts';
import { localDay, toIso } from '../../../domain/local-time.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import { readOwed, type Turn } from '../../acts/speaker.ts';
import type { Board } from '../board.ts';
import { answerAcceptAll } from './accept-all.ts';
import { act } from './act-as-heard.ts';
import { answerAsk, mine } from './answer-ask.ts';
import { fillIn } from './fill-in.ts';
import { namesItem, readNames, type Hearing } from './hearing.ts';
import type { Inputs } from './item-dialogue.ts';
import { keepList } from './page-list.ts';
import { isFiled, takeFiles } from './take-files.ts';

/** What somebody types about items: understood, resolved to one item, and done; or asked back with buttons, never guessed. */

const actOfIntent: { readonly [intent in Intent]?: ItemActionType } = {
  receiveItem: 'receive',
  reportProgress: 'report',
  closeItem: 'draft',
  requestExtension: 'extend',
  approve: 'approve',
  reject: 'reject',
};

/** Intents that may hide words about an item; everything else is what it is. */
const open: readonly Intent[] = ['unclear', 'undo', 'dashboard'];

export type Rehear = (text: string) => Understood;

/** Somebody's words about items; undefined where they are about something else. */
export const hearItem = async (turn: Turn, said: Understood, board: Board, rehear: Rehear): Promise<readonly Notice[] | undefined> => {
  const replies = await hear(turn, said, board, rehear);
  return replies && keepList(turn, replies);
};

/** Words that are for several items at once, or for a list: other words of theirs mean one item, or none. */
const plural: readonly ItemAsk['ask'][] = ['acceptAll', 'more'];

const hear = async (spoken: Turn, said: Understood, board: Board, rehear: Rehear): Promise<readonly Notice[] | undefined> => {
  const { text = '', files = [] } = spoken.message;
  const answered = await answerAcceptAll(spoken, said.answer);
  if (answered) return answered;
  // The commonest word of all, and never one about an item.
  if (said.intent === 'acknowledge' && files.length === 0) return undefined;
  const isMaybeAboutItems = files.length > 0 || open.includes(said.intent) || actOfIntent[said.intent] !== undefined;
  const words = isMaybeAboutItems ? await readNames(text, board) : readReferences(text, itemVocabulary);
  const turn = inTheirLanguage(spoken, words.rest);
  const hearing: Hearing = { turn, said, board, words };
  const asked = readItemAsk(words, said.unit !== undefined, itemVocabulary);
  if (asked && plural.includes(asked.ask)) return isMeant(hearing, asked) ? answerAsk(hearing, asked) : undefined;
  const report = readReport(text, itemVocabulary);
  if (report && !itemVocabulary.question.test(report.rest)) return act({ ...hearing, words: report }, 'report', { text: report.rest });
  const filled = said.intent === 'unclear' || /[:：]/u.test(text) ? await fillIn(hearing) : undefined;
  if (filled) return filled;
  const known = actOfIntent[said.intent];
  if (known) return actAsSaid(hearing, known);
  if (said.intent === 'myItems') return mine(hearing);
  if (files.length > 0 && (said.intent === 'unclear' || said.intent === 'acknowledge')) return hearWithFiles(hearing, asked);
  if (!open.includes(said.intent)) return undefined;
  if (asked && isMeant(hearing, asked)) return answerAsk(hearing, asked);
  if (said.intent !== 'unclear' || !namesItem(words)) return undefined;
  // Without the digits in it, it may be plain: `办结了 0012`.
  const again = rehear(words.rest);
  const meant = actOfIntent[again.intent];
  return meant && actAsSaid({ ...hearing, said: again }, meant);
};

/** A check that is open is answered with a picture too; otherwise files are about an item. */
const hearWithFiles = async (hearing: Hearing, asked: ItemAsk | undefined): Promise<readonly Notice[] | undefined> => {
  const { turn, said, board, words } = hearing;
  if (said.intent === 'acknowledge' && (await readOwed(turn)).length > 0) return undefined;
  // What they are for may be said with them: `签字盖章 0012`, with the scan.
  if (asked?.ask === 'act' && isFiled(asked.action) && isMeant(hearing, asked)) return answerAsk(hearing, asked);
  return takeFiles(turn, board, said.intent === 'acknowledge' ? '' : words.rest, words);
};

/** Asking whether it was done does nothing; and in a group only what names its item is meant for us. */
const isMeant = ({ turn, said, words }: Hearing, { ask }: ItemAsk): boolean => {
  if (turn.message.isGroup && !(ask === 'act' && namesItem(words))) return false;
  return ask === 'act' ? !itemVocabulary.question.test(words.rest) : said.intent !== 'undo';
};

/** Whoever writes English about an item reads English; the letters of its number belong to no language. */
const inTheirLanguage = (turn: Turn, rest: string): Turn => {
  const isEnglish = /\p{Script=Latin}{4}/u.test(rest) && !/\p{Script=Han}/u.test(rest);
  return isEnglish && turn.message.locale === undefined ? { ...turn, message: { ...turn.message, locale: 'en' } } : turn;
};

const actAsSaid = (hearing: Hearing, action: ItemActionType): Promise<readonly Notice[] | undefined> => {
  const { said, words } = hearing;
  const until = said.toAt ?? said.fromAt;
  const reason = readReason(words.rest, itemVocabulary);
  switch (action) {
    case 'extend':
      return act(hearing, action, { ...(until === undefined ? {} : datePut(hearing, until)), ...(reason ? { reason } : {}) });
    case 'reject':
      return reject(hearing, reason);
    default:
      return act(hearing, action, {});
  }
};

/** As a chooser would have sent it: a day that a date ends with is that day. */
const datePut = ({ turn }: Hearing, at: number): Inputs => {
  const { timeZone } = turn.world.settings;
  const [date = '', time = ''] = toIso(timeZone, at, 'minute').slice(0, 16).split('T');
  return time === '00:00' ? { to: localDay(timeZone, at - 1).date } : { to: date, toTime: time };
};

/** What is refused is a date that was asked for, or a hand-in; where it could be neither, it is about something else. */
const reject = async (hearing: Hearing, reason: string): Promise<readonly Notice[] | undefined> => {
  const inputs: Inputs = reason ? { reason } : {};
  const isReturn = itemVocabulary.returning.test(hearing.words.rest.trim());
  if (!isReturn) return act(hearing, 'reject', inputs);
  const fault = readFault(reason, itemVocabulary);
  return act(hearing, 'return', { ...inputs, ...(fault && { fault }) });
};
