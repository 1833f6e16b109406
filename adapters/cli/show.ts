import type { AppointAnswer } from '../../src/app/roster/appoint.ts';
import type { Exported } from '../../src/app/ledger/export-ledger.ts';
import type { GapsAnswer } from '../../src/app/roster/find-gaps.ts';
import type { ImportFault, ImportOutcome } from '../../src/app/roster/import-outcome.ts';
import type { ReplayReport } from '../../src/app/ledger/replay-ledger.ts';
import type { DutyAnswer, DutyPerson } from '../../src/app/roster/who-is-on-duty.ts';
import type { LedgerReport } from '../../src/domain/ledger/fault.ts';
import type { HandoverView } from '../../src/app/handover/view-handovers.ts';
import { handoverTextsFor } from '../../src/messages/handover-texts.ts';
import { cliTexts } from '../../src/messages/cli-texts.ts';
import { toTable } from './table.ts';

/** Answers for people. */

const comma = '\u3001';

const faultLine = ({ sheet, cell, message, code }: ImportFault): string =>
  `  ${[sheet, cell].filter((part) => part !== '').join(' ')}  ${message} [${code}]\n`;

const faultLines = (faults: readonly ImportFault[]): string => faults.map(faultLine).join('');

export const showImport = ({ ok, counts, errors, warnings, dryRun }: ImportOutcome): string => {
  const numbers = Object.entries(counts).flatMap(([name, value]) => {
    const label = cliTexts.counts[name];
    return label === undefined || value === null ? [] : [[label, String(value)]];
  });
  const head = ok ? (dryRun ? cliTexts.checked : cliTexts.imported) : cliTexts.refused;
  const table = ok
    ? numbers.map(([label, value]) => `  ${fill(cliTexts.count, { label: label ?? '', value: value ?? '' })}\n`).join('')
    : '';
  const told = warnings.length === 0 ? '' : `${cliTexts.warnings}\n${faultLines(warnings)}`;
  return `${head}\n${table}${faultLines(errors)}${told}`;
};

const personText = ({ name, mobile }: DutyPerson): string => `${name} ${mobile}`;

/** `2021-08-27T08:30:00+08:00` as people write it. */
const shortTime = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

const fill = (pattern: string, values: Readonly<Record<string, string>>): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

export const refusalText = ({ code, unit, candidates }: Extract<DutyAnswer, { ok: false }>): string =>
  fill(code === 'ZG_UNIT_AMBIGUOUS' ? cliTexts.ambiguousUnit : cliTexts.unknownUnit, { unit, candidates: candidates.join(comma) });

/** Who is to take over and has not accepted. */
const waitingText = ({ notHandedOverTo = [] }: { readonly notHandedOverTo?: readonly { readonly name: string }[] }): readonly string[] =>
  notHandedOverTo.length === 0 ? [] : [cliTexts.who.notHandedOver.replace('{names}', notHandedOverTo.map(({ name }) => name).join(comma))];

export const showDuty = ({ at, posts }: Extract<DutyAnswer, { ok: true }>): string => {
  const { who } = cliTexts;
  const rows = posts.map((post) => [
    post.unit,
    post.shiftLeader ? personText(post.shiftLeader) : '',
    post.from === null ? who.nobody : [...post.onDuty.map(personText), ...waitingText(post)].join(comma),
    post.coDuty.map(personText).join(comma),
    post.to === null ? '' : shortTime(post.to),
    post.landline ?? '',
  ]);
  return `${who.at} ${shortTime(at)}\n${toTable([who.unit, who.shiftLeader, who.onDuty, who.coDuty, who.until, who.landline], rows)}`;
};

const peopleText = (people: readonly { readonly role: string; readonly name: string }[]): string =>
  people
    .filter(({ role }) => role !== 'shiftLeader')
    .map(({ name }) => name)
    .join(comma);

export const showHandovers = (items: readonly HandoverView[], path: string | undefined): string => {
  const { columns, status } = handoverTextsFor(undefined);
  const written = path === undefined ? '' : `${cliTexts.handover.written.replace('{path}', path)}\n`;
  if (items.length === 0) return `${cliTexts.handover.none}\n${written}`;
  const rows = items.map((one) => [
    one.post,
    shortTime(one.at),
    peopleText(one.outgoing),
    peopleText(one.incoming),
    one.acceptedAt === null ? '' : shortTime(one.acceptedAt),
    one.acceptedBy ?? '',
    status[one.status],
    one.notes.map(({ text }) => text.replaceAll(/\s+/gu, ' ')).join(comma),
  ]);
  const head = [
    columns.post,
    columns.at,
    columns.outgoing,
    columns.incoming,
    columns.acceptedAt,
    columns.acceptedBy,
    columns.status,
    columns.notes,
  ];
  return `${toTable(head, rows)}${written}`;
};

export const showGaps = ({ gaps }: GapsAnswer): string => {
  const { gap } = cliTexts;
  if (gaps.length === 0) return `${gap.none}\n`;
  const rows = gaps.map(({ unit, post, from, to, hours, reason }) => [
    unit,
    post,
    shortTime(from),
    shortTime(to),
    String(hours),
    gap[reason],
  ]);
  return toTable([gap.unit, gap.post, gap.from, gap.to, gap.hours, gap.reason], rows);
};

export const showAppointment = (answer: AppointAnswer): string => {
  const role = cliTexts.singleRoles[answer.role];
  if (answer.ok) {
    const { unit, person, from } = answer;
    return `${fill(answer.isChanged ? cliTexts.appointed : cliTexts.unchangedAppointment, { unit, role, person, from: shortTime(from) })}\n`;
  }
  return `${appointRefusal(answer)} [${answer.code}]\n`;
};

const appointPatterns: { readonly [code in Extract<AppointAnswer, { ok: false }>['code']]: string } = {
  ZG_UNIT_UNKNOWN: cliTexts.unknownUnit,
  ZG_UNIT_AMBIGUOUS: cliTexts.ambiguousUnit,
  ZG_PERSON_UNKNOWN: cliTexts.unknownPerson,
  ZG_PERSON_AMBIGUOUS: cliTexts.ambiguousPerson,
  ZG_PERSON_DISABLED: cliTexts.disabledPerson,
};

export const appointRefusal = ({ code, unit, person, candidates }: Extract<AppointAnswer, { ok: false }>): string =>
  fill(appointPatterns[code], { unit, person, candidates: candidates.join(comma) });

export const showExport = ({ folder, to }: Exported): string => `${fill(cliTexts.exported, { folder, to: String(to) })}\n`;

export const showReport = ({ ok, rows, seals, to, hash, personal, faults, omitted }: LedgerReport): string => {
  const { report } = cliTexts;
  const numbers = { rows: String(rows), seals: String(seals), to: String(to), hash };
  const facts = fill(report.facts, numbers);
  const about = fill(report.personal, { checked: String(personal.checked), removed: String(personal.removed) });
  const lines = faults
    .map(({ file, line, seq, what }) => {
      const row = seq === undefined ? '' : fill(report.row, { seq: String(seq) });
      return `  ${fill(report.place, { file, line: String(line), row })}${report.faults[what]} [${what}]\n`;
    })
    .join('');
  const more = omitted > 0 ? `  ${fill(report.more, { count: String(omitted) })}\n` : '';
  return `${ok ? cliTexts.verified : cliTexts.broken}\n  ${facts}\n  ${about}\n${lines}${more}`;
};

export const showReplay = ({ ok, rows, compared, nameless, differences, omitted }: ReplayReport): string => {
  const { replay } = cliTexts;
  const counts = Object.entries(compared).map(([what, count]) => `${replay.compared[what] ?? what} ${count}`);
  const facts = fill(replay.facts, { rows: String(rows), counts: counts.join(comma) });
  const removed = nameless > 0 ? `  ${fill(replay.nameless, { count: String(nameless) })}\n` : '';
  const lines = differences
    .map(
      ({ aggregate, id, what, members }) =>
        `  ${replay.aggregates[aggregate]} ${id} ${fill(replay.what[what], { members: members.join(comma) })}\n`,
    )
    .join('');
  const more = omitted > 0 ? `  ${fill(cliTexts.report.more, { count: String(omitted) })}\n` : '';
  return `${ok ? replay.same : replay.different}\n  ${facts}\n${removed}${lines}${more}`;
};
