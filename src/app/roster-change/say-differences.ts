import { startOf, type ShiftDifference } from '../../domain/roster-change/shift-differences.ts';
import type { Shift } from '../../domain/roster/roster.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { nameOf, type Turn } from '../acts/speaker.ts';
import { spanText } from '../shift-change/say-duty.ts';
import { put, textsOf } from './change-card.ts';

/** What a roster changes in words: how many shifts in all, of each unit, and the first of them one by one. */

const mostUnits = 20;
const mostShifts = 10;

const holdersText = (turn: Turn, shift: Shift | undefined): string => {
  const texts = textsOf(turn);
  const names = (shift?.holders ?? []).map(({ personId }) => nameOf(turn.world, personId));
  return names.length === 0 ? texts.nobody : names.join(texts.comma);
};

const countOf = (list: readonly ShiftDifference[]) => ({
  added: list.filter(({ type }) => type === 'added').length,
  changed: list.filter(({ type }) => type === 'changed').length,
  gone: list.filter(({ type }) => type === 'gone').length,
});

/** `nameOfPost`: of a post that is there only afterwards too. */
export const differenceLines = (
  turn: Turn,
  differences: readonly ShiftDifference[],
  nameOfPost: (postId: string) => string = (postId) => nameOf(turn.world, postId),
): readonly string[] => {
  const texts = textsOf(turn);
  const words = shiftChangeTextsFor(turn.message.locale);
  const byPost = [...Map.groupBy(differences, ({ postId }) => postId)];
  const shown = differences.toSorted((one, other) => startOf(one) - startOf(other)).slice(0, mostShifts);
  const rest = differences.length - shown.length;
  return [
    put(texts.lines.counts, countOf(differences)),
    ...(byPost.length < 2
      ? []
      : byPost.slice(0, mostUnits).map(([postId, list]) => put(texts.lines.unit, { unit: nameOfPost(postId), ...countOf(list) }))),
    ...shown.map((one) => {
      const shift = one.type === 'gone' ? one.before : one.after;
      const values = {
        post: nameOfPost(one.postId),
        span: spanText(turn.world, shift, words),
        before: holdersText(turn, one.type === 'added' ? undefined : one.before),
        after: holdersText(turn, one.type === 'gone' ? undefined : one.after),
      };
      return put(texts.lines[one.type], values);
    }),
    ...(rest > 0 ? [put(texts.lines.shiftsMore, { count: rest })] : []),
  ];
};
