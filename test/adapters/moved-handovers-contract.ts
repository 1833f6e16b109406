import { expect, it } from 'vitest';
import type { Store, Transition } from '../../src/ports/store.ts';
import { friday10 as now, transition, writeWatch } from '../support/samples.ts';

/** What every store tells of handovers that have moved. */
export const describeMovedHandovers = (store: () => Store): void => {
  const commit = (...transitions: readonly Transition[]) => store().commit(transitions, 0);

  it('tells which handovers were written after a mark, and that everything must be read where it does not know', async () => {
    const write = (id: string, expected: number) => ({
      id,
      expected,
      aggregate: {
        type: 'handover' as const,
        state: {
          id,
          postId: 'p1',
          at: now,
          openedAt: now,
          outgoing: [],
          incoming: [],
          endsAt: now,
          open: [],
          due: [],
          notes: [],
          delays: [],
        },
      },
      dueAt: null,
    });
    await commit(transition([write('hp1.a', 0)]));
    const first = await store().movedHandovers(undefined);
    expect(first.ids).toBeUndefined();
    expect(await store().movedHandovers(first.mark)).toEqual({ ids: [], mark: first.mark });
    await commit(transition([writeWatch('p1', 0, null)]), transition([write('hp2.a', 0), write('hp3.a', 0)]));
    // refused, it was not written
    await commit(transition([write('hp4.a', 7)]));
    const book = { type: 'handovers' as const, state: { seenAt: now, stands: {}, pending: {} } };
    await commit(transition([{ id: 'h', expected: 0, aggregate: book, dueAt: null }, write('hp2.a', 1)]));
    const later = await store().movedHandovers(first.mark);
    expect(later.ids?.toSorted()).toEqual(['h', 'hp2.a', 'hp3.a']);
    expect(await store().movedHandovers(later.mark)).toEqual({ ids: [], mark: later.mark });
    expect((await store().movedHandovers('1-0')).ids).toBeUndefined();
    await commit(transition(Array.from({ length: 1_200 }, (_, index) => write(`hp${index}.b`, 0))));
    expect((await store().movedHandovers(later.mark)).ids).toBeUndefined();
    await commit(...Array.from({ length: 1_200 }, (_, index) => transition([write(`hp${index}.b`, 1)])));
    const { ids } = await store().movedHandovers(later.mark);
    expect(ids === undefined || ids.length >= 1_200).toBe(true);
  });
};
