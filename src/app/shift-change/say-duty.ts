import { toIso } from '../../domain/local-time.ts';
import { approversOf } from '../../domain/shift-change/consent.ts';
import { firstStartOf, lastEndOf, type DutyRequest, type ShiftPart, type Span } from '../../domain/shift-change/duty-request.ts';
import type { BrokenRule } from '../../domain/shift-change/proposal-rules.ts';
import type { RequestOutcome } from '../../domain/shift-change/request-command.ts';
import { fill } from '../../messages/catalogue.ts';
import type { ShiftChangeTexts } from '../../messages/shift-change-texts.ts';
import { nameOf } from '../acts/speaker.ts';
import type { World } from '../world.ts';
import { loadOf } from './duty-shifts.ts';

/** Requests, shifts and broken rules in words. */

const hourMs = 3_600_000;
const mostParts = 8;

const daysOf = new Map<string, Intl.DateTimeFormat>();

const weekdayOf = (locale: string, timeZone: string): Intl.DateTimeFormat => {
  const key = `${locale} ${timeZone}`;
  const known = daysOf.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, month: 'short', day: 'numeric', weekday: 'short' });
  daysOf.set(key, known);
  return known;
};

const timeOf = ({ settings }: World, at: number): string => toIso(settings.timeZone, at, 'minute').slice(11, 16);

export const instantText = (world: World, at: number, { locale }: ShiftChangeTexts): string =>
  `${weekdayOf(locale, world.settings.timeZone).format(at)} ${timeOf(world, at)}`;

export const spanText = (world: World, { from, to }: Span, texts: ShiftChangeTexts): string => {
  const format = weekdayOf(texts.locale, world.settings.timeZone);
  const isOneDay = format.format(from) === format.format(to);
  return `${instantText(world, from, texts)}–${isOneDay ? timeOf(world, to) : instantText(world, to, texts)}`;
};

export const partText = (world: World, part: ShiftPart, texts: ShiftChangeTexts): string =>
  `${nameOf(world, part.postId)} ${texts.roles[part.role]} ${spanText(world, part, texts)}`;

type Described = Pick<DutyRequest, 'kind' | 'holderId' | 'substituteId' | 'gives' | 'takes' | 'standing' | 'reason' | 'isOutside'> &
  Partial<Pick<DutyRequest, 'consent'>>;

const partLines = (world: World, pattern: string, parts: readonly ShiftPart[], texts: ShiftChangeTexts): readonly string[] => [
  ...parts.slice(0, mostParts).flatMap(
    (part) =>
      fill(pattern, {
        post: nameOf(world, part.postId),
        role: texts.roles[part.role],
        span: spanText(world, part, texts),
        hours: String(Math.round((10 * (part.to - part.from)) / hourMs) / 10),
      }) ?? [],
  ),
  ...(parts.length > mostParts ? [texts.lines.more.replace('{count}', String(parts.length - mostParts))] : []),
];

/** Who is asked for consent, by name; the office by its own. */
const consentLine = (
  world: World,
  { consent, holderId, substituteId }: Described,
  now: number,
  texts: ShiftChangeTexts,
): readonly string[] => {
  if (!consent) return [];
  const people = approversOf(world.directory, consent, now).filter((id) => id !== holderId && id !== substituteId);
  const approvers = consent.rule === 'office' ? nameOf(world, consent.of) : people.map((id) => nameOf(world, id)).join(texts.comma);
  return [fill(texts.lines.consent, { approvers: approvers || texts.rules.office, rule: texts.rules[consent.rule] }) ?? ''];
};

/** What is asked for, whole. */
export const requestLines = (world: World, request: Described, now: number, texts: ShiftChangeTexts): readonly string[] => {
  const { kind, holderId, substituteId, gives, takes, standing, reason, isOutside } = request;
  const names = {
    kind: texts.kinds[kind],
    holder: nameOf(world, holderId),
    substitute: substituteId === undefined ? texts.lines.nobody : nameOf(world, substituteId),
  };
  const optional = [
    fill(texts.lines.what, names),
    ...partLines(world, texts.lines.give, gives, texts),
    ...partLines(world, texts.lines.take, takes, texts),
    standing && fill(texts.lines.standing, { ...names, span: spanText(world, standing, texts) }),
    fill(texts.lines.reason, { reason }),
    isOutside ? fill(texts.lines.outside, names) : undefined,
    ...consentLine(world, request, now, texts),
  ];
  return optional.filter((line) => line !== undefined && line !== '') as readonly string[];
};

/** For whoever decides: how much the others stand already. */
export const loadLines = (world: World, request: DutyRequest, texts: ShiftChangeTexts): readonly string[] => {
  const { substituteId, takes, holderId, gives } = request;
  const around = { from: firstStartOf(request), to: lastEndOf(request) };
  const line = (personId: string): string =>
    fill(texts.lines.load, { person: nameOf(world, personId), count: String(loadOf(world.directory, personId, around)) }) ?? '';
  if (gives.length === 0) return [];
  return [...(substituteId === undefined ? [] : [line(substituteId)]), ...(takes.length > 0 ? [line(holderId)] : [])];
};

export const rulesText = (world: World, broken: readonly BrokenRule[], texts: ShiftChangeTexts): string =>
  broken
    .map(({ rule, personId, postId, at }) => {
      const values = {
        person: personId === undefined ? '' : nameOf(world, personId),
        post: postId === undefined ? '' : nameOf(world, postId),
        at: at === undefined ? '' : instantText(world, at, texts),
        limit: String(world.settings.limits.consecutiveShifts),
        rest: String(world.settings.limits.restMs / hourMs),
      };
      return texts.broken[rule].replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name as keyof typeof values] ?? '');
    })
    .join(' ');

/** Why not, and what to do. */
export const refusalText = (world: World, { refusal = 'unknown', broken = [] }: RequestOutcome, texts: ShiftChangeTexts): string =>
  texts.refusals[refusal].replace('{rules}', () => rulesText(world, broken, texts));

/** The rules that it breaks as things stand; undefined where it keeps them. */
export const brokenText = (world: World, broken: readonly BrokenRule[], texts: ShiftChangeTexts): string | undefined =>
  broken.length === 0 ? undefined : texts.lines.broken.replace('{rules}', () => rulesText(world, broken, texts));

export const rowText = (world: World, request: DutyRequest, texts: ShiftChangeTexts): string =>
  fill(texts.lines.row, {
    kind: texts.kinds[request.kind],
    holder: nameOf(world, request.holderId),
    substitute: request.substituteId === undefined ? texts.lines.nobody : nameOf(world, request.substituteId),
    span: spanText(world, { from: firstStartOf(request), to: lastEndOf(request) }, texts),
    status: texts.statuses[request.status],
  }) ?? '';
