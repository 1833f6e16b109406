import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type DurableFiles, durableFiles } from '../../../adapters/archive/durable.ts';
import { createFileArchive } from '../../../adapters/archive/file-archive.ts';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../../adapters/redis/ledger-stream.ts';
import { exportLedger, readWholeLedger } from '../../../src/app/ledger/export-ledger.ts';
import { createLedgerReader } from '../../../src/app/ledger/read-ledger.ts';
import { type SealerParts, createSealer } from '../../../src/app/ledger/seal-ledger.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import type { LedgerStream } from '../../../src/ports/ledger.ts';
import { type Workshop, appendCommit, eventFor, openWorkshop, rowsUpTo } from '../../support/ledger.ts';
import { type TestRedis, startRedis } from '../../support/redis.ts';

let server: TestRedis;
let workshop: Workshop;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

const keys = keysOf('jn');
const openStream = (): LedgerStream => createLedgerStream(server.redis, keys, 'jn');
const commitUpTo = async (to: number): Promise<void> => {
  const seq = await openStream().lastSeq();
  for (let first = seq + 1; first <= to; first += 3) {
    const size = Math.min(3, to - first + 1);
    await appendCommit(
      server.redis,
      keys,
      Array.from({ length: size }, (_, index) => eventFor(first + index)),
    );
  }
};
const sealer = async (changed: Parameters<Workshop['parts']>[1] = {}) => createSealer(await workshop.parts(openStream(), changed));

describe('sealing', () => {
  it('archives what is there, goes on from there, and the whole verifies', async () => {
    await commitUpTo(20);
    const { sealNow } = await sealer({ batchRows: 8 });
    expect(await sealNow()).toMatchObject({ status: 'sealed', rows: 20, last: { from: 17, to: 20 } });
    expect(await sealNow()).toMatchObject({ status: 'sealed', rows: 0 });
    await commitUpTo(25);
    expect(await sealNow()).toMatchObject({ rows: 5, last: { from: 21, to: 25 } });
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 25, seals: 4, to: 25 });
  });

  it('another process goes on with the same files', async () => {
    for (const to of [4, 9, 30]) {
      await commitUpTo(to);
      await (await sealer({ batchRows: 8, rotateBytes: 3_000, holder: `p${to}` })).sealNow();
    }
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 30, seals: 5 });
  });

  it('keeps the newest rows in the stream, and the reader joins both halves', async () => {
    await commitUpTo(40);
    const parts = await workshop.parts(openStream(), { batchRows: 10, keepRows: 7, rotateBytes: 3_000 });
    await createSealer(parts).sealNow();
    await commitUpTo(44);
    expect((await parts.stream.rows(0, 1))[0]?.seq).toBe(34);
    const reader = createLedgerReader(parts.stream, parts.archive);
    const all = rowsUpTo(44);
    for (const [after, limit] of [
      [0, 3],
      [3, 3],
      [6, 40],
      [12, 100],
      [29, 4],
      [35, 4],
      [44, 5],
    ] as const)
      expect(await reader.rows(after, limit)).toEqual(all.slice(after, after + limit));
    const whole = [];
    for await (const row of readWholeLedger(reader)) whole.push(row);
    expect(whole).toEqual(all);
  });

  it('stops and drops nothing where the stream has a gap', async () => {
    await commitUpTo(3);
    await server.redis.hset(keys.meta, 'seq', 5);
    await commitUpTo(8);
    await expect((await sealer()).sealNow()).rejects.toThrow('ZG_LEDGER_GAP');
    expect(await readdir(workshop.folder).catch(() => [])).toEqual([]);
  });
});

it('seals no row that a failover may still take back: another would get its number', async () => {
  await commitUpTo(10);
  let lasting = 7;
  const stream = { ...openStream(), lastingSeq: async () => lasting };
  const { sealNow } = createSealer(await workshop.parts(stream));
  expect(await sealNow()).toMatchObject({ rows: 7, last: { from: 1, to: 7 } });
  expect(await sealNow()).toMatchObject({ rows: 0 });
  lasting = 10;
  expect(await sealNow()).toMatchObject({ rows: 3, last: { from: 8, to: 10 } });
  expect(await workshop.verify()).toMatchObject({ ok: true, rows: 10, seals: 2 });
});

describe('two at once', () => {
  it('seal every row once', async () => {
    await commitUpTo(300);
    const sealers = await Promise.all(['a', 'b', 'c'].map((holder) => sealer({ holder, batchRows: 10 })));
    for (let round = 0; round < 20; round += 1) await Promise.all(sealers.map((each) => each.sealNow()));
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 300, to: 300 });
  });

  it('one that lost its lease in the middle leaves nothing that counts', async () => {
    await commitUpTo(10);
    const stream = openStream();
    // while the first is about to write to its file, the second takes the lease and seals the same rows
    const overtaken: DurableFiles = {
      ...durableFiles,
      append: async (path, bytes) => {
        if (path.endsWith('personal.jsonl')) {
          await server.redis.hset(keys.meta, 'sealUntil', 0);
          await (await sealer({ holder: 'two' })).sealNow();
        }
        return durableFiles.append(path, bytes);
      },
    };
    const first = createSealer(await workshop.parts(stream, { archive: createFileArchive({ folder: workshop.folder, files: overtaken }) }));
    await expect(first.sealNow()).rejects.toThrow('ZG_ARCHIVE_RACED');
    await commitUpTo(12);
    await (await sealer({ holder: 'three' })).sealNow();
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 12, seals: 2, personal: { checked: 4, removed: 0 } });
  });
});

describe('a crash', () => {
  const crash = (): never => {
    throw new Error('crash');
  };
  /** Everything that the sealer does to the outside, each cut short before, after, or (files) halfway. */
  const crashes: [string, (parts: SealerParts, rotateBytes: number) => SealerParts][] = [];
  const crashIn = (name: string, changed: Partial<DurableFiles>): void => {
    const files = { ...durableFiles, ...changed };
    crashes.push([
      name,
      (parts, rotateBytes) => ({ ...parts, archive: createFileArchive({ folder: workshop.folder, rotateBytes, files }) }),
    ]);
  };
  for (const isPersonal of [true, false]) {
    for (const share of [0, 0.3, 0.9, 1]) {
      crashIn(`after ${share * 100}% of the ${isPersonal ? 'removable part' : 'rows'}`, {
        append: async (path, bytes) => {
          if (path.endsWith('personal.jsonl') !== isPersonal) return durableFiles.append(path, bytes);
          await durableFiles.append(path, bytes.subarray(0, Math.floor(bytes.length * share)));
          return crash();
        },
      });
    }
  }
  crashIn('before the folder is synced', { syncFolder: crash });
  crashes.push(
    ['before the seal is written', (parts) => ({ ...parts, stream: { ...parts.stream, writeSeal: crash } })],
    [
      'after the seal is written',
      (parts) => ({
        ...parts,
        stream: { ...parts.stream, writeSeal: async (...args) => ((await parts.stream.writeSeal(...args)) ? crash() : crash()) },
      }),
    ],
    ['before the stream is trimmed', (parts) => ({ ...parts, stream: { ...parts.stream, trim: crash } })],
  );

  const beforehand = [
    { name: 'in an empty folder', sealed: 0, rotateBytes: 1_000_000 },
    { name: 'behind sealed rows', sealed: 5, rotateBytes: 1_000_000 },
    { name: 'where a new file begins', sealed: 5, rotateBytes: 1 },
  ];
  for (const { name, sealed, rotateBytes } of beforehand) {
    // behind sealed rows no name is new, so no folder is synced
    const possible = crashes.filter(([where]) => sealed === 0 || rotateBytes === 1 || !where.includes('folder'));
    it.each(possible)(`%s, ${name}, is continued without a gap`, async (_, breakParts) => {
      const keep = { batchRows: 6, keepRows: 2, rotateBytes };
      await commitUpTo(sealed);
      await (await sealer(keep)).sealNow();
      await commitUpTo(16);
      const broken = createSealer(breakParts(await workshop.parts(openStream(), { ...keep, holder: 'dying' }), rotateBytes));
      await expect(broken.sealNow()).rejects.toThrow('crash');
      await server.redis.hset(keys.meta, 'sealUntil', 0);

      const parts = await workshop.parts(openStream(), { ...keep, holder: 'next' });
      await createSealer(parts).sealNow();
      expect(await workshop.verify()).toMatchObject({ ok: true, rows: 16, from: 1, to: 16, personal: { checked: 5, removed: 0 } });
      expect(await createLedgerReader(parts.stream, parts.archive).rows(0, 100)).toEqual(rowsUpTo(16));
      expect((await parts.stream.rows(0, 1))[0]?.seq).toBeGreaterThan(1);
    });
  }
});

describe('an archive and a Redis that do not belong together', () => {
  it('a batch under a strange signature is not taken over, though its rows are those of the stream', async () => {
    await commitUpTo(10);
    const elsewhere = await openWorkshop();
    onTestFinished(() => elsewhere.remove());
    const { signer } = await elsewhere.parts(openStream());
    const parts = await workshop.parts(openStream());
    const dies = async (): Promise<boolean> => {
      throw new Error('crash');
    };
    const stranger = createSealer({ ...parts, signer, stream: { ...parts.stream, writeSeal: dies } });
    await expect(stranger.sealNow()).rejects.toThrow('crash');
    await server.redis.hset(keys.meta, 'sealUntil', 0);
    expect(await createSealer(parts).sealNow()).toMatchObject({ rows: 10, last: { from: 1, to: 10 } });
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 10, seals: 1 });
  });

  it('an archive of rows that Redis never had is left alone', async () => {
    await commitUpTo(10);
    await (await sealer()).sealNow();
    const before = await readFile(join(workshop.folder, 'ledger-000000000001.jsonl'));
    await server.redis.flushall();
    await commitUpTo(4);
    await expect((await sealer()).sealNow()).rejects.toThrow('ZG_ARCHIVE_DIVERGED');
    expect(await readFile(join(workshop.folder, 'ledger-000000000001.jsonl'))).toEqual(before);
  });

  it('files of rows to come are left alone', async () => {
    await commitUpTo(40);
    await (await sealer({ batchRows: 10, rotateBytes: 1_000 })).sealNow();
    const names = await readdir(workshop.folder);
    await server.redis.flushall();
    await writeFile(join(workshop.folder, 'ledger-000000000001.jsonl'), '');
    await commitUpTo(4);
    await expect((await sealer()).sealNow()).rejects.toThrow('ZG_ARCHIVE_AHEAD');
    expect(await readdir(workshop.folder)).toEqual(names);
  });

  it('without the archive of what is sealed nothing is sealed or dropped', async () => {
    await commitUpTo(10);
    await (await sealer()).sealNow();
    await commitUpTo(20);
    const elsewhere = await openWorkshop();
    const { sealNow } = createSealer(await elsewhere.parts(openStream(), { keepRows: 0 }));
    await expect(sealNow()).rejects.toThrow('ZG_ARCHIVE_BEHIND');
    expect((await openStream().rows(0, 100)).length).toBe(20);
    await elsewhere.remove();
  });
});

describe('an export', () => {
  const noted: LedgerEvent[] = [];
  const note = { note: async (event: LedgerEvent) => void noted.push(event), now: () => 7 };

  it('seals what is open and verifies with the key that lies beside it', async () => {
    await commitUpTo(30);
    const parts = await workshop.parts(openStream(), { batchRows: 10, rotateBytes: 3_000 });
    const folder = join(workshop.dir, 'export');
    const exported = await exportLedger({ ...parts, ...note, sealer: createSealer(parts), readme: 'how to check' }, folder);
    expect(exported.to).toBe(30);
    expect((await readdir(folder)).toSorted()).toEqual([...exported.files].toSorted());
    const pem = await readFile(join(folder, 'public-key.pem'), 'utf8');
    expect(await workshop.verify(folder, pem)).toMatchObject({
      ok: true,
      rows: 30,
      hash: exported.hash,
      personal: { checked: 10, removed: 0 },
    });
    const again = exportLedger({ ...parts, ...note, sealer: createSealer(parts), readme: '' }, folder);
    await expect(again).rejects.toThrow('ZG_EXPORT_NOT_EMPTY');
    expect(noted).toEqual([{ at: 7, event: 'DataExported', channel: 'command', data: { what: 'ledger', to: 30, hash: exported.hash } }]);
  });

  it('of an empty ledger says so', async () => {
    const parts = await workshop.parts(openStream());
    const taken = exportLedger({ ...parts, ...note, sealer: createSealer(parts), readme: '' }, join(workshop.dir, 'x'));
    await expect(taken).rejects.toThrow('ZG_LEDGER_EMPTY');
  });
});
