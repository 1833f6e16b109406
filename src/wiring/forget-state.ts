import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keys } from '../../adapters/redis/keys.ts';
import { unpack } from '../../adapters/redis/pack.ts';
import type { RedisClient } from '../../adapters/redis/script.ts';
import { strippedOf, type Kept, type Told } from '../app/ledger/forget-state.ts';
import { filesOfRecord, isNamed, withoutNames } from '../domain/ledger/strip-state.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import type { Aggregate, Store, Stored, Write } from '../ports/store.ts';

/** How much of each kind names people or was said by them. */
export type ForgottenState = {
  readonly people: number;
  readonly accounts: number;
  readonly items: number;
  readonly requests: number;
  readonly handovers: number;
  readonly appeals: number;
  readonly dialogues: number;
};

const kinds: { readonly [type in Aggregate['type']]?: keyof ForgottenState } = {
  identity: 'accounts',
  accounts: 'accounts',
  code: 'accounts',
  item: 'items',
  request: 'requests',
  handover: 'handovers',
  shiftNotes: 'handovers',
  appeal: 'appeals',
  dialogue: 'dialogues',
};

const pageFields = '500';
/** A service at work writes beside us: what it has changed is looked at again. */
const mostLooks = 10;

type StateParts = { readonly redis: RedisClient; readonly keys: Keys; readonly store: Store };

async function* readStates({ redis, keys }: StateParts): AsyncGenerator<readonly Stored[]> {
  for (let cursor = '0'; ;) {
    const [next, found] = await redis.hscan(keys.state, cursor, 'COUNT', pageFields);
    const page: Stored[] = [];
    for (let at = 0; at < found.length; at += 2) page.push(unpack(found[at]!, found[at + 1]!));
    yield page;
    if (next === '0') return;
    cursor = next;
  }
}

const isTold = ({ aggregate }: Stored, stripped: Aggregate | null): boolean => stripped !== aggregate;

/** Counts, and strips where it is no dry run. `told`: the items as the ledger tells them without what stands beside it. */
const stripOnce = async (
  parts: StateParts,
  told: Told,
  keeps: ReadonlySet<Kept>,
  isDryRun: boolean,
): Promise<{ readonly counts: Omit<ForgottenState, 'people'>; readonly isWhole: boolean }> => {
  const counts = { accounts: 0, items: 0, requests: 0, handovers: 0, appeals: 0, dialogues: 0 };
  let isWhole = true;
  for await (const page of readStates(parts)) {
    const changed = page
      .map((stored) => ({ stored, stripped: strippedOf(stored, told, keeps) }))
      .filter((one) => isTold(one.stored, one.stripped));
    for (const { stored } of changed) {
      const kind = kinds[stored.aggregate.type];
      if (kind !== undefined && kind !== 'people') counts[kind] += 1;
    }
    if (isDryRun || changed.length === 0) continue;
    const dueAts = await parts.redis.zmscore(parts.keys.due, ...changed.map(({ stored }) => stored.id));
    const transitions = changed.map(({ stored, stripped }, index) => {
      const dueAt = dueAts[index];
      const write: Write = {
        id: stored.id,
        expected: stored.version,
        aggregate: stripped,
        dueAt: dueAt === null || dueAt === undefined ? null : Number(dueAt),
      };
      return { writes: [write], events: [], notices: [] };
    });
    const results = await parts.store.commit(transitions, await parts.store.campaignVersion());
    if (results.some((result) => result !== 'committed')) isWhole = false;
  }
  return { counts, isWhole };
};

const stripNames = async (store: Store, keeps: ReadonlySet<Kept>, isDryRun: boolean): Promise<number> => {
  if (keeps.has('people')) return 0;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { version, organisation, roster } = await store.loadCampaign();
    const people = organisation.people.filter(isNamed).length;
    if (isDryRun || people === 0) return people;
    if ((await store.commitCampaign({ organisation: withoutNames(organisation), roster }, version, [])) === 'committed') return people;
  }
  throw new Error('ZG_STORE_BUSY: organisation and roster are being changed all the time; stop the service and try again.');
};

export const stripState = async (parts: StateParts, told: Told, keeps: ReadonlySet<Kept>, isDryRun: boolean): Promise<ForgottenState> => {
  const people = await stripNames(parts.store, keeps, isDryRun);
  const first = await stripOnce(parts, told, keeps, isDryRun);
  for (let { isWhole } = first, looks = 1; !isWhole && looks < mostLooks; looks += 1)
    ({ isWhole } = await stripOnce(parts, told, keeps, isDryRun));
  return { people, ...first.counts };
};

const hashes = /"sha256":"([\da-f]{64})"/gu;

const hashesIn = (value: Aggregate | LedgerEvent): readonly string[] =>
  [...JSON.stringify(value).matchAll(hashes)].map(([, hash]) => hash!);

const pageRows = 1_000;

/** Every file that state or ledger speak of, and which of them are of record. Read before anything is removed. */
export const filesNamed = async (
  parts: StateParts,
  reader: LedgerReader,
): Promise<{ readonly all: ReadonlySet<string>; readonly ofRecord: ReadonlySet<string> }> => {
  const all = new Set<string>();
  const ofRecord = new Set<string>();
  for await (const page of readStates(parts))
    for (const { aggregate } of page) {
      for (const hash of hashesIn(aggregate)) all.add(hash);
      if (aggregate.type === 'item') for (const { sha256 } of filesOfRecord(aggregate.state)) ofRecord.add(sha256);
    }
  const to = await reader.lastSeq();
  for (let seq = 0; seq < to;) {
    const rows = await reader.rows(seq, pageRows);
    for (const row of rows) for (const hash of hashesIn(row)) all.add(hash);
    seq = rows.at(-1)?.seq ?? to;
  }
  return { all, ofRecord };
};

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch((): string[] => []);

const shelfForm = /^[\da-f]{2}$/u;
const hashForm = /^[\da-f]{64}$/u;

/**
 * Every file that is kept, also those that neither state nor ledger speaks of: a workbook that was looked at and not applied,
 * what came with a message that was refused. None where another bureau's archive lies in the same data folder: they may be theirs.
 */
export const filesInReach = async ({
  dataDir,
  bureau,
}: {
  readonly dataDir: string;
  readonly bureau: string;
}): Promise<readonly string[]> => {
  const bureaus = await namesIn(join(dataDir, 'archive'));
  if (bureaus.some((one) => one !== bureau)) return [];
  const shelves = (await namesIn(join(dataDir, 'files'))).filter((name) => shelfForm.test(name));
  const names = await Promise.all(shelves.map((shelf) => namesIn(join(dataDir, 'files', shelf))));
  return names.flat().filter((name) => hashForm.test(name));
};

/** Answers how many of them there are. */
export const removeFiles = async (folder: string, wanted: ReadonlySet<string>, isDryRun: boolean): Promise<number> => {
  let count = 0;
  for (const hash of wanted) {
    const shelf = join(folder, hash.slice(0, 2));
    if (!(await namesIn(shelf)).includes(hash)) continue;
    count += 1;
    if (!isDryRun) await rm(join(shelf, hash), { force: true });
  }
  return count;
};
