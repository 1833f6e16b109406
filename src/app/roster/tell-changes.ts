import type { Notice } from '../../domain/escalation/notice.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import { dutyChanges, type Duty, type DutyChange } from '../../domain/roster/duty-changes.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import { draftTextsFor, type DraftTexts } from '../../messages/draft-texts.ts';

const mostLines = 20;

/** `9-03(周五) 08:30–次日`: as short as it can be read, in the campaign's zone. */
export const spanText = (zone: string, { from, to }: Pick<Duty, 'from' | 'to'>, texts: DraftTexts): string => {
  const wall = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const [start, end] = [wall(from), wall(to)];
  const day = (time: Temporal.ZonedDateTime) => `${time.toPlainDate().toString().slice(5)}(${texts.weekdays[time.dayOfWeek - 1]})`;
  const hour = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const isSameDay = start.toPlainDate().equals(end.toPlainDate());
  return `${day(start)} ${hour(start)} – ${isSameDay ? '' : `${end.toPlainDate().toString().slice(5)} `}${hour(end)}`;
};

type Naming = { readonly zone: string; readonly roster: Roster; readonly texts: DraftTexts };

const dutyText = ({ zone, roster, texts }: Naming, duty: Duty): string => {
  const post = roster.posts.find(({ id }) => id === duty.postId)?.name ?? '';
  return `${spanText(zone, duty, texts)} ${post} ${texts.roles[duty.role]}`;
};

const lineOf = (naming: Naming, change: DutyChange): string => {
  const { changes, roles } = naming.texts;
  const duty = dutyText(naming, change.duty);
  if (change.type !== 'moved') return changes[change.type].replace('{duty}', () => duty);
  const { before } = change;
  if (before.from === change.duty.from && before.to === change.duty.to)
    return changes.role.replace('{duty}', () => duty).replace('{role}', () => roles[before.role]);
  return changes.moved.replace('{before}', () => dutyText(naming, before)).replace('{duty}', () => duty);
};

/**
 * One notice for each person for whom a new roster changes something that is not over yet: added, moved and gone shifts
 * in one message. Nobody is told by the first roster of a campaign.
 */
export const tellChanges = (
  before: Roster,
  after: Roster,
  { people }: Pick<Organisation, 'people'>,
  zone: string,
  now: number,
): readonly Notice[] => {
  if (before.shifts.length === 0) return [];
  const texts = draftTextsFor(undefined);
  const naming = { zone, texts, roster: after };
  const reachable = new Set(people.filter(({ isDisabled }) => isDisabled !== true).map(({ id }) => id));
  return [...dutyChanges(before, after, now)].flatMap(([to, changes]): readonly Notice[] => {
    if (!reachable.has(to)) return [];
    const rest = changes.length - mostLines;
    const lines = changes.slice(0, mostLines).map((change) => lineOf(naming, change));
    const more = rest > 0 ? [texts.changedMore.replace('{count}', String(rest))] : [];
    return [{ to, via: 'card', template: 'roster.changed', params: { lines: [...lines, ...more], count: changes.length }, decidedAt: now }];
  });
};
