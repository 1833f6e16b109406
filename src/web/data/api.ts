import type { Obligation, Page, Person, RosterRow, Row } from './types.ts';

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

/** What is open, all of it: the newest would be what is cut off, and it may be a call for help. */
export const openPath = 'api/obligations?open=true&limit=500';
const mostOpen = 5_000;
export const getOpen = async (path: string): Promise<Page<Obligation>> => {
  let page = await getJson<Page<Obligation>>(path);
  const items = [...page.items];
  while (page.next !== null && items.length < mostOpen) {
    page = await getJson<Page<Obligation>>(`${path}&after=${encodeURIComponent(page.next)}`);
    items.push(...page.items);
  }
  return { items, next: page.next };
};

export const getPeople = (): Promise<Person[]> => getAll<Person>('api/people');
export const getRoster = (): Promise<RosterRow[]> => getAll<RosterRow>('api/roster');

export const getLatestRow = (): Promise<Page<Row>> => getJson<Page<Row>>('api/ledger?order=newest&limit=1');
