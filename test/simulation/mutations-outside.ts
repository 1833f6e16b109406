import type { Mutation } from './mutation.ts';

const hooks = { features: ['webhooks', 'late', 'forgetful'], hours: 24, posts: 4, instances: 2 } as const;

/** Bugs in what systems outside hear. */
export const mutationsOutside: readonly Mutation[] = [
  {
    name: 'what a system outside did not take is left out',
    file: 'src/app/webhooks/send-webhooks.ts',
    from: '...state,\n      failures,',
    to: '...state,\n      seq: state.seq + 1,\n      failures,',
    scene: hooks,
  },
  {
    name: 'a system outside that fails is given up',
    file: 'src/app/webhooks/send-webhooks.ts',
    from: 'nextTryAt: now() + waitAfter(failures, chance()),',
    to: 'nextTryAt: now() + 1_000 * waitAfter(failures, chance()),',
    scene: hooks,
  },
  {
    name: 'a system outside hears of what it does not ask for',
    file: 'src/app/webhooks/to-webhook.ts',
    from: "events === 'all' || events.includes(event);",
    to: "events === 'all' || events.includes(event) || event === 'CheckOpened';",
    scene: hooks,
  },
  {
    name: 'a system outside hears who somebody is',
    file: 'src/app/webhooks/to-webhook.ts',
    from: '...view } = toLedgerRowView(row, iso);',
    to: '...view } = { ...toLedgerRowView(row, iso), ...(row.personal ? { personal: row.personal } : {}) };',
    scene: { ...hooks, features: ['webhooks', 'rosters', 'manyRosters'] },
  },
];
