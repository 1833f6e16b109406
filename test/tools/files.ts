import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Not ours, or made by a run. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'data', 'coverage', 'reports']);

/** Every file of the house, from its front door, with forward slashes. */
export const listFiles = (root: string, folder = ''): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (leftOut.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(root, path) : [path.split(sep).join('/')];
  });

/** The rooms in which code lives; tools get them by name, or they would walk everywhere. */
export const rooms = ['src', 'jobs', 'adapters', 'test'] as const;
