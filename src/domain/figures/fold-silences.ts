import type { LedgerEvent } from '../ledger/event.ts';
import type { PostId } from '../roster/roster.ts';
import { isPostId } from '../roster/subject.ts';
import { categoryOf, isCounted, type SeenCheck } from './check-category.ts';
import type { Period } from './period.ts';
import { seeCheck, tell } from './see-check.ts';

/** From the verdict on, epoch ms; `to` where the post has been heard of again. */
type Silence = { readonly id: string; readonly check: SeenCheck; readonly from: number; to?: number };

export type SilencesFold = {
  readonly take: (event: LedgerEvent) => void;
  readonly of: (postId: PostId, asOf: number) => readonly { readonly from: number; readonly to: number }[];
};

/** By the same rule as the league: what reached nobody, failed with its channel or was left out upon appeal says nothing of anybody. */
const isSilent = (check: SeenCheck): boolean => {
  const category = categoryOf(check, Number.POSITIVE_INFINITY);
  return check.isDelivered && isCounted(category) && category !== 'onPost';
};

/** When posts were not heard of although somebody there was asked: from the verdict on a check until the next proven contact. */
export const foldSilences = ({ fromAt, toAt }: Period): SilencesFold => {
  const open = new Map<string, SeenCheck>();
  const byPost = new Map<PostId, readonly Silence[]>();
  /** Checks whose silence is remembered: an appeal names its check alone. */
  const silent = new Map<string, SeenCheck>();
  const ofPost = (postId: PostId): readonly Silence[] => byPost.get(postId) ?? [];

  const begin = (id: string, check: SeenCheck, at: number): void => {
    silent.set(id, check);
    byPost.set(check.subject, [...ofPost(check.subject), { id, check, from: at }]);
  };

  /** What lies outside of the period is remembered no longer. */
  const hear = ({ at, data }: LedgerEvent): void => {
    const postId = data['subject'] as PostId;
    const known = byPost.get(postId);
    if (known?.at(-1)?.to !== undefined || known === undefined) return;
    const kept: Silence[] = [];
    for (const one of known) {
      one.to ??= at;
      if (one.to > fromAt && one.from < toAt) kept.push(one);
      else silent.delete(one.id);
    }
    byPost.set(postId, kept);
  };

  const leaveOut = (id: string): void => {
    const check = open.get(id) ?? silent.get(id);
    if (check) check.isLeftOut = true;
  };

  const take = (event: LedgerEvent): void => {
    const { obligationId: id, at, data } = event;
    if (event.event === 'CheckOpened') {
      if (id !== undefined && isPostId(data['subject'] as string)) open.set(id, seeCheck(event));
      return;
    }
    if (event.event === 'MassFailureFound') {
      for (const check of open.values()) if (check.roundId === data['roundId']) check.isMassFailure = true;
      return;
    }
    // what is said about an item proves nothing about the post
    if (event.event === 'ContactProven' || (event.event === 'AnswerRecorded' && event.itemId === undefined)) hear(event);
    if (id === undefined) return;
    if (event.event === 'AppealUpheld') {
      leaveOut(id);
      return;
    }
    const check = open.get(id);
    if (!check) return;
    if (tell(check, event)) open.delete(id);
    if (event.event === 'ObligationMissed') begin(id, check, at);
  };

  return {
    take,
    of: (postId, asOf) => ofPost(postId).flatMap(({ check, from, to = asOf }) => (from < to && isSilent(check) ? [{ from, to }] : [])),
  };
};
