import type { FindingCode } from '../../src/domain/organisation/finding.ts';
import { limits } from './limits.ts';
import { readZipDirectory, unpackEntry } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';

const oleMark = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/** Why bytes can't be a workbook that exceljs may see, or null where they can. */
export const refusalOf = (bytes: Buffer): FindingCode | null => {
  if (bytes.length === 0) return 'ZG_FILE_EMPTY';
  if (bytes.length > limits.fileBytes) return 'ZG_FILE_TOO_LARGE';
  if (bytes.subarray(0, 8).equals(oleMark)) return bytes.includes(encryptedPackage) ? 'ZG_WORKBOOK_LOCKED' : 'ZG_OLD_WORKBOOK';
  if (bytes.toString('latin1', 0, 2) !== 'PK') return 'ZG_NOT_A_WORKBOOK';
  const entries = readZipDirectory(bytes);
  if (!entries) return 'ZG_WORKBOOK_DAMAGED';
  if (entries.some(({ isEncrypted }) => isEncrypted)) return 'ZG_WORKBOOK_LOCKED';
  if (entries.some(({ name }) => name === 'xl/workbook.bin')) return 'ZG_OLD_WORKBOOK';
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) return 'ZG_NOT_A_WORKBOOK';
  return refusalOfContents(bytes, entries);
};

const refusalOfContents = (bytes: Buffer, entries: readonly ZipEntry[]): FindingCode | null => {
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (entries.length > limits.entries || unpackedBytes > limits.unpackedBytes) return 'ZG_FILE_UNPACKS_TOO_LARGE';
  let mergedCells = 0;
  for (const entry of entries) {
    if (!entry.name.endsWith('.xml') && !entry.name.endsWith('.rels')) continue;
    const unpacked = unpackEntry(bytes, entry);
    if (!unpacked) return 'ZG_WORKBOOK_DAMAGED';
    if (entry.name.startsWith('xl/worksheets/')) mergedCells += countMergedCells(unpacked.toString('utf8'));
    if (mergedCells > limits.mergedCells) return 'ZG_SHEET_TOO_LARGE';
  }
  return null;
};

const columnNumber = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const countMergedCells = (xml: string): number => {
  let cells = 0;
  for (const [, c1 = '', r1, c2 = '', r2] of xml.matchAll(
    /<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"/g,
  )) {
    cells += (Math.abs(columnNumber(c2) - columnNumber(c1)) + 1) * (Math.abs(Number(r2) - Number(r1)) + 1);
  }
  return cells;
};
