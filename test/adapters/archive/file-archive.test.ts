import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileArchive } from '../../../adapters/archive/file-archive.ts';
import { maxLineBytes } from '../../../adapters/archive/read-lines.ts';
import { createSealer } from '../../../src/app/ledger/seal-ledger.ts';
import { openWorkshop, rowsUpTo, standingStream, type Workshop } from '../../support/ledger.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

it.each([
  ['in the middle of a file', 1_000_000],
  ['with files behind it', 3_000],
])('copies up to a seal and nothing of what a writer has put behind it: %s', async (_, rotateBytes) => {
  const stream = standingStream(rowsUpTo(40));
  await createSealer(await workshop.parts(stream, { batchRows: 6, rotateBytes })).sealNow();
  for (const [index, seal] of stream.seals.entries()) {
    const target = join(workshop.dir, `copy-${index}`);
    const copied = await createFileArchive({ folder: workshop.folder }).copyTo(target, seal, []);
    expect((await readdir(target)).toSorted()).toEqual([...copied].toSorted());
    const personal = { checked: Math.floor(seal.to / 3), removed: 0 };
    expect(await workshop.verify(target)).toMatchObject({ ok: true, rows: seal.to, to: seal.to, hash: seal.hash, personal });
  }
  expect(stream.seals.length).toBeGreaterThan(5);
});

it('takes a file without line feeds for no ledger, instead of reading all of it into memory', async () => {
  const path = join(workshop.dir, 'ledger-000000000001.jsonl');
  await writeFile(path, Buffer.alloc(maxLineBytes + 1, 'x'));
  await expect(workshop.verify(path)).rejects.toThrow('ZG_LINE_TOO_LONG');
});
