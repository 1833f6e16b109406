import { inflateRawSync } from 'node:zlib';
import { limits } from './limits.ts';

/** A zip's own list of contents, read before anything unpacks it. */

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly isEncrypted: boolean;
  readonly offset: number;
};

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
/** In place of a number that stands elsewhere. */
const zip64Count = 0xffff;

const findEnd = (bytes: Buffer): number => {
  const least = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= least; at -= 1) if (bytes.readUInt32LE(at) === endMark) return at;
  return -1;
};

/** Null where the bytes are no zip, one that is cut off, or one that others may read otherwise: what is not counted, or zip64. */
export const readZipDirectory = (bytes: Buffer): readonly ZipEntry[] | null => {
  const end = bytes.length < 22 ? -1 : findEnd(bytes);
  if (end < 0) return null;
  const count = bytes.readUInt16LE(end + 10);
  if (count === zip64Count || bytes.readUInt32LE(end + 4) !== 0) return null;
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === entryMark) {
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.length === count ? entries : null;
};

/** Unpacks one entry, never further than it says it goes: a directory that lies is a reason to refuse. Null then. */
export const unpackEntry = (bytes: Buffer, entry: ZipEntry): Buffer | null => {
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== localMark) return null;
  const from = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(from, from + entry.packedBytes);
  if (entry.method === 0) return packed.length === entry.unpackedBytes ? packed : null;
  if (entry.method !== 8) return null;
  try {
    const unpacked = inflateRawSync(packed, { maxOutputLength: Math.min(entry.unpackedBytes + 1, limits.unpackedBytes) });
    return unpacked.length === entry.unpackedBytes ? unpacked : null;
  } catch {
    return null;
  }
};
