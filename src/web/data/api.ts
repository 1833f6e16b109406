import type { Page, Person, RosterRow, Row, Wall } from './types.ts';

/** An answer that is no success; `status` 0 where there was none at all. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

const patienceMs = 8_000;

export const getJson = async <T>(path: string): Promise<T> => {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(patienceMs) });
  } catch {
    throw new ApiError(0);
  }
  if (!response.ok) throw new ApiError(response.status);
  const body: T = await response.json();
  return body;
};

export const getWall = (): Promise<Wall> => getJson<Wall>('api/wall');

const pageSize = 1_000;

const getAll = async <T>(path: string): Promise<T[]> => {
  const all: T[] = [];
  let after = '';
  for (;;) {
    const page = await getJson<Page<T>>(`${path}?limit=${pageSize}${after && `&after=${encodeURIComponent(after)}`}`);
    all.push(...page.items);
    if (page.next === null) return all;
    after = page.next;
  }
};

export const getPeople = (): Promise<Person[]> => getAll<Person>('api/people');
export const getRoster = (): Promise<RosterRow[]> => getAll<RosterRow>('api/roster');

const getRows = (after: number, limit: number): Promise<Page<Row>> => getJson<Page<Row>>(`api/ledger?after=${after}&limit=${limit}`);

/** The newest rows, oldest first. The end of a long ledger is found by halving, since rows are numbered without gaps. */
export const getLatestRows = async (count: number): Promise<readonly Row[]> => {
  const first = await getRows(0, pageSize);
  if (first.next === null) return first.items.slice(-count);
  let low = Number(first.next);
  let high = low;
  do high *= 2;
  while ((await getRows(high, 1)).items.length > 0 && (low = high));
  while (high - low > count / 2) {
    const middle = Math.floor((low + high) / 2);
    if ((await getRows(middle, 1)).items.length > 0) low = middle;
    else high = middle;
  }
  return (await getRows(Math.max(0, low - count), pageSize)).items.slice(-count);
};
