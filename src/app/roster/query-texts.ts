import type { RosterTexts } from '../../messages/roster-texts.ts';
import type { DutyRow, QueryAnswer, ShiftRow } from './answer-query.ts';
import type { Asked } from './query-shifts.ts';

/** A chat message longer than this is not read. */
export const maxLines = 20;

type Writing = { readonly texts: RosterTexts; readonly instant: (at: number) => string };

const fillIn = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).trim();

const spanOf = ({ texts, instant }: Writing, { fromAt, toAt }: Asked): string =>
  toAt === undefined || !Number.isFinite(toAt) ? instant(fromAt) : fillIn(texts.span, { from: instant(fromAt), to: instant(toAt) });

const holdersOf = ({ texts }: Writing, row: DutyRow): string => {
  if (row.holders.length === 0) return texts.nobody;
  const holders = row.holders.map(({ role, name, phone }) => fillIn(texts.holder, { role: texts.roles[role], name, phone }));
  const waiting = row.notHandedOverTo?.length ? [fillIn(texts.notHandedOver, { names: row.notHandedOverTo.join(texts.comma) })] : [];
  return [...holders, ...waiting, ...(row.landline ? [fillIn(texts.landline, { landline: row.landline })] : [])].join(
    texts.holderSeparator,
  );
};

/** Times stand beside each row only where they differ: one shift for all is said once, above. */
const writeDuty = (writing: Writing, rows: readonly DutyRow[], asked: Asked): readonly string[] => {
  const { texts } = writing;
  const [first] = rows;
  const isUniform = first !== undefined && rows.every((row) => row.fromAt === first.fromAt && row.toAt === first.toAt);
  const isInstant = asked.toAt === undefined;
  const heading = fillIn(texts.heading, { span: spanOf(writing, isUniform && !isInstant ? first : asked) });
  const lines = rows.map((row) => {
    const values = { post: row.post, holders: holdersOf(writing, row), span: spanOf(writing, row) };
    return fillIn(isUniform || isInstant ? texts.row : texts.rowWithTime, values);
  });
  return [heading, ...lines];
};

const writeMine = (writing: Writing, rows: readonly ShiftRow[]): readonly string[] =>
  rows.map((row) => {
    const { texts } = writing;
    return fillIn(row.isHeldOn ? texts.myShiftHeldOn : row.isNow ? texts.myShiftNow : texts.myShift, {
      span: spanOf(writing, row),
      post: row.post,
      role: texts.roles[row.role],
    });
  });

const bound = (lines: readonly string[], texts: RosterTexts): readonly string[] =>
  lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), fillIn(texts.more, { count: lines.length - maxLines + 1 })];

const instants = new Map<string, (at: number) => string>();

/** `8月27日 周五 18:00`, in the campaign's zone. */
const instantIn = (timeZone: string, locale: string): ((at: number) => string) => {
  const key = `${locale} ${timeZone}`;
  const known = instants.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const write = (at: number): string => format.format(at);
  instants.set(key, write);
  return write;
};

/** An answer in words. */
export const writeAnswer = (answer: QueryAnswer, timeZone: string, texts: RosterTexts): readonly string[] => {
  const writing: Writing = { texts, instant: instantIn(timeZone, texts.locale) };
  if (answer.template === 'reply.usage') return texts.usage;
  if (answer.problem === 'dateUnreadable' || answer.problem === 'noPost') return [texts[answer.problem]];
  if (answer.template === 'reply.myShifts') return answer.problem ? [texts.noShiftsOfMine] : bound(writeMine(writing, answer.rows), texts);
  if (answer.problem === 'notOnDuty') return [fillIn(texts.notOnDuty, { name: answer.name ?? '' })];
  if (answer.problem === 'outsideRoster') return [fillIn(texts.outsideRoster, { span: spanOf(writing, answer.roster ?? answer.asked) })];
  if (answer.problem) return [texts.noShifts];
  return bound(writeDuty(writing, answer.rows, answer.asked), texts);
};
