import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDiskFiles } from '../../../adapters/files/disk-files.ts';
import { describeFiles } from '../files-contract.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'zg-files-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const about = { name: 'a.txt', mime: 'text/plain' };
const fresh = (): Promise<string> => mkdtemp(join(root, 'f-'));
const pathOf = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256);

describeFiles('the disk', async () => {
  const folder = join(await fresh(), 'files');
  const spoil = async (sha256: string): Promise<void> => {
    await chmod(pathOf(folder, sha256), 0o640);
    await writeFile(pathOf(folder, sha256), 'something else');
  };
  return { files: createDiskFiles(folder), spoil };
});

it('stands under its hash, for nobody to write, with nothing left beside it, and is there for the next process', async () => {
  const folder = join(await fresh(), 'files');
  const { sha256 } = await createDiskFiles(folder).put(Buffer.from('hello'), about);
  expect((await stat(pathOf(folder, sha256))).mode & 0o777).toBe(0o440);
  expect(await readdir(join(folder, 'new'))).toEqual([]);
  expect(Buffer.from((await createDiskFiles(folder).get(sha256))!).toString()).toBe('hello');
});

it('removes what a writer that died left long ago, and nothing that may still be written', async () => {
  const folder = join(await fresh(), 'files');
  await mkdir(join(folder, 'new'), { recursive: true });
  await Promise.all(['old', 'young'].map((name) => writeFile(join(folder, 'new', name), 'torn')));
  await utimes(join(folder, 'new', 'old'), 1, 1);
  await createDiskFiles(folder).put(Buffer.from('hello'), about);
  expect(await readdir(join(folder, 'new'))).toEqual(['young']);
});

it('says that the store is away where it cannot write, and goes on when it can', async () => {
  const parent = await fresh();
  const folder = join(parent, 'files');
  await writeFile(folder, 'in the way');
  const files = createDiskFiles(folder);
  await expect(files.put(Buffer.from('hello'), about)).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
  await rm(folder);
  expect((await files.put(Buffer.from('hello'), about)).bytes).toBe(5);
});

it('goes on with the next file where it could not make its own folders before', async () => {
  const folder = join(await fresh(), 'files');
  await mkdir(folder);
  await writeFile(join(folder, 'new'), 'in the way');
  const files = createDiskFiles(folder);
  await expect(files.put(Buffer.from('hello'), about)).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
  await rm(join(folder, 'new'));
  expect((await files.put(Buffer.from('hello'), about)).bytes).toBe(5);
});
