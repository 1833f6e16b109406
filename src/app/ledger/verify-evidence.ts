import { canonicalJson } from '../../domain/ledger/canonical.ts';
import type { Json } from '../../domain/ledger/event.ts';
import type { Fault, FaultKind, LedgerReport } from '../../domain/ledger/fault.ts';
import { sealHashOf, type Seal } from '../../domain/ledger/seal.ts';
import { personalHashOf } from '../../domain/ledger/sealed-row.ts';
import type { VerifyParts } from './verify-ledger.ts';

/** Checks the evidence pack of one item by itself: its files, its rows, the seals over them, and one public key. */

/** What a pack holds, by name. */
export type EvidencePack = ReadonlyMap<string, Uint8Array>;

type Parts = VerifyParts & { readonly sha256OfBytes: (bytes: Uint8Array) => string };

type Row = {
  readonly row: { readonly [key: string]: Json } & { readonly seq: number; readonly personalHash?: string };
  readonly hash: string;
  readonly personal?: Json;
  readonly salt?: string;
};
type SealedBatch = { readonly seal: Seal; readonly rowHashes: readonly string[] };
type Line<T> = { readonly number: number; readonly value: T | undefined };
type Add = (file: string, line: number, what: FaultKind, message: string, seq?: number) => void;

const names = { rows: 'ledger.jsonl', seals: 'seals.jsonl', manifest: 'manifest.json' } as const;

const parse = <T>(text: string, isRight: (value: T) => boolean): T | undefined => {
  try {
    const value: T = JSON.parse(text);
    return isRight(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const textOf = (pack: EvidencePack, name: string): string => new TextDecoder().decode(pack.get(name) ?? new Uint8Array());

const linesOf = <T>(pack: EvidencePack, name: string, isRight: (value: T) => boolean, add: Add): readonly Line<T>[] => {
  if (!pack.has(name)) add(name, 0, 'fileMissing', `${name} is missing from the pack.`);
  const lines = textOf(pack, name).split('\n').slice(0, -1);
  return lines.map((text, index) => {
    const value = parse(text, isRight);
    if (value === undefined)
      add(name, index + 1, 'lineUnreadable', 'This line is cut off, or was changed so that it can no longer be read.');
    return { number: index + 1, value };
  });
};

const isRow = (value: Row): boolean => typeof value?.row?.seq === 'number' && typeof value.hash === 'string';
const isBatch = (value: SealedBatch): boolean => typeof value?.seal?.hash === 'string' && Array.isArray(value.rowHashes);

const checkSeal = ({ seal, rowHashes }: SealedBatch, line: number, { sha256, isSigned }: Parts, add: Add): void => {
  const { hash, signature, ...head } = seal;
  if (sealHashOf(head, rowHashes, sha256) !== hash || rowHashes.length !== seal.to - seal.from + 1)
    add(names.seals, line, 'batchChanged', 'The hashes of the rows, or the seal’s own words, are not those that were sealed.', seal.from);
  if (!isSigned(hash, signature)) add(names.seals, line, 'signatureWrong', 'The signature of this seal does not fit this key.', seal.from);
};

const checkRow = (entry: Row, line: number, seals: readonly SealedBatch[], { sha256 }: Parts, add: Add): void => {
  const { row, hash, personal, salt } = entry;
  const { seq } = row;
  if (sha256(canonicalJson(row)) !== hash) add(names.rows, line, 'rowChanged', `Row ${seq} no longer has the hash written beside it.`, seq);
  const batch = seals.find(({ seal }) => seal.from <= seq && seq <= seal.to);
  if (!batch) add(names.rows, line, 'sealMissing', `No seal of the pack covers row ${seq}.`, seq);
  else if (batch.rowHashes[seq - batch.seal.from] !== hash)
    add(names.rows, line, 'batchChanged', `Row ${seq} is not the one that was sealed.`, seq);
  if (personal === undefined || row.personalHash === undefined) return;
  if (personalHashOf({ seq, salt: salt ?? '', text: canonicalJson(personal) }, sha256) !== row.personalHash)
    add(names.rows, line, 'personalChanged', `What belongs to row ${seq} does not have the hash that the row holds.`, seq);
};

type Manifest = { readonly missing?: readonly string[]; readonly files: readonly { readonly name: string; readonly sha256: string }[] };

/** Every file as the manifest says; and whatever was filed is named by a row, so that its seal covers it. */
const checkFiles = (pack: EvidencePack, { sha256OfBytes }: Parts, add: Add): void => {
  const manifest = parse<Manifest>(textOf(pack, names.manifest), (value) => Array.isArray(value?.files));
  if (!manifest) return add(names.manifest, 1, 'lineUnreadable', 'The manifest is missing, or can no longer be read.');
  const sealed = textOf(pack, names.rows);
  for (const { name, sha256 } of manifest.files) {
    const bytes = pack.get(name);
    if (!bytes) add(name, 0, 'fileMissing', `${name} is missing from the pack.`);
    else if (sha256OfBytes(bytes) !== sha256) add(name, 0, 'fileChanged', `${name} is not what the manifest says.`);
    else if (name.startsWith('files/') && !sealed.includes(`"sha256":"${sha256}"`))
      add(name, 0, 'fileChanged', `${name} is named by no row: it was not filed as it stands here.`);
  }
  for (const name of pack.keys())
    if (name !== names.manifest && !manifest.files.some((file) => file.name === name))
      add(name, 0, 'fileChanged', `${name} is not named by the manifest.`);
};

export const verifyEvidence = (pack: EvidencePack, parts: Parts): LedgerReport => {
  const faults: Fault[] = [];
  const add: Add = (file, line, what, message, seq) =>
    void faults.push({ file, line, what, message, ...(seq === undefined ? {} : { seq }) });
  checkFiles(pack, parts, add);
  const seals = linesOf<SealedBatch>(pack, names.seals, isBatch, add);
  for (const { number, value } of seals) if (value) checkSeal(value, number, parts, add);
  const known = seals.flatMap(({ value }) => value ?? []);
  const rows = linesOf<Row>(pack, names.rows, isRow, add);
  for (const { number, value } of rows) if (value) checkRow(value, number, known, parts, add);
  const held = rows.flatMap(({ value }) => value ?? []);
  const personal = held.filter(({ row }) => row.personalHash !== undefined);
  return {
    ok: faults.length === 0,
    rows: held.length,
    seals: known.length,
    from: held[0]?.row.seq ?? 0,
    to: held.at(-1)?.row.seq ?? 0,
    hash: known.at(-1)?.seal.hash ?? '',
    personal: {
      checked: personal.filter((one) => one.personal !== undefined).length,
      removed: personal.filter((one) => one.personal === undefined).length,
    },
    faults,
    omitted: 0,
  };
};
