import type { Item } from '../../domain/items/item.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Every item there is, arranged for asking: read once, then kept up with the ledger before each look, so that an
 * answer about ten thousand items costs no more than what has changed since the last one.
 */
export type Board = {
  /** As of now: everything that was committed before the call. */
  read(): Promise<ReadonlyMap<string, Item>>;
};

const pageRows = 2_000;
const loadAtOnce = 500;

export const createBoard = (store: Store, ledger: Pick<LedgerReader, 'rows' | 'lastSeq'>): Board => {
  const items = new Map<string, Item>();
  let through: number | undefined;
  let running: Promise<void> | undefined;

  const readEverything = async (): Promise<number> => {
    // the place in the ledger first: what is changed while we read is read again
    const seq = await ledger.lastSeq();
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page: Awaited<ReturnType<Store['scan']>> = await store.scan('item', cursor);
      for (const { id, aggregate } of page.items) if (aggregate.type === 'item') items.set(id, aggregate.state);
      cursor = page.cursor;
    }
    return seq;
  };

  const reload = async (ids: readonly string[]): Promise<void> => {
    for (let from = 0; from < ids.length; from += loadAtOnce) {
      const some = ids.slice(from, from + loadAtOnce);
      const found = await store.load(some);
      for (const [index, id] of some.entries()) {
        const aggregate = found[index]?.aggregate;
        if (aggregate?.type === 'item') items.set(id, aggregate.state);
        else items.delete(id);
      }
    }
  };

  const catchUp = async (): Promise<void> => {
    let from = through ?? (await readEverything());
    const last = await ledger.lastSeq();
    const moved = new Set<string>();
    while (from < last) {
      const rows = await ledger.rows(from, pageRows);
      if (rows.length === 0) break;
      for (const { itemId } of rows) if (itemId !== undefined) moved.add(itemId);
      from = rows.at(-1)!.seq;
    }
    await reload([...moved]);
    through = from;
  };

  return {
    async read() {
      // a look that began before this call may have missed what was committed since
      await running?.catch(() => undefined);
      running ??= catchUp().finally(() => (running = undefined));
      await running;
      return items;
    },
  };
};
