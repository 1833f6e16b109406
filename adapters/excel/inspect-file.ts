import { zipSync } from 'fflate';
import type { FindingCode } from '../../src/domain/organisation/finding.ts';
import { limits } from './limits.ts';
import { readZipDirectory, unpackEntry } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';

const oleMark = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What exceljs may see of a file: its XML, unpacked by us and packed anew, so that nothing is in it that was not looked at. Or
 * why the bytes can't be a workbook.
 */
export const openFile = (bytes: Buffer): Uint8Array | FindingCode => {
  if (bytes.length === 0) return 'ZG_FILE_EMPTY';
  if (bytes.length > limits.fileBytes) return 'ZG_FILE_TOO_LARGE';
  if (bytes.subarray(0, 8).equals(oleMark)) return bytes.includes(encryptedPackage) ? 'ZG_WORKBOOK_LOCKED' : 'ZG_OLD_WORKBOOK';
  if (bytes.toString('latin1', 0, 2) !== 'PK') return 'ZG_NOT_A_WORKBOOK';
  const entries = readZipDirectory(bytes);
  if (!entries) return 'ZG_WORKBOOK_DAMAGED';
  if (entries.some(({ isEncrypted }) => isEncrypted)) return 'ZG_WORKBOOK_LOCKED';
  if (entries.some(({ name }) => name === 'xl/workbook.bin')) return 'ZG_OLD_WORKBOOK';
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) return 'ZG_NOT_A_WORKBOOK';
  return repack(bytes, entries);
};

/** Pictures, macros and what is embedded are no part of any list. */
const isRead = ({ name }: ZipEntry): boolean => /\.(?:xml|rels)$/u.test(name) && !name.startsWith('xl/media/');

const repack = (bytes: Buffer, entries: readonly ZipEntry[]): Uint8Array | FindingCode => {
  const parts = entries.filter(isRead);
  const unpackedBytes = parts.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (entries.length > limits.entries || unpackedBytes > limits.unpackedBytes) return 'ZG_FILE_UNPACKS_TOO_LARGE';
  const files: Record<string, Uint8Array> = {};
  let mergedCells = 0;
  let tags = 0;
  for (const entry of parts) {
    const unpacked = unpackEntry(bytes, entry);
    if (!unpacked) return 'ZG_WORKBOOK_DAMAGED';
    tags += countTags(unpacked);
    if (entry.name.startsWith('xl/worksheets/')) mergedCells += countMergedCells(unpacked.toString('utf8'));
    if (beyondAnySheet.test(unpacked.toString('latin1'))) return 'ZG_SHEET_TOO_LARGE';
    if (mergedCells > limits.mergedCells || tags > limits.tags) return 'ZG_SHEET_TOO_LARGE';
    files[entry.name] = entry.name === 'xl/workbook.xml' ? Buffer.from(unpacked.toString('utf8').replaceAll(definedNames, '')) : unpacked;
  }
  return zipSync(files, { level: 0 });
};

/** Names of ranges: exceljs walks every cell of each, and no list needs them. */
const definedNames = /<(\w+:)?definedNames\b[^]*?<\/\1?definedNames\s*>/gu;

/** Rows and columns that no sheet has: exceljs counts up to them. */
const beyondAnySheet = /\s(?:r|min|max)=["'][A-Z]*\d{8}/u;

const tagMark = '<'.charCodeAt(0);

const countTags = (xml: Buffer): number => {
  let tags = 0;
  for (let at = xml.indexOf(tagMark); at >= 0 && tags <= limits.tags; at = xml.indexOf(tagMark, at + 1)) tags += 1;
  return tags;
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
