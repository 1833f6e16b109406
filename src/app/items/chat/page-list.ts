import type { Notice } from '../../../domain/escalation/notice.ts';
import { readDialogue, writeDialogue } from '../../acts/dialogue.ts';
import { reply, type Turn } from '../../acts/speaker.ts';
import { pageRows } from '../cards/said.ts';
import { sayRefused } from './say-items.ts';

/** Long lists come in pages: the next one follows the list that was shown last. */

const keptMs = 3_600_000;

const idsIn = (params: Notice['params']): readonly unknown[] => (Array.isArray(params?.['itemIds']) ? params['itemIds'] : []);

/** Remembers a list that has more than was shown of it. */
export const keepList = async (turn: Turn, replies: readonly Notice[]): Promise<readonly Notice[]> => {
  const shown = replies.findLast(({ template, params }) => template === 'reply.items' && idsIn(params).length > pageRows);
  if (!shown) return replies;
  const dialogue = await readDialogue(turn);
  const shownAt = Number(shown.params?.['listedAt'] ?? turn.change.now);
  writeDialogue(turn, { ...dialogue, list: { shownAt, params: { ...shown.params, listedAt: shownAt } } });
  return replies.map((one) => (one === shown ? { ...one, params: { ...one.params, listedAt: shownAt } } : one));
};

/** The next page; undefined where no list waits, and somebody may mean something else. `of`: the list that a button stands under. */
export const sayMore = async (
  turn: Turn,
  of?: { readonly listedAt: number; readonly from: number },
): Promise<readonly Notice[] | undefined> => {
  const { list, ...rest } = await readDialogue(turn);
  const isOver = !list || turn.change.now - list.shownAt >= keptMs || (of !== undefined && of.listedAt !== list.shownAt);
  if (isOver) return of === undefined ? undefined : [sayRefused(turn, 'listOver')];
  const from = of?.from ?? Number(list.params['from'] ?? 0) + pageRows;
  if (from >= idsIn(list.params as Notice['params']).length) return [sayRefused(turn, 'listOver')];
  const params = { ...list.params, from };
  writeDialogue(turn, { ...rest, list: { ...list, params } });
  const { locale: _, ...said } = params as NonNullable<Notice['params']>;
  return [reply(turn, 'reply.items', said)];
};
