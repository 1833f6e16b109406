import type { Directory } from '../../domain/organisation/directory.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import { addDays, localDay } from '../../domain/local-time.ts';
import type { DutyRole, Post, Shift } from '../../domain/roster/roster.ts';
import { dayKindOf, type DayKind, type DayTable } from '../../domain/roster/shift-hours.ts';
import { sheetTexts } from '../../messages/sheet-texts.ts';
import type { DutySheet, DutySheetRow } from '../../ports/duty-sheet.ts';

/** Local dates, both included; without a unit every post. */
export type SheetAsk = { readonly from: string; readonly to: string; readonly unitId?: string };

export type SheetContext = {
  readonly directory: Directory;
  readonly timeZone: string;
  readonly table: DayTable;
  readonly campaign: string;
};

/** A sheet of a quarter is long enough to hang on a wall. */
export const mostSheetDays = 100;

const wallOf = (timeZone: string, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

const hoursText = (timeZone: string, { from, to }: Shift): string => {
  const [start, end] = [wallOf(timeZone, from), wallOf(timeZone, to)];
  const hour = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const next = start.toPlainDate().equals(end.toPlainDate()) ? '' : sheetTexts.nextDay;
  return sheetTexts.untilText.replace('{from}', hour(start)).replace('{to}', `${next}${hour(end)}`);
};

/** The hours that most shifts have stand above the table; only others are remarked. */
const usualHours = (texts: readonly string[]): string | undefined => {
  const counts = [...Map.groupBy(texts, (text) => text)].toSorted(([, one], [, other]) => other.length - one.length);
  return counts[0]?.[0];
};

const titleName = ({ directory, campaign }: SheetContext, unitId: string | undefined): string => {
  if (unitId !== undefined) return directory.units.get(unitId)?.name ?? '';
  return directory.organisation.units.find(({ kind }) => kind === 'bureau')?.name ?? campaign;
};

type Line = { readonly post: Post; readonly date: string; readonly shift: Shift | undefined };

const linesOf = ({ directory, timeZone }: SheetContext, posts: readonly Post[], { from, to }: SheetAsk): readonly Line[] => {
  const byDay = new Map<string, Shift[]>();
  for (const post of posts)
    for (const shift of directory.shiftsOf.get(post.id) ?? []) {
      const key = `${post.id} ${localDay(timeZone, shift.from).date}`;
      byDay.set(key, [...(byDay.get(key) ?? []), shift]);
    }
  const lines: Line[] = [];
  for (let date = from, days = 0; date <= to && days < mostSheetDays; date = addDays(date, 1), days += 1)
    for (const post of posts) {
      const shifts = byDay.get(`${post.id} ${date}`) ?? [undefined];
      lines.push(...shifts.map((shift) => ({ post, date, shift })));
    }
  return lines;
};

const isMakeUp = (date: string, kind: DayKind): boolean => kind === 'workday' && Temporal.PlainDate.from(date).dayOfWeek >= 6;

/**
 * The duty sheet in the form in which offices hang it up: as it is stood, what was agreed on top of the plan included.
 * It names people and posts' landlines, and nobody's own number.
 */
export const buildDutySheet = (context: SheetContext, ask: SheetAsk): DutySheet => {
  const { directory, timeZone, table } = context;
  const posts = directory.roster.posts.filter(({ unitId }) => ask.unitId === undefined || unitId === ask.unitId);
  const lines = linesOf(context, posts, ask);
  const usual = usualHours(lines.flatMap(({ shift }) => (shift ? [hoursText(timeZone, shift)] : [])));
  const names = (shift: Shift | undefined, role: DutyRole): string =>
    (shift?.holders ?? [])
      .filter((holder) => holder.role === role)
      .map(({ personId }) => directory.people.get(personId)?.name ?? '')
      .join(sheetTexts.comma);
  const hasSeveral = posts.length > 1;
  const { headings, weekdays, kinds } = sheetTexts;
  const rows = lines.map(({ post, date, shift }): DutySheetRow => {
    const day = dayKindOf(date, table);
    const hours = shift === undefined ? undefined : hoursText(timeZone, shift);
    const remarks = [kinds[day], isMakeUp(date, day) ? sheetTexts.makeUp : '', hours === usual ? '' : (hours ?? '')];
    const unit = directory.units.get(post.unitId);
    const isOnlyPost = (directory.postsOfUnit.get(post.unitId)?.length ?? 0) <= 1;
    return {
      day,
      cells: [
        date,
        weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? '',
        ...(hasSeveral ? [unit && isOnlyPost ? shortNameOf(unit) : post.name] : []),
        names(shift, 'shiftLeader'),
        names(shift, 'onDuty') || sheetTexts.nobody,
        names(shift, 'coDuty'),
        post.landline ?? '',
        remarks.filter(Boolean).join(sheetTexts.remarkComma),
      ],
    };
  });
  const span = sheetTexts.span.replace('{from}', ask.from).replace('{to}', ask.to);
  return {
    title: sheetTexts.title.replace('{name}', () => titleName(context, ask.unitId)),
    subtitle: usual === undefined ? span : `${span}　${sheetTexts.hours.replace('{hours}', usual)}`,
    sheetName: sheetTexts.sheet,
    columns: [
      { heading: headings.date, weight: 11 },
      { heading: headings.weekday, weight: 5 },
      ...(hasSeveral ? [{ heading: headings.post, weight: 13 }] : []),
      { heading: headings.leader, weight: 10 },
      { heading: headings.onDuty, weight: 10 },
      { heading: headings.coDuty, weight: 10 },
      { heading: headings.landline, weight: 14 },
      { heading: headings.remark, weight: 18 },
    ],
    rows,
    note: sheetTexts.note,
    sign: sheetTexts.sign,
    page: sheetTexts.page,
  };
};
