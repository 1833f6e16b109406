import type { Watch } from '../../domain/contact/watch.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Aggregate, Store } from '../../ports/store.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { watchIdOf } from '../world.ts';

/** What has moved since the last look. */
export type Moved = {
  /** Posts and standing contacts of whom something is told; `all`: everything was read anew. Who stands where the directory knows. */
  readonly subjects: ReadonlySet<SubjectId> | 'all';
  /** The newest rows, oldest first. */
  readonly rows: readonly LedgerRow[];
};

/** Watches and what is open about posts and people, kept up with the ledger: a look costs what has changed since the last. */
export type SubjectBoard = {
  readonly watches: ReadonlyMap<SubjectId, Watch>;
  /** By id; without what is owed about items. */
  readonly open: ReadonlyMap<string, Obligation>;
  openOf(subject: SubjectId): readonly Obligation[];
  catchUp(): Promise<Moved>;
};

const pageRows = 2_000;
const loadAtOnce = 500;
/** So far behind, everything is read anew: rows cost more to read than what has become of whom they are about. */
const mostRows = 5_000;
/** Of a large bureau a round alone is more rows than that. */
const rowsPerWatch = 2;
const rowsShown = 100;

/** `onRows` hears every row that is read on the way. */
export const createSubjectBoard = (
  store: Pick<Store, 'scan' | 'load'>,
  ledger: LedgerReader,
  onRows?: (rows: readonly LedgerRow[]) => void,
): SubjectBoard => {
  const watches = new Map<SubjectId, Watch>();
  const open = new Map<string, Obligation>();
  const bySubject = new Map<SubjectId, Set<string>>();
  let through: number | undefined;

  const drop = (id: string): void => {
    const before = open.get(id);
    if (!before) return;
    open.delete(id);
    const ids = bySubject.get(before.subject);
    ids?.delete(id);
    if (ids?.size === 0) bySubject.delete(before.subject);
  };
  const keep = (o: Obligation): void => {
    if (isEnded(o) || o.itemId !== undefined) return drop(o.id);
    open.set(o.id, o);
    const ids = bySubject.get(o.subject);
    if (ids) ids.add(o.id);
    else bySubject.set(o.subject, new Set([o.id]));
  };

  const readEverything = async (): Promise<void> => {
    // the place in the ledger first: what is changed while we read is read again
    through = await ledger.lastSeq();
    const [allWatches, obligations] = await Promise.all([scanAll(store, 'watch'), scanAll(store, 'obligation')]);
    watches.clear();
    open.clear();
    bySubject.clear();
    for (const watch of allWatches) watches.set(watch.subject, watch);
    for (const o of obligations) keep(o);
  };

  const take = (id: string, aggregate: Aggregate | undefined): SubjectId | undefined => {
    if (id.startsWith('w')) {
      const subject = id.slice(1);
      if (aggregate?.type === 'watch') watches.set(subject, aggregate.state);
      else watches.delete(subject);
      return subject;
    }
    const subject = open.get(id)?.subject;
    if (aggregate?.type === 'obligation') keep(aggregate.state);
    else drop(id);
    return subject ?? open.get(id)?.subject;
  };

  const reload = async (ids: readonly string[]): Promise<ReadonlySet<SubjectId>> => {
    const moved = new Set<SubjectId>();
    for (let from = 0; from < ids.length; from += loadAtOnce) {
      const some = ids.slice(from, from + loadAtOnce);
      const found = await store.load(some);
      for (const [index, id] of some.entries()) {
        const subject = take(id, found[index]?.aggregate);
        if (subject !== undefined) moved.add(subject);
      }
    }
    return moved;
  };

  const readRows = async (from: number, last: number) => {
    const ids = new Set<string>();
    let rows: readonly LedgerRow[] = [];
    let at = from;
    while (at < last) {
      const page = await ledger.rows(at, pageRows);
      if (page.length === 0) break;
      onRows?.(page);
      for (const { obligationId, itemId, data } of page) {
        const { subject } = data;
        if (obligationId !== undefined && itemId === undefined) ids.add(obligationId);
        if (typeof subject === 'string' && /^[mp]/.test(subject)) ids.add(watchIdOf(subject));
      }
      rows = [...rows, ...page].slice(-rowsShown);
      at = page.at(-1)!.seq;
    }
    return { ids, rows, at };
  };

  return {
    watches,
    open,
    openOf: (subject) => [...(bySubject.get(subject) ?? [])].flatMap((id) => open.get(id) ?? []),
    async catchUp() {
      const last = await ledger.lastSeq();
      if (through === undefined || last - through > mostRows + rowsPerWatch * watches.size) {
        await readEverything();
        return { subjects: 'all', rows: await ledger.rows(Math.max(0, last - rowsShown), rowsShown) };
      }
      const { ids, rows, at } = await readRows(through, last);
      const subjects = await reload([...ids]);
      through = at;
      return { subjects, rows };
    },
  };
};
