import { canonicalJson } from './canonical.ts';
import type { Json, LedgerRow } from './event.ts';
import type { Seal } from './seal.ts';
import type { PersonalRecord, SealedRow } from './sealed-row.ts';

/**
 * The lines of an archive. Each has exactly one right spelling, and reading accepts no other: a byte that JSON would
 * forgive (a space, another escape) is a changed byte here.
 */

export type RowLine = {
  readonly kind: 'row';
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
  readonly personalHash: string | null;
};
export type SealLine = { readonly kind: 'seal'; readonly seal: Seal };
export type ArchiveLine = RowLine | SealLine;

export const writeRowLine = (row: SealedRow): string => `{"row":${row.text},"hash":"${row.hash}"}`;

export const writeSealLine = ({ at, bureau, from, hash, previous, signature, to }: Seal): string =>
  `{"seal":${canonicalJson({ at, bureau, from, hash, previous, signature, to })}}`;

export const writePersonalLine = ({ seq, salt, text }: PersonalRecord): string => `{"personal":${text},"salt":"${salt}","seq":${seq}}`;

const rowStart = '{"row":';
const hashStart = ',"hash":"';
const rowEndLength = hashStart.length + 64 + '"}'.length;
/** In canonical order `personalHash` and `seq` close every row, so that neither wants the row parsed. */
const rowTail = /(?:,"personalHash":"([0-9a-f]{64})")?,"seq":([1-9]\d{0,15})\}$/;
const rowTailLength = 110;

/** Undefined where the line is no line of an archive. Whether hashes and signatures are right is another question. */
export const readArchiveLine = (text: string): ArchiveLine | undefined =>
  text.startsWith(rowStart) ? readRowLine(text) : readSealLine(text);

const readRowLine = (line: string): RowLine | undefined => {
  const end = line.length - rowEndLength;
  if (end <= rowStart.length || !line.startsWith(hashStart, end) || !line.endsWith('"}')) return undefined;
  const text = line.slice(rowStart.length, end);
  const tail = rowTail.exec(text.slice(-rowTailLength));
  if (!tail) return undefined;
  return { kind: 'row', seq: Number(tail[2]), text, hash: line.slice(end + hashStart.length, -2), personalHash: tail[1] ?? null };
};

const readSealLine = (line: string): SealLine | undefined => {
  const value = parse(line);
  if (!isRecord(value) || !isRecord(value['seal'])) return undefined;
  const { at, bureau, from, hash, previous, signature, to } = value['seal'];
  if (!isWhole(at) || !isWhole(from) || !isWhole(to)) return undefined;
  if (!isText(bureau) || !isText(hash) || !isText(previous) || !isText(signature)) return undefined;
  const seal: Seal = { at, bureau, from, hash, previous, signature, to };
  return writeSealLine(seal) === line ? { kind: 'seal', seal } : undefined;
};

const personalStart = '{"personal":';
const personalTail = /,"salt":"([\w-]+)","seq":([1-9]\d{0,15})\}$/;

/** The removable part stays unread: its hash speaks for every byte of it. */
export const readPersonalLine = (line: string): PersonalRecord | undefined => {
  const tail = personalTail.exec(line.slice(-rowTailLength));
  if (!tail || !line.startsWith(`${personalStart}{`)) return undefined;
  return { seq: Number(tail[2]), salt: tail[1] ?? '', text: line.slice(personalStart.length, line.length - tail[0].length) };
};

/** The row as it was before sealing, as far as it is still there. */
export const readRow = (line: RowLine, personal: PersonalRecord | undefined): LedgerRow => {
  const sealed: LedgerRow & { personalHash?: string } = JSON.parse(line.text);
  const { personalHash: _, ...row } = sealed;
  return personal ? { ...row, personal: JSON.parse(personal.text) } : row;
};

const parse = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isWhole = (value: Json | undefined): value is number => Number.isSafeInteger(value);
