import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { openSigner, readPublicKey } from '../../adapters/archive/signer.ts';
import type { Keys } from '../../adapters/redis/keys.ts';
import { type SealerParts, createSealer } from '../../src/app/ledger/seal-ledger.ts';
import { verifyLedger } from '../../src/app/ledger/verify-ledger.ts';
import type { LedgerEvent, LedgerRow } from '../../src/domain/ledger/event.ts';
import type { LedgerReport } from '../../src/domain/ledger/fault.ts';
import type { Seal } from '../../src/domain/ledger/seal.ts';
import type { LedgerStream } from '../../src/ports/ledger.ts';

export const startedAt = Date.UTC(2021, 7, 27, 2);

/** Something for each seq: every third names a person in its removable part. */
export const eventFor = (seq: number): LedgerEvent => ({
  at: startedAt + seq * 1_000,
  event: seq % 3 === 0 ? 'AnswerRecorded' : 'StepFired',
  obligationId: `o${seq % 5}`,
  channel: 'webchat',
  data: { stepNo: seq % 7, via: 'card', late: seq % 2 === 0 },
  ...(seq % 3 === 0 ? { actor: `m${seq % 11}`, personal: { text: `在岗 ${seq}`, mobile: '138-0000-0001' } } : {}),
});

export const rowsUpTo = (count: number, bureau = 'jn'): LedgerRow[] =>
  Array.from({ length: count }, (_, index) => ({ ...eventFor(index + 1), seq: index + 1, bureau }));

/** Appends as a commit does: one entry for the events of a commit, its id the seq of the first. */
export const appendCommit = async (redis: Redis, keys: Keys, events: readonly LedgerEvent[]): Promise<void> => {
  const first = Number((await redis.hget(keys.meta, 'seq')) ?? 0) + 1;
  await redis
    .multi()
    .xadd(keys.ledger, `${first}-0`, 'e', JSON.stringify(events))
    .hset(keys.meta, 'seq', first + events.length - 1)
    .exec();
};

/** Rows that nobody trims, for tests about files. */
export const standingStream = (rows: readonly LedgerRow[]): LedgerStream & { seals: Seal[] } => {
  const seals: Seal[] = [];
  return {
    seals,
    rows: async (after, limit) => rows.slice(after, after + limit),
    lastSeq: async () => rows.length,
    lastingSeq: async () => rows.length,
    lastSeal: async () => seals.at(-1) ?? null,
    lease: async () => 1,
    release: async () => {},
    writeSeal: async (seal) => seals.push(seal) > 0,
    trim: async () => {},
  };
};

export type Workshop = {
  readonly dir: string;
  /** Where the archive lies. */
  readonly folder: string;
  readonly parts: (stream: LedgerStream, changed?: Partial<SealerParts> & { rotateBytes?: number }) => Promise<SealerParts>;
  readonly verify: (path?: string, publicKeyPem?: string) => Promise<LedgerReport>;
  readonly remove: () => Promise<void>;
};

export const openWorkshop = async (): Promise<Workshop> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-ledger-'));
  const folder = join(dir, 'archive', 'jn');
  const keys = join(dir, 'keys');
  const { sha256 } = createDigests();
  let ownKey: Promise<string> | undefined;
  const readOwnKey = async (): Promise<string> => (await openSigner(keys)).publicKeyPem;
  return {
    dir,
    folder,
    parts: async (stream, { rotateBytes, ...changed } = {}) => ({
      stream,
      archive: createFileArchive({ folder, ...(rotateBytes === undefined ? {} : { rotateBytes }) }),
      signer: await openSigner(keys),
      digests: createDigests(),
      clock: { now: () => startedAt + 3_600_000 },
      holder: 'one',
      ...changed,
    }),
    verify: async (path = folder, publicKeyPem) => {
      const pem = publicKeyPem ?? (await (ownKey ??= readOwnKey()));
      return verifyLedger({ sha256, isSigned: readPublicKey(pem) }, await openArchiveFiles(path));
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
};

/** An archive of rows 1 to `rows`, a seal over each `batchRows`. */
export const writeArchive = async (workshop: Workshop, rows: number, batchRows: number, rotateBytes?: number): Promise<void> => {
  const changed = { batchRows, ...(rotateBytes === undefined ? {} : { rotateBytes }) };
  await createSealer(await workshop.parts(standingStream(rowsUpTo(rows)), changed)).sealNow();
};
