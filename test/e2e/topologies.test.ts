import { describe, expect, it } from 'vitest';
import { eventually, startDemo } from '../support/demo.ts';
import { startCluster, startSentinel } from '../support/redis-topologies.ts';

type Rows = { readonly items: readonly { readonly event: string }[] };

describe.each([
  ['a three-node cluster', startCluster],
  ['a master that Sentinel names', startSentinel],
])('the whole service on %s', (_name, startTopology) => {
  it('asks, hears, and misses who sleeps', async () => {
    const topology = await startTopology();
    const demo = await startDemo({ env: { REDIS_URL: topology.url, CLOCK_SCALE: '600' } }).catch(async (error: unknown) => {
      await topology.stop();
      throw error;
    });
    try {
      const { items } = await eventually(
        async () => (await (await fetch(`${demo.url}api/ledger?limit=500`)).json()) as Rows,
        (rows) => rows.items.some((row) => row.event === 'ObligationMissed'),
      );
      expect(items.filter((row) => row.event === 'AnswerRecorded').length).toBeGreaterThan(10);
      expect(await (await fetch(`${demo.url}readyz`)).json()).toEqual({ ok: true, reasons: [], warnings: [] });
      expect(demo.output()).not.toMatch(/"level":[56]0/u);
    } finally {
      await demo.stop();
      await topology.stop();
    }
  }, 180_000);
});
