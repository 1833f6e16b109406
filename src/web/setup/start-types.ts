/** How far setting up has come, as `/api/set-up/checklist` tells it. */

export type Line = {
  readonly step: string;
  readonly state: 'done' | 'look' | 'todo' | 'unknown';
  readonly about: string;
  readonly counts: { readonly [name: string]: number };
  readonly names: readonly string[];
};

export type Checklist = { readonly lines: readonly Line[]; readonly done: number; readonly all: number };
