import { tellOfChannelsBack } from '../src/app/notices/watch-channels.ts';
import type { World } from '../src/app/world.ts';
import type { ChannelHealth } from '../src/ports/channel-health.ts';

/** Every five seconds on every instance: a channel that failed may work again while nobody is written to through it. */
export const watchChannelsJob = (world: World, health: ChannelHealth, channels: readonly string[]) => ({
  name: 'watch-channels',
  cron: '*/5 * * * * *',
  run: () => tellOfChannelsBack(world, health, channels),
});
