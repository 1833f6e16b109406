import { hash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSigner } from '../../../adapters/archive/signer.ts';
import type { FaultKind } from '../../../src/domain/ledger/fault.ts';
import { type Workshop, openWorkshop, writeArchive } from '../../support/ledger.ts';
import { fc } from '../../support/property.ts';

const fileName = 'ledger-000000000001.jsonl';
const personalName = 'ledger-000000000001.personal.jsonl';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

const pathOf = (name: string): string => join(workshop.folder, name);
const changeLines = async (name: string, change: (lines: string[]) => string[]): Promise<void> => {
  const lines = (await readFile(pathOf(name), 'utf8')).split('\n').slice(0, -1);
  await writeFile(pathOf(name), [...change(lines), ''].join('\n'));
};
const kindsFound = async (): Promise<FaultKind[]> => (await workshop.verify()).faults.map((fault) => fault.what);

describe('an archive that nobody touched', () => {
  it('verifies from its files and the public key alone', async () => {
    await writeArchive(workshop, 25, 10);
    expect(await workshop.verify()).toMatchObject({
      ok: true,
      rows: 25,
      seals: 3,
      from: 1,
      to: 25,
      personal: { checked: 8, removed: 0 },
      faults: [],
    });
  });

  it('verifies over many files, and one file of them by itself', async () => {
    await writeArchive(workshop, 200, 10, 4_000);
    const names = (await readdir(workshop.folder)).filter((name) => !name.includes('personal')).toSorted();
    expect(names.length).toBeGreaterThan(5);
    expect(await workshop.verify()).toMatchObject({ ok: true, rows: 200, seals: 20 });
    const middle = await workshop.verify(pathOf(names[2] ?? ''));
    expect(middle.ok).toBe(true);
    expect(middle.from).toBeGreaterThan(1);
  });

  it('verifies without what was removed, and counts it', async () => {
    await writeArchive(workshop, 12, 6);
    await changeLines(personalName, (lines) => lines.filter((line) => !line.includes('"seq":6}')));
    expect(await workshop.verify()).toMatchObject({ ok: true, personal: { checked: 3, removed: 1 } });
    await unlink(pathOf(personalName));
    expect(await workshop.verify()).toMatchObject({ ok: true, personal: { checked: 0, removed: 4 } });
  });
});

describe('one changed byte', () => {
  const flipAndVerify = async (name: string, original: Buffer, at: number, mask: number) => {
    const bytes = Buffer.from(original);
    bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
    await writeFile(pathOf(name), bytes);
    return workshop.verify();
  };
  const lineAt = (bytes: Buffer, at: number): number => bytes.subarray(0, at).toString('latin1').split('\n').length;

  it.each([0x01, 0x20])('is found and its line named, wherever it is (mask %i)', { timeout: 300_000 }, async (mask) => {
    await writeArchive(workshop, 4, 3);
    for (const name of [fileName, personalName]) {
      const original = await readFile(pathOf(name));
      for (let at = 0; at < original.length; at += 1) {
        const report = await flipAndVerify(name, original, at, mask);
        const isNamed = !report.ok && report.faults.some((fault) => fault.file === name && fault.line === lineAt(original, at));
        expect({ name, at, isNamed, faults: report.faults }).toMatchObject({ isNamed: true });
      }
      await writeFile(pathOf(name), original);
    }
    expect((await workshop.verify()).ok).toBe(true);
  });

  it('is found in a larger archive too', async () => {
    await writeArchive(workshop, 500, 40, 20_000);
    const names = await readdir(workshop.folder);
    const originals = new Map(await Promise.all(names.map(async (name) => [name, await readFile(pathOf(name))] as const)));
    const place = fc
      .constantFrom(...names)
      .chain((name) => fc.tuple(fc.constant(name), fc.nat((originals.get(name)?.length ?? 1) - 1), fc.integer({ min: 1, max: 255 })));
    await fc.assert(
      fc.asyncProperty(place, async ([name, at, mask]) => {
        const original = originals.get(name) ?? Buffer.alloc(0);
        const report = await flipAndVerify(name, original, at, mask);
        await writeFile(pathOf(name), original);
        expect(report.faults).toContainEqual(expect.objectContaining({ file: name, line: lineAt(original, at) }));
      }),
      { numRuns: 150 },
    );
  });
});

describe('what else can be done to an archive', () => {
  beforeEach(() => writeArchive(workshop, 20, 5)); // lines 1-5 and a seal, 7-11 and a seal, ...

  it('a row rewritten together with its hash shows in its batch', async () => {
    await changeLines(fileName, (lines) =>
      lines.map((line) => {
        if (!line.includes('"seq":7}')) return line;
        const text = line.slice('{"row":'.length, -75).replace('"stepNo":0', '"stepNo":9');
        return `{"row":${text},"hash":"${hash('sha256', text)}"}`;
      }),
    );
    const { faults } = await workshop.verify();
    expect(faults).toMatchObject([{ what: 'batchChanged', file: fileName, line: 12 }]);
  });

  it('swapped lines', async () => {
    await changeLines(fileName, (lines) => lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'rowMoved', line: 4, seq: 3 }]);
  });

  it('a row moved under another seal', async () => {
    await changeLines(fileName, (lines) => [...lines.slice(0, 4), ...lines.slice(5, 7), lines[4] ?? '', ...lines.slice(7)]);
    expect((await workshop.verify()).faults).toMatchObject([
      { what: 'rowsMissing', seq: 5 },
      { what: 'rowMoved', seq: 5, line: 7 },
    ]);
  });

  it('a repeated row', async () => {
    await changeLines(fileName, (lines) => lines.toSpliced(3, 0, lines[2] ?? ''));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'rowRepeated', seq: 3, line: 4 }]);
  });

  it('a row taken out', async () => {
    await changeLines(fileName, (lines) => lines.toSpliced(8, 1));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'rowsMissing', seq: 8 }]);
  });

  it('a seal taken out', async () => {
    await changeLines(fileName, (lines) => lines.toSpliced(5, 1));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'sealMissing', seq: 1, line: 6 }]);
  });

  it('a whole batch taken out', async () => {
    await changeLines(fileName, (lines) => lines.toSpliced(6, 6));
    expect(await kindsFound()).toEqual(['personalUnknown', 'personalUnknown', 'chainBroken', 'rowsMissing']);
  });

  it('a foreign key is one fault, not one for each seal', async () => {
    const foreign = await openSigner(join(workshop.dir, 'foreign'));
    expect((await workshop.verify(workshop.folder, foreign.publicKeyPem)).faults).toMatchObject([{ what: 'wrongKey', line: 6 }]);
  });

  it('the last seal cut off is told apart from a change', async () => {
    await changeLines(fileName, (lines) => lines.slice(0, -1));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'endUnsealed', seq: 16 }]);
    const whole = await readFile(pathOf(fileName));
    await writeFile(pathOf(fileName), whole.subarray(0, -30));
    expect(await kindsFound()).toEqual(['endUnsealed']);
  });

  it('rows cut off together with their seal show in the last row and hash', async () => {
    const before = await workshop.verify();
    await changeLines(fileName, (lines) => lines.slice(0, -6));
    await changeLines(personalName, (lines) => lines.filter((line) => !/"seq":18\}/.test(line)));
    const after = await workshop.verify();
    expect(after.ok).toBe(true);
    expect([before.to, after.to]).toEqual([20, 15]);
    expect(after.hash).not.toBe(before.hash);
  });

  it('what belongs to another row, or to none, in the file beside', async () => {
    await changeLines(personalName, (lines) => lines.map((line) => line.replace('"seq":9}', '"seq":10}')));
    expect((await workshop.verify()).faults).toMatchObject([{ what: 'personalUnknown', file: personalName, line: 3, seq: 10 }]);
  });
});

describe('files', () => {
  beforeEach(() => writeArchive(workshop, 120, 10, 4_000));
  const names = async (): Promise<string[]> => (await readdir(workshop.folder)).filter((name) => !name.includes('personal')).toSorted();

  it('a missing one is named by its rows', async () => {
    const all = await names();
    await unlink(pathOf(all[1] ?? ''));
    const { faults } = await workshop.verify();
    expect(faults[0]).toMatchObject({ what: 'fileMissing', file: all[2], seq: Number(all[1]?.slice(7, 19)) });
  });

  it('a missing first one as well', async () => {
    const all = await names();
    await unlink(pathOf(all[0] ?? ''));
    expect((await workshop.verify()).faults[0]).toMatchObject({ what: 'fileMissing', seq: 1 });
  });

  it('a renamed one', async () => {
    const all = await names();
    await rename(pathOf(all[0] ?? ''), pathOf('ledger-000000000002.jsonl'));
    expect((await kindsFound())[0]).toBe('fileMisnamed');
  });

  it('one cut off in the middle of the archive is not taken for the end', async () => {
    const all = await names();
    const bytes = await readFile(pathOf(all[0] ?? ''));
    await writeFile(pathOf(all[0] ?? ''), bytes.subarray(0, -20));
    expect((await kindsFound())[0]).toBe('lineUnreadable');
  });

  it('of another archive with the same numbers do not fit the chain', async () => {
    const all = await names();
    const other = await openWorkshop();
    await mkdir(join(other.dir, 'keys'));
    for (const key of await readdir(join(workshop.dir, 'keys')))
      await copyFile(join(workshop.dir, 'keys', key), join(other.dir, 'keys', key));
    await writeArchive(other, 120, 10, 4_000);
    await copyFile(join(other.folder, all[1] ?? ''), pathOf(all[1] ?? ''));
    expect(await kindsFound()).toContain('chainBroken');
    await other.remove();
  });

  it('nothing there, or no key, is said in words that help', async () => {
    await expect(workshop.verify(join(workshop.dir, 'nowhere'))).rejects.toThrow('ZG_ARCHIVE_ABSENT');
    await expect(workshop.verify(workshop.dir)).rejects.toThrow('ZG_ARCHIVE_ABSENT');
    await expect(workshop.verify(workshop.folder, 'no key')).rejects.toThrow('ZG_KEY_UNREADABLE');
  });
});
