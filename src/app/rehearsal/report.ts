import type { CampaignSettings } from '../../domain/campaign.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { findGaps, type GapRow } from '../roster/find-gaps.ts';
import { isoIn, type Iso } from '../views/view-page.ts';
import { findThin, findWeakLadders, type ThinReason } from './find-thin.ts';
import type { ChannelLoad, LimitLoad } from './load.ts';
import type { Part } from './people.ts';
import { wordOfKind, type ItemRate } from './play-items.ts';
import type { Played } from './play-campaign.ts';
import type { ItemTally, KindTally, Tally } from './tally.ts';

type Where = { readonly post: string; readonly unit: string };
type Span = { readonly from: string; readonly to: string; readonly hours: number };

export type PersonRow = {
  readonly name: string;
  readonly unit: string;
  readonly part: Part;
  readonly day: number;
  readonly night: number;
  readonly questions: number;
  readonly mostInADay: number;
};

export type PostRow = Where & {
  readonly questions: number;
  readonly perDay: number;
  readonly late: number;
  readonly missed: number;
  readonly steps: number;
};

type WithIso<T> = Omit<T, 'peakAt'> & { readonly peakAt: string | null };
export type LimitRow = WithIso<LimitLoad>;
export type ChannelRow = WithIso<Omit<ChannelLoad, 'limits'>> & { readonly limits: readonly LimitRow[] };

/** One kind of item; `kind` is what people call it. */
export type ItemRow = ItemTally & { readonly kind: string; readonly perDay: number; readonly notHandedIn: number };

/** What a rehearsal found. Times are ISO 8601 in the campaign's zone. */
export type RehearsalReport = {
  readonly ok: true;
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly seed: number;
  readonly silent: number;
  readonly totals: {
    readonly posts: number;
    readonly people: number;
    readonly questions: number;
    readonly messages: number;
    readonly nightMessages: number;
    readonly groupMessages: number;
    readonly answers: number;
    readonly ledgerRows: number;
  };
  /** Whoever gets most by night first. */
  readonly people: readonly PersonRow[];
  readonly posts: readonly PostRow[];
  readonly gaps: readonly GapRow[];
  readonly thin: readonly (Where & Span & { readonly reason: ThinReason })[];
  /** Steps of the ladder for checks that name nobody; `left` is empty where the whole ladder does. */
  readonly weakLadders: readonly (Where &
    Span & { readonly policy: string; readonly missing: readonly string[]; readonly left: readonly string[] })[];
  /** Nobody in the unit is left: only the office, or nobody at all. */
  readonly endsWithNobody: RehearsalReport['weakLadders'];
  readonly kinds: readonly (KindTally & { readonly kind: string })[];
  /** Without `items` none were played. `perDay` is 0 for what the campaign opens by itself. */
  readonly items?: readonly ItemRow[];
  /** Still open at the end, an hour and more after they were opened. */
  readonly leftOpen: readonly { readonly subject: string; readonly kind: string; readonly since: string; readonly isMissed: boolean }[];
  readonly channels: readonly ChannelRow[];
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const round = (value: number): number => Math.round(value * 100) / 100;

const unitOfPerson = (directory: Directory, personId: string): string => {
  const of = directory.appointmentsOf.get(personId)?.find(({ of }) => directory.units.has(of))?.of;
  const posted = directory.posts.get(directory.postsOf.get(personId)?.[0] ?? '')?.unitId;
  const unit = directory.units.get(of ?? posted ?? '');
  const group = directory.organisation.groups.find(({ id }) => directory.appointmentsOf.get(personId)?.some((one) => one.of === id));
  return unit ? shortNameOf(unit) : (group?.name ?? '');
};

const namesOfPost = (directory: Directory, postId: string): Where => {
  const post = directory.posts.get(postId);
  const unit = post && directory.units.get(post.unitId);
  return { post: post?.name ?? postId, unit: unit ? shortNameOf(unit) : '' };
};

const spanOf = (iso: Iso, { from, to }: { readonly from: number; readonly to: number }): Span => ({
  from: iso(from),
  to: iso(to),
  hours: round((to - from) / hourMs),
});

const peopleRows = (directory: Directory, { people }: Played): readonly PersonRow[] =>
  [...people]
    .map(([id, { part, day, night, questions, mostInADay }]) => ({
      name: directory.people.get(id)?.name ?? id,
      unit: unitOfPerson(directory, id),
      part,
      day,
      night,
      questions,
      mostInADay,
    }))
    .toSorted((one, other) => other.night - one.night || other.day - one.day);

const peakIso = <T extends { readonly peakAt: number | null }>(iso: Iso, row: T): WithIso<T> => ({
  ...row,
  peakAt: row.peakAt === null ? null : iso(row.peakAt),
});

const itemRows = ({ kinds }: CampaignSettings, rates: readonly ItemRate[], tally: Tally): readonly ItemRow[] => {
  const found = tally.items();
  return [...new Set([...rates.map(({ kind }) => kind), ...found.keys()])].map((name) => {
    const counts = found.get(name) ?? { handedOver: 0, inTime: 0, late: 0, closed: 0 };
    const perDay = rates.reduce((sum, one) => sum + (one.kind === name ? one.perDay : 0), 0);
    const notHandedIn = counts.handedOver - counts.inTime - counts.late;
    return { kind: wordOfKind(kinds[name] ?? { name }), perDay, ...counts, notHandedIn };
  });
};

export const reportRehearsal = (parts: {
  readonly settings: CampaignSettings;
  readonly directory: Directory;
  readonly fromAt: number;
  readonly toAt: number;
  readonly seed: number;
  readonly silent: number;
  readonly played: Played;
  readonly tally: Tally;
  readonly items?: readonly ItemRate[];
}): RehearsalReport => {
  const { settings, directory, fromAt, toAt, seed, silent, played, tally } = parts;
  const iso = isoIn(settings.timeZone);
  const days = (toAt - fromAt) / dayMs;
  const policy = settings.policies['check'];
  const weak = (policy ? findWeakLadders(directory, policy, fromAt, toAt) : []).map(({ postId, missing, left, ...span }) => ({
    ...namesOfPost(directory, postId),
    ...spanOf(iso, span),
    policy: span.policy,
    missing,
    left,
  }));
  const people = peopleRows(directory, played);
  const sum = (key: 'day' | 'night' | 'questions'): number => people.reduce((all, row) => all + row[key], 0);
  const subjects = tally.subjects();
  return {
    ok: true,
    campaign: settings.name,
    from: iso(fromAt),
    to: iso(toAt),
    days: round(days),
    seed,
    silent,
    totals: {
      posts: directory.roster.posts.length,
      people: people.length,
      questions: tally.kinds().get('check')?.opened ?? 0,
      messages: sum('day') + sum('night'),
      nightMessages: sum('night'),
      groupMessages: played.group,
      answers: played.answers,
      ledgerRows: tally.rows(),
    },
    people,
    posts: directory.roster.posts.map(({ id }) => {
      const { questions, late, missed, steps } = subjects.get(id) ?? { questions: 0, late: 0, missed: 0, steps: 0 };
      return { ...namesOfPost(directory, id), questions, perDay: round(questions / days), late, missed, steps };
    }),
    gaps: findGaps(directory, iso, { from: fromAt, to: toAt }).gaps,
    thin: findThin(directory, fromAt, toAt).map(({ postId, reason, ...span }) => ({
      ...namesOfPost(directory, postId),
      ...spanOf(iso, span),
      reason,
    })),
    weakLadders: weak,
    endsWithNobody: weak.filter(({ left }) => left.every((role) => role === 'office' || role === 'onDuty')),
    kinds: [...tally.kinds()].map(([kind, counts]) => ({ kind, ...counts })),
    ...(parts.items === undefined ? {} : { items: itemRows(settings, parts.items, tally) }),
    leftOpen: tally.leftOpen(toAt).map(({ subject, kind, since, isMissed }) => ({
      subject: directory.posts.has(subject) ? namesOfPost(directory, subject).post : (directory.people.get(subject)?.name ?? subject),
      kind,
      since: iso(since),
      isMissed,
    })),
    channels: played.channels.map(({ limits, ...load }) => ({ ...peakIso(iso, load), limits: limits.map((limit) => peakIso(iso, limit)) })),
  };
};
