import { readArchiveLine, readPersonalLine, type RowLine } from '../../../domain/ledger/archive-line.ts';
import { canonicalJson } from '../../../domain/ledger/canonical.ts';
import type { LedgerRow } from '../../../domain/ledger/event.ts';
import type { Seal } from '../../../domain/ledger/seal.ts';
import type { FileRef, Item } from '../../../domain/items/item.ts';
import { evidenceWords } from '../../../messages/item-tables.ts';
import type { ArchiveFile, ArchiveFiles } from '../../../ports/archive.ts';
import type { Files } from '../../../ports/files.ts';
import type { ZipEntry } from '../../../ports/zip.ts';

/**
 * The evidence pack of one item: everything ever said and filed about it. Each of its rows comes with the seal that
 * closed its batch and the hashes of the batch's other rows, so that it can be checked without seeing them.
 */

/** A batch that holds rows of the item: `rows` are the item's, `hashes` all of the batch's, in order. */
type Excerpt = { readonly rows: readonly RowLine[]; readonly hashes: readonly string[]; readonly seal: Seal };

const speaksOf = (line: RowLine, mark: string): boolean => line.text.includes(mark);

async function* excerptsOf(file: ArchiveFile, mark: string): AsyncGenerator<Excerpt> {
  let rows: RowLine[] = [];
  let hashes: string[] = [];
  for await (const lines of file.lines()) {
    for (const { text } of lines) {
      const line = text === null ? undefined : readArchiveLine(text);
      if (line?.kind === 'row') {
        hashes.push(line.hash);
        if (speaksOf(line, mark)) rows.push(line);
      } else if (line?.kind === 'seal') {
        if (rows.length > 0) yield { rows, hashes, seal: line.seal };
        rows = [];
        hashes = [];
      }
    }
  }
}

type Personal = { readonly text: string; readonly salt: string };

const personalOf = async (file: ArchiveFile, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, Personal>> => {
  const found = new Map<number, Personal>();
  for await (const lines of file.personalLines()) {
    for (const { text } of lines) {
      const record = text === null ? undefined : readPersonalLine(text);
      if (record && wanted.has(record.seq)) found.set(record.seq, { text: record.text, salt: record.salt });
    }
  }
  return found;
};

const rowText = (row: RowLine, personal: Personal | undefined): string =>
  `{"row":${row.text},"hash":"${row.hash}"${personal ? `,"personal":${personal.text},"salt":"${personal.salt}"` : ''}}`;

const sealText = ({ seal, hashes }: Excerpt): string => JSON.stringify({ seal, rowHashes: hashes });

/** What is in the sealed archive about an item, as lines. */
const sealedLines = async (
  archive: ArchiveFiles,
  itemId: string,
): Promise<{ readonly rows: string[]; readonly seals: string[]; readonly to: number }> => {
  // ids need no escaping, so the row that names one holds exactly these bytes
  const mark = `"itemId":${JSON.stringify(itemId)}`;
  const rows: string[] = [];
  const seals: string[] = [];
  let to = 0;
  for (const file of archive.files) {
    const excerpts: Excerpt[] = [];
    for await (const excerpt of excerptsOf(file, mark)) excerpts.push(excerpt);
    if (excerpts.length === 0) continue;
    const personal = await personalOf(file, new Set(excerpts.flatMap((excerpt) => excerpt.rows.map(({ seq }) => seq))));
    for (const excerpt of excerpts) {
      for (const row of excerpt.rows) rows.push(rowText(row, personal.get(row.seq)));
      seals.push(sealText(excerpt));
      to = excerpt.seal.to;
    }
  }
  return { rows, seals, to };
};

/** Every file that was ever filed about it, each once. */
export const filesOfItem = (item: Item): readonly FileRef[] => {
  const all = [
    ...item.reports.flatMap(({ files }) => files),
    ...item.versions.flatMap(({ files, sealScan }) => [...files, ...(sealScan ? [sealScan] : [])]),
  ];
  return [...new Map(all.map((file) => [file.sha256, file])).values()];
};

export type EvidenceDeps = {
  /** The archive as it is after everything has been sealed. */
  readonly archive: ArchiveFiles;
  /** Rows that are not sealed yet. */
  readonly unsealed: readonly LedgerRow[];
  readonly files: Pick<Files, 'get'>;
  readonly publicKeyPem: string;
  readonly sha256: (bytes: Uint8Array) => string;
  /** What a person, a unit or a group is called: rows hold ids alone. */
  readonly nameOf: (id: string) => string | undefined;
};

const utf8 = new TextEncoder();
const textEntry = (name: string, text: string): ZipEntry => ({ name, bytes: utf8.encode(text) });
const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A file that is gone or damaged is missing from the pack and named in its manifest; the rest comes all the same. */
const filed = async (
  item: Item,
  files: Pick<Files, 'get'>,
): Promise<{ readonly entries: readonly ZipEntry[]; readonly missing: readonly string[] }> => {
  const entries: ZipEntry[] = [];
  const missing: string[] = [];
  for (const { sha256, name } of filesOfItem(item)) {
    const bytes = await files.get(sha256).catch(() => undefined);
    if (bytes) entries.push({ name: `files/${sha256.slice(0, 16)}-${name || 'file'}`, bytes });
    else missing.push(sha256);
  }
  return { entries, missing };
};

/** Whoever reads a pack years later must know who `m17` was. */
const namesIn = (texts: readonly string[], nameOf: EvidenceDeps['nameOf']): { readonly [id: string]: string } => {
  const ids = new Set(texts.flatMap((text) => [...text.matchAll(/"([mug]\d+)"/g)].map((found) => found[1]!)));
  return Object.fromEntries(
    [...ids].toSorted().flatMap((id) => {
      const name = nameOf(id);
      return name === undefined ? [] : [[id, name]];
    }),
  );
};

export const packEvidence = async (item: Item, deps: EvidenceDeps): Promise<readonly ZipEntry[]> => {
  const { rows, seals } = await sealedLines(deps.archive, item.id);
  const still = deps.unsealed.filter((row) => row.itemId === item.id).map((row) => canonicalJson(row));
  const { entries: filedEntries, missing } = await filed(item, deps.files);
  const entries: readonly ZipEntry[] = [
    textEntry('README.txt', linesOf(evidenceWords.readme)),
    textEntry('item.json', `${JSON.stringify(item, null, 2)}\n`),
    textEntry('names.json', `${JSON.stringify(namesIn([JSON.stringify(item), ...rows, ...still], deps.nameOf), null, 2)}\n`),
    textEntry('ledger.jsonl', linesOf(rows)),
    textEntry('seals.jsonl', linesOf(seals)),
    ...(still.length > 0 ? [textEntry('not-yet-sealed.jsonl', linesOf(still))] : []),
    textEntry('public-key.pem', deps.publicKeyPem),
    ...filedEntries,
  ];
  const manifest = {
    itemId: item.id,
    missing,
    files: entries.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: deps.sha256(bytes) })),
  };
  return [...entries, textEntry('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)];
};
