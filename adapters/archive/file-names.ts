import { readdir } from 'node:fs/promises';

/** Padded, so that the names sort as the rows do. */
export const fileNameOf = (from: number): string => `ledger-${String(from).padStart(12, '0')}.jsonl`;

export const personalNameOf = (name: string): string => name.replace(/\.jsonl$/, '.personal.jsonl');

const shape = /^ledger-(\d{12,16})\.jsonl$/;

export const fromOf = (name: string): number | null => {
  const digits = shape.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** The ledger's files in a folder, in the order of their rows; nothing where there is no folder. */
export const listFiles = async (folder: string): Promise<{ name: string; from: number }[]> => {
  const names = await readdir(folder).catch(() => []);
  const files = names.flatMap((name) => {
    const from = fromOf(name);
    return from === null ? [] : [{ name, from }];
  });
  return files.toSorted((a, b) => a.from - b.from);
};
