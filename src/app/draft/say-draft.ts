import type { Hole, Load, Obstacle } from '../../domain/draft/draft.ts';
import type { Campaign } from '../../ports/store.ts';
import type { DraftTexts } from '../../messages/draft-texts.ts';
import type { PreparedDraft } from './prepare-draft.ts';

/** A draft in words: what it covers, what is missing and why, and who would stand how much. */

const mostHoles = 12;
const mostPosts = 20;
const mostUnwanted = 10;
const mostLeaves = 20;
/** A month of one post; of more posts the first days. */
const mostShifts = 31;

const put = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (place, name: string) => String(values[name] ?? place));

const nameIn = ({ organisation, roster }: Campaign, id: string): string =>
  organisation.people.find((person) => person.id === id)?.name ?? roster.posts.find((post) => post.id === id)?.name ?? id;

const holeLine = (campaign: Campaign, { postId, date, role, because }: Hole, texts: DraftTexts): string => {
  const byObstacle = [...Map.groupBy(because, ({ obstacle }) => obstacle)];
  const reasons = byObstacle.map(([obstacle, list]: readonly [Obstacle, Hole['because']]) =>
    put(texts.because, {
      names: list.map(({ personId }) => nameIn(campaign, personId)).join(texts.comma),
      obstacle: texts.obstacles[obstacle],
    }),
  );
  const text = reasons.length === 0 ? texts.nobody : reasons.join(texts.semicolon);
  return put(texts.hole, { date, post: nameIn(campaign, postId), role: texts.roles[role], because: text });
};

const bounded = (lines: readonly string[], most: number, texts: DraftTexts, more = texts.more): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), put(more, { count: lines.length - most })];

/** Whose load belongs to which post: those who stand it in this draft, and those who might have. */
const peopleOfPost = ({ draft }: PreparedDraft, postId: string): readonly string[] => {
  const standing = draft.shifts
    .filter((shift) => shift.postId === postId)
    .flatMap(({ holders }) => holders.map(({ personId }) => personId));
  return [...new Set(standing)];
};

const memberText = (campaign: Campaign, personId: string, added: Load, texts: DraftTexts): string =>
  put(texts.member, { name: nameIn(campaign, personId), ...added });

const loadLines = (campaign: Campaign, prepared: PreparedDraft, texts: DraftTexts): readonly string[] => {
  const loads = new Map(prepared.draft.loads.map((load) => [load.personId, load]));
  const posts = [...new Set(prepared.draft.shifts.map(({ postId }) => postId))];
  return posts.map((postId) => {
    const people = peopleOfPost(prepared, postId);
    const members = people.flatMap((personId) => {
      const load = loads.get(personId);
      return load ? [memberText(campaign, personId, load.added, texts)] : [];
    });
    return put(texts.load, { post: nameIn(campaign, postId), members: members.join(texts.semicolon) });
  });
};

/** Who would stand when, in order: nobody publishes what they have not seen. */
const shiftLines = (campaign: Campaign, { draft }: PreparedDraft, texts: DraftTexts, zone: string): readonly string[] =>
  draft.shifts.map(({ postId, from, holders }) => {
    const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
    return put(texts.shift, {
      date: date.toString(),
      weekday: texts.weekdays[date.dayOfWeek - 1]!,
      post: nameIn(campaign, postId),
      holders:
        holders.length === 0
          ? texts.empty
          : holders.map(({ role, personId }) => `${texts.roles[role]} ${nameIn(campaign, personId)}`).join(texts.comma),
    });
  });

export const spanLine = ({ ask, draft }: PreparedDraft, texts: DraftTexts): string =>
  put(texts.span, {
    from: ask.fromDate,
    to: ask.toDate,
    posts: new Set(draft.shifts.map(({ postId }) => postId)).size,
    shifts: draft.shifts.length,
  });

const openLines = (campaign: Campaign, { publication }: PreparedDraft, texts: DraftTexts): readonly string[] =>
  [...Map.groupBy(publication.open, ({ postId }) => postId)].map(([postId, list]) =>
    put(texts.open, { post: nameIn(campaign, postId), count: list.length }),
  );

/** What was asked for beside the days, and who is on leave that was granted. */
const ruleLines = (campaign: Campaign, { ask, draft, leaves }: PreparedDraft, texts: DraftTexts, zone: string): readonly string[] => {
  const { restHours, mostInRow, wishes = [], away = [] } = ask.said ?? {};
  const name = (id: string): string => nameIn(campaign, id);
  const time = (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' ')
      .slice(5);
  const said = [
    ...(restHours === undefined ? [] : [put(texts.rules.rest, { hours: restHours })]),
    ...(mostInRow === undefined ? [] : [put(texts.rules.inRow, { days: mostInRow })]),
    ...wishes.map(({ personId, date, wants }) => put(wants ? texts.rules.wanted : texts.rules.unwanted, { name: name(personId), date })),
    ...away.map(({ personId, from, to }) => put(texts.rules.away, { name: name(personId), from, to })),
  ];
  const asked = draft.shifts.length === 0 || said.length === 0 ? [] : [put(texts.rules.said, { rules: said.join(texts.semicolon) })];
  const granted = leaves
    .slice(0, mostLeaves)
    .map(({ personId, from, to }) => put(texts.rules.leave, { name: name(personId), from: time(from), to: time(to) }));
  return [...asked, ...(granted.length === 0 ? [] : [put(texts.rules.granted, { leaves: granted.join(texts.semicolon) })])];
};

/** How the office can make room where a rule leaves a gap. */
export const waysOut = ({ draft }: PreparedDraft, texts: DraftTexts): readonly string[] => {
  const met = new Set(draft.holes.flatMap(({ because }) => because.map(({ obstacle }) => obstacle)));
  return (['rest', 'inRow'] as const).filter((obstacle) => met.has(obstacle)).map((obstacle) => texts.waysOut[obstacle]);
};

/** The whole of it, bounded; the last line says what can be done now. */
export const draftLines = (
  campaign: Campaign,
  prepared: PreparedDraft,
  texts: DraftTexts,
  zone: string,
  isShort = true,
): readonly string[] => {
  const { holes, unwanted } = prepared.draft;
  const most = (count: number): number => (isShort ? count : Number.POSITIVE_INFINITY);
  return [
    spanLine(prepared, texts),
    ...ruleLines(campaign, prepared, texts, zone),
    holes.length === 0 ? texts.whole : put(texts.holes, { count: holes.length }),
    ...bounded(
      holes.map((hole) => holeLine(campaign, hole, texts)),
      most(mostHoles),
      texts,
    ),
    ...bounded(
      unwanted.map(({ personId, date }) => put(texts.unwanted, { name: nameIn(campaign, personId), date })),
      most(mostUnwanted),
      texts,
    ),
    ...openLines(campaign, prepared, texts),
    ...bounded(shiftLines(campaign, prepared, texts, zone), most(mostShifts), texts, texts.moreShifts),
    ...bounded(loadLines(campaign, prepared, texts), most(mostPosts), texts),
  ];
};
