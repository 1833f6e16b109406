import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const realRoot = dirname(dirname(import.meta.dirname));

export type ModelHouse = { readonly root: string; remove(): void };

/** A house of the given files under the real house's settings, to see whether what is planted there is found. */
export const buildModelHouse = (files: { readonly [path: string]: string }): ModelHouse => {
  const root = mkdtempSync(join(tmpdir(), 'zg-'));
  for (const settings of ['package.json', 'tsconfig.json', 'vitest.config.ts', 'test/tools/file-order.ts', '.dependency-cruiser.mjs'])
    cpSync(join(realRoot, settings), join(root, settings));
  symlinkSync(join(realRoot, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
};
