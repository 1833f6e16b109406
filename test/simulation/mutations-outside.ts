import type { Mutation } from './mutation.ts';

const hooks = { features: ['webhooks', 'late', 'forgetful'], hours: 24, posts: 4, instances: 2 } as const;

const wishes = { features: ['stopsChannels', 'late', 'requests'], hours: 24, posts: 5, instances: 2 } as const;

/** Bugs in what systems outside hear, and in what goes out to people against their wish. */
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
  {
    name: 'somebody is asked over a channel that they have stopped',
    file: 'src/app/notices/send-parcels.ts',
    from: 'channels.filter((channel) => !isPaused(notice.to, channel.name));',
    to: "channels.filter((channel) => channel.name !== '' || !isPaused(notice.to, channel.name));",
    scene: wishes,
  },
  {
    name: 'a step counts as told where nothing reaches whom it is for',
    file: 'src/domain/escalation/fire.ts',
    from: "if (via !== 'voice' && context.isUnreached?.(to)) reason = 'paused';",
    to: "if (via === 'voice' && context.isUnreached?.(to)) reason = 'paused';",
    scene: wishes,
  },
  {
    name: 'a channel that goes on again stays stopped in the ledger',
    file: 'src/app/acts/pause-channel.ts',
    from: "if (isResumed) record(turn, reach, 'ChannelResumed',",
    to: "if (isResumed) record(turn, reach, 'ChannelPaused',",
    scene: wishes,
  },
  {
    name: 'where the inspectors are, silence may last as long as elsewhere',
    file: 'src/app/contact/contact-rules.ts',
    from: "=== 'onSite' ? world.settings.onSite : world.settings.posts;",
    to: "=== 'onSite' ? world.settings.posts : world.settings.posts;",
    scene: { features: ['phases', 'items'], hours: 24, posts: 5, instances: 2 },
  },
  {
    name: 'where the inspectors are coming, nobody thinks of it before they are asked next',
    file: 'src/app/contact/contact-rules.ts',
    from: 'isPostId(subject) ? nextPhaseChange(phasesOf(world), unitOf(world, subject), at) : undefined;',
    to: 'isPostId(subject) ? nextPhaseChange([], unitOf(world, subject), at) : undefined;',
    scene: { features: ['phases', 'items'], hours: 24, posts: 5, instances: 2 },
  },
];
