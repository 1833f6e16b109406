import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDataFolder } from '../../src/wiring/data-folder.ts';

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'zg-folder-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
};

it('makes the folder and all above it, and is content with one that is there', async () => {
  const wanted = join(await folder(), 'a', 'b');
  makeDataFolder(wanted);
  makeDataFolder(wanted);
  expect(existsSync(wanted)).toBe(true);
});

it('says in a sentence that nothing can be kept where a file stands, or where the kernel makes no folders', async () => {
  const file = join(await folder(), 'taken');
  await writeFile(file, '');
  for (const wanted of [file, join(file, 'below'), '/proc/zaigang-data'])
    expect(() => makeDataFolder(wanted)).toThrow(/^ZG_DATA_DIR: .* set DATA_DIR /u);
});
