import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { OutgoingMessage } from '../../src/ports/channel.ts';
import type { Campaign } from '../../src/ports/store.ts';
import type { Said } from './people.ts';
import type { Feature } from './scenario.ts';
import type { Timeline } from './timeline.ts';

export type WishParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly has: (feature: Feature) => boolean;
  readonly healAt: number;
  readonly campaign: () => Omit<Campaign, 'version'>;
  readonly says: (from: string, said: Said) => void;
};

const minute = 60_000;
const hour = 60 * minute;

const stopping = ['暂停通知', '停用此渠道'] as const;
const resuming = ['恢复通知', '恢复此渠道'] as const;

/** People stop the chat for themselves and let it go on again; the office says where the inspectors are. */
export const createWishWork = ({ timeline, seed, has, healAt, campaign, says }: WishParts) => {
  const rng = createRng(seed, 'wishes');
  const stopped = new Set<string>();
  const soon = (): number => timeline.now() + rng.between(20 * minute, 3 * hour);

  const resume = (person: string): void => says(person, { text: rng.pick(resuming) });

  const stopSome = (): void => {
    if (!has('stopsChannels')) return;
    const { id } = rng.pick(campaign().organisation.people);
    stopped.add(id);
    says(id, { text: rng.pick(stopping) });
    timeline.at(timeline.now() + rng.between(minute, 6 * hour), () => resume(id));
    timeline.at(soon(), stopSome);
  };
  timeline.at(soon(), stopSome);
  // nobody is to be asked in vain while everybody does their part, whatever was lost before or is under way yet
  for (const at of [healAt, healAt + hour])
    timeline.at(at, () => {
      for (const person of stopped) resume(person);
    });

  const sayPhase = (): void => {
    if (!has('phases')) return;
    const { appointments, units } = campaign().organisation;
    const office = appointments.filter(({ of }) => of === 'g1');
    const name = rng.pick(units).aliases[0];
    const where = rng.pick([`督察组现在到${name}`, `督察组今天到${name}`, `督察组离开${name}`, '督察组进驻', '督察组撤离']);
    if (office.length > 0) says(rng.pick(office).personId, { text: where });
    timeline.at(timeline.now() + rng.between(hour, 6 * hour), sayPhase);
  };
  timeline.at(soon(), sayPhase);

  return {
    receive: ({ to, card }: OutgoingMessage): void => {
      const confirm = card?.buttons.find(({ value }) => value.action === 'confirmPhase');
      if (!confirm || !rng.chance(0.8)) return;
      const afterMs = rng.between(2_000, 10 * minute);
      timeline.at(timeline.now() + afterMs, () => says(to, { value: confirm.value }));
      if (rng.chance(0.2)) timeline.at(timeline.now() + afterMs + rng.between(0, minute), () => says(to, { value: confirm.value }));
    },
  };
};
