import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { constants, deflateRawSync } from 'node:zlib';
import { limits } from './limits.ts';
import type { WallMessage, WallOpening } from './views.ts';

/** Versions of the wall are counted by each process for itself: what another process or an earlier one counted says nothing here. */
const processId = randomBytes(6).toString('hex');

/** The last version of this very process that a browser has heard, from the `id` that it sends back. */
export const knownFrom = (lastEventId: unknown): number | undefined => {
  const [, id, version] = typeof lastEventId === 'string' ? (/^([0-9a-f]{12})\.(\d{1,15})$/.exec(lastEventId) ?? []) : [];
  return id === processId ? Number(version) : undefined;
};

const eventOf = ({ event, version, text }: WallMessage): string => `event: ${event}\nid: ${processId}.${version}\ndata: ${text}\n\n`;

/** Begins a gzip stream whose blocks follow one by one; no time, no name, no system. */
export const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** A block that leans on none before it: the same bytes do for every stream. */
export const toBlock = (text: string): Buffer => deflateRawSync(text, { level: 3, finishFlush: constants.Z_SYNC_FLUSH });

/** How streams are written: as they are, or packed for those who take it. */
export type Coding = { readonly head: Buffer | undefined; readonly encode: (text: string) => Buffer };
const plain: Coding = { head: undefined, encode: (text) => Buffer.from(text) };
const packed: Coding = { head: gzipHead, encode: toBlock };

export const codingFor = (acceptEncoding: unknown): Coding =>
  typeof acceptEncoding === 'string' && /\bgzip\b/.test(acceptEncoding) ? packed : plain;

/** Bytes of messages, made once for all walls that are told the same. */
const createBytes = ({ encode }: Coding) => {
  const made = new WeakMap<WallMessage, Buffer>();
  return (message: WallMessage): Buffer => {
    const bytes = made.get(message) ?? encode(eventOf(message));
    made.set(message, bytes);
    return bytes;
  };
};
const bytesBy = new Map([plain, packed].map((coding) => [coding, createBytes(coding)]));

/**
 * Writes to one wall no faster than it reads: while much is still on its way nothing is added, and once it has arrived
 * the wall hears in one message what has become of everything meanwhile. `end` is called where nothing arrives at all.
 */
export const writeWall = (raw: ServerResponse, coding: Coding, end: () => void) => {
  const bytesOf = bytesBy.get(coding)!;
  let toldUntil = 0;
  let isBehind = false;
  let opening: WallOpening | undefined;
  let stalling: NodeJS.Timeout | undefined;
  const write = (message: WallMessage): void => {
    if (message.version < toldUntil) return;
    toldUntil = message.version;
    raw.write(bytesOf(message));
  };
  const catchUp = (): void => {
    clearTimeout(stalling);
    if (!isBehind || !opening) return;
    isBehind = false;
    write(opening.since(toldUntil));
  };
  raw.on('drain', catchUp);
  raw.on('close', () => clearTimeout(stalling));
  return {
    tell: (message: WallMessage): void => {
      // nothing before the whole
      if (!opening) return;
      if (!isBehind && raw.writableLength <= limits.liveBehindBytes) return write(message);
      if (isBehind) return;
      isBehind = true;
      stalling = setTimeout(end, limits.liveStalledMs).unref();
    },
    begin: (opened: WallOpening): void => {
      opening = opened;
      write(opened.first);
    },
  };
};
