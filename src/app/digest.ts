import { isEnded } from '../domain/escalation/obligation.ts';
import type { World } from './world.ts';

/** Figures of a digest: counts by kind and status of what is open, for the message catalogue to put into words. */
export const digestOf = async (world: World, _now: number): Promise<readonly string[]> => {
  const counts = new Map<string, number>();
  for (let cursor: string | null = '0'; cursor !== null; ) {
    const page = await world.store.scan('obligation', cursor);
    cursor = page.cursor;
    for (const { aggregate } of page.items) {
      if (aggregate.type !== 'obligation' || isEnded(aggregate.state)) continue;
      const key = `${aggregate.state.kind} ${aggregate.state.status}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].toSorted().map(([key, count]) => `${key} ${count}`);
};
