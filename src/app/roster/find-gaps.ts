import type { Directory } from '../../domain/organisation/directory.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import { findGaps as decideGaps } from '../../domain/roster/find-gaps.ts';
import type { GapReason } from '../../domain/roster/find-gaps.ts';
import type { Iso } from '../views/view-page.ts';

export type GapRow = {
  readonly unit: string;
  readonly post: string;
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  readonly reason: GapReason;
};

export type GapsAnswer = { readonly ok: true; readonly gaps: readonly GapRow[] };

const hourMs = 3_600_000;

/** Where posts are empty or short. Without a window: between the roster's first and last shift. */
export const findGaps = (
  { roster, posts, units }: Directory,
  iso: Iso,
  window: { readonly from?: number; readonly to?: number } = {},
): GapsAnswer => {
  const from = window.from ?? roster.shifts.reduce((least, shift) => Math.min(least, shift.from), Infinity);
  const to = window.to ?? roster.shifts.reduce((most, shift) => Math.max(most, shift.to), -Infinity);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { ok: true, gaps: [] };
  const gaps = decideGaps(roster, from, to).map((gap): GapRow => {
    const post = posts.get(gap.postId);
    const unit = post && units.get(post.unitId);
    return {
      unit: unit ? shortNameOf(unit) : '',
      post: post?.name ?? gap.postId,
      from: iso(gap.from),
      to: iso(gap.to),
      hours: Math.round(((gap.to - gap.from) / hourMs) * 100) / 100,
      reason: gap.reason,
    };
  });
  return { ok: true, gaps };
};
