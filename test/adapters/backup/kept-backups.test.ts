import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginBackup, endBackup } from '../../../adapters/backup/folder.ts';
import { listBackups, pruneBackups } from '../../../adapters/backup/kept-backups.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zg-backups-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** As the command makes one. */
const make = async (name: string, takenAt: string, bureau = 'jinan'): Promise<string> => {
  const path = join(folder, name);
  await beginBackup(path);
  await mkdir(join(path, 'keys'));
  await writeFile(join(path, 'keys', 'signing.pem'), `key of ${name}`);
  await writeFile(join(path, 'ledger.jsonl'), `["1-0",["e","${name}"]]\n`);
  await endBackup(path, { product: '1.0.0', redis: '7.4.0', bureau, takenAt, seq: 7, sealedTo: 5 });
  return path;
};

/** Day by day, the newest named like the last day. */
const makeDays = async (count: number): Promise<void> => {
  for (let day = 1; day <= count; day++) await make(`d${day}`, `2021-09-0${day}T03:00:00.000Z`);
};

const breakOff = async (name: string): Promise<void> => {
  await beginBackup(join(folder, name));
  await writeFile(join(folder, name, 'redis.keys'), 'half');
};

const damage = async (name: string): Promise<void> => appendFile(join(folder, name, 'ledger.jsonl'), 'x');
const makeNewer = async (name: string): Promise<void> => {
  const path = join(folder, name, 'manifest.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"format": 1', '"format": 9'));
};
const left = async (): Promise<readonly string[]> => (await readdir(folder)).toSorted();
const prune = async (keep: number, isDryRun = false) => {
  const { removed, kept } = await pruneBackups(folder, { keep, isDryRun });
  return { removed: removed.map(({ name }) => name), kept: kept.map(({ name }) => name) };
};

describe('a list of backups', () => {
  it('says of each when it was taken, how large it is, and whether it is whole, the newest first', async () => {
    await makeDays(4);
    await damage('d2');
    await makeNewer('d3');
    await breakOff('night');
    const { backups, others } = await listBackups(folder);
    expect(backups.map(({ name, state }) => [name, state])).toEqual([
      ['night', 'unfinished'],
      ['d4', 'whole'],
      ['d3', 'newer'],
      ['d2', 'damaged'],
      ['d1', 'whole'],
    ]);
    expect(backups.at(-1)).toEqual({
      name: 'd1',
      state: 'whole',
      bureau: 'jinan',
      takenAt: '2021-09-01T03:00:00.000Z',
      seq: 7,
      bytes: 'key of d1'.length + '["1-0",["e","d1"]]\n'.length,
    });
    expect(others).toEqual([]);
  });

  it('names whatever is no backup, and is refused where there is nothing to look into', async () => {
    await makeDays(1);
    await writeFile(join(folder, 'notes.txt'), '');
    await mkdir(join(folder, 'photos'));
    await writeFile(join(folder, 'photos', 'one.jpg'), '');
    expect((await listBackups(folder)).others).toEqual(['notes.txt', join('photos', 'one.jpg')]);
    await expect(listBackups(join(folder, 'nowhere'))).rejects.toThrow('ZG_BACKUPS_ABSENT');
    await expect(pruneBackups(join(folder, 'nowhere'), { keep: 1, isDryRun: false })).rejects.toThrow('ZG_BACKUPS_ABSENT');
  });
});

describe('pruning', () => {
  it('keeps the newest and removes the others, the oldest first; a dry run removes nothing', async () => {
    await makeDays(5);
    expect(await prune(2, true)).toEqual({ removed: ['d1', 'd2', 'd3'], kept: ['d5', 'd4'] });
    expect(await left()).toHaveLength(5);
    expect(await prune(2)).toEqual({ removed: ['d1', 'd2', 'd3'], kept: ['d5', 'd4'] });
    expect(await left()).toEqual(['d4', 'd5']);
    expect(await prune(2)).toEqual({ removed: [], kept: ['d5', 'd4'] });
  });

  it('never removes the newest whole one, whatever is newer than it and whatever is asked for', async () => {
    await makeDays(4);
    await damage('d3');
    await damage('d4');
    await damage('d1');
    // the newer two are looked into before they go
    expect(await prune(1)).toEqual({ removed: ['d1'], kept: ['d4', 'd3', 'd2'] });
    expect(await prune(0)).toEqual({ removed: [], kept: ['d4', 'd3', 'd2'] });
    await damage('d2');
    expect(await prune(1)).toEqual({ removed: [], kept: ['d4', 'd3', 'd2'] });
  });

  it('goes by when they were taken, and not by what their folders are called', async () => {
    await make('a-newest', '2021-09-09T03:00:00.000Z');
    await make('z-oldest', '2021-09-01T03:00:00.000Z');
    expect(await prune(1)).toEqual({ removed: ['z-oldest'], kept: ['a-newest'] });
  });

  it('leaves one that may just be being made, and those of a later version', async () => {
    await makeDays(3);
    await breakOff('a-night');
    await makeNewer('d1');
    expect(await prune(1)).toEqual({ removed: ['d2'], kept: ['a-night', 'd3', 'd1'] });
  });

  it('keeps as many of each bureau', async () => {
    await makeDays(2);
    await make('w1', '2021-08-01T03:00:00.000Z', 'weifang');
    await make('w2', '2021-08-02T03:00:00.000Z', 'weifang');
    expect(await prune(1)).toEqual({ removed: ['w1', 'd1'], kept: ['d2', 'w2'] });
  });

  it.each<readonly [string, () => Promise<unknown>]>([
    ['a file', () => writeFile(join(folder, 'notes.txt'), '')],
    ['a folder of somebody', async () => (await mkdir(join(folder, 'x')), writeFile(join(folder, 'x', 'y'), ''))],
    ['a link', () => symlink(tmpdir(), join(folder, 'elsewhere'))],
    ['a file that somebody put into a backup', () => writeFile(join(folder, 'd1', 'keys', 'mine.txt'), '')],
    ['a link that somebody put into a backup', () => symlink(tmpdir(), join(folder, 'd1', 'archive'))],
    ['a manifest: it is a backup itself', () => writeFile(join(folder, 'manifest.json'), '{}')],
  ])('removes nothing where there is also %s', async (_, add) => {
    await makeDays(3);
    await add();
    const before = await left();
    await expect(prune(1)).rejects.toThrow('ZG_BACKUPS_OTHERS');
    expect(await left()).toEqual(before);
  });
});
