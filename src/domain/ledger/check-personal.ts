import { readPersonalLine } from './archive-line.ts';
import type { Report } from './check-batch.ts';
import type { Sha256 } from './seal.ts';
import { type PersonalRecord, personalHashOf } from './sealed-row.ts';

/** A line of the file beside, as far as it can be read. */
export type PersonalLine = { readonly number: number; readonly record: PersonalRecord };

/** Undefined, and reported, where the line is none. */
export const readPersonal = (
  line: { readonly number: number; readonly text: string | null; readonly isTorn: boolean },
  lastSeq: number,
  report: Report,
): PersonalLine | undefined => {
  const record = line.text === null || line.isTorn ? undefined : readPersonalLine(line.text);
  if (!record) {
    const seq = /"seq":(\d{1,15})/.exec(line.text ?? '')?.[1];
    report(
      'personalChanged',
      line.number,
      seq ? Number(seq) : undefined,
      'This line is cut off, or was changed so that it can no longer be read.',
    );
    return undefined;
  }
  if (record.seq <= lastSeq) {
    report('personalUnknown', line.number, record.seq, `What belongs to row ${record.seq} stands in the wrong place, or twice.`);
    return undefined;
  }
  return { number: line.number, record };
};

export const reportUnknown = ({ number, record }: PersonalLine, report: Report): void =>
  report('personalUnknown', number, record.seq, `There is no row ${record.seq} in this file that this would belong to.`);

export const checkPersonal = ({ number, record }: PersonalLine, wanted: string, sha256: Sha256, report: Report): void => {
  if (personalHashOf(record, sha256) !== wanted)
    report(
      'personalChanged',
      number,
      record.seq,
      `What belongs to row ${record.seq} was changed: it does not have the hash that the row holds.`,
    );
};
