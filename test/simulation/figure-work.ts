import type { Button, OutgoingMessage } from '../../src/ports/channel.ts';
import type { Campaign } from '../../src/ports/store.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Said } from './people.ts';
import type { Timeline } from './timeline.ts';

export type FigureWorkParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly isOn: () => boolean;
  readonly campaign: () => Omit<Campaign, 'version'>;
  readonly says: (from: string, said: Said) => void;
};

type Kept = { readonly to: string; readonly value: Button['value'] };

const minute = 60_000;
const deciding: readonly string[] = ['upholdAppeal', 'rejectAppeal', 'sendReport', 'dropReport', 'showReport'];

/** Units appeal against what counts against them, take it back, the office upholds, rejects and sends reports: once, twice, two at once, and by others. */
export const createFigureWork = ({ timeline, seed, isOn, campaign, says }: FigureWorkParts) => {
  const rng = createRng(seed, 'figures');
  const kept: Kept[] = [];

  const press = (to: string, value: Button['value'], afterMs: number): void =>
    timeline.at(timeline.now() + afterMs, () =>
      says(to, { value: value.action === 'appeal' || value.action === 'rejectAppeal' ? { ...value, reason: '手机没有信号' } : value }),
    );

  const officer = (): string | undefined => {
    const office = campaign().organisation.appointments.filter(({ of }) => of === 'g1');
    return office.length === 0 ? undefined : rng.pick(office).personId;
  };

  const decide = (to: string, values: readonly Button['value'][]): void => {
    const soonMs = rng.between(2_000, 20 * minute);
    press(to, rng.pick(values), soonMs);
    if (rng.chance(0.2)) press(to, rng.pick(values), soonMs + rng.between(0, 60_000));
    // two of the office at the same instant
    const other = rng.chance(0.3) ? officer() : undefined;
    if (other !== undefined) press(other, rng.pick(values), soonMs + rng.between(0, 30));
  };

  const receive = ({ to, card }: OutgoingMessage): void => {
    const values = (card?.buttons ?? []).map(({ value }) => value);
    const against = values.find(({ action }) => action === 'appeal');
    const own = values.find(({ action }) => action === 'withdrawAppeal');
    const offered = values.filter(({ action }) => deciding.includes(action));
    for (const value of [...(against ? [against] : []), ...(own ? [own] : []), ...offered]) if (kept.length < 400) kept.push({ to, value });
    if (!isOn() || !to.startsWith('m')) return;
    if (against && rng.chance(0.8)) {
      press(to, against, rng.between(2_000, 30 * minute));
      if (rng.chance(0.2)) press(to, against, rng.between(2_000, 30 * minute));
    }
    if (own && rng.chance(0.2)) press(to, own, rng.between(2_000, 20 * minute));
    if (offered.length > 0 && rng.chance(0.7)) decide(to, offered);
  };

  /** Old cards again, by whoever had them or by somebody whose they are not. */
  const meddle = (): void => {
    const some = kept.length === 0 ? undefined : rng.pick(kept.slice(-30));
    if (some) press(rng.chance(0.6) ? some.to : rng.pick(campaign().organisation.people).id, some.value, 0);
    if (rng.chance(0.1))
      says(rng.pick(campaign().organisation.people).id, { text: rng.pick(['申诉', '申诉 停电', '撤回申诉', '日报', '周报']) });
  };

  const again = (): void =>
    timeline.at(timeline.now() + rng.between(5 * minute, 60 * minute), () => {
      if (!isOn()) return;
      meddle();
      again();
    });
  again();

  return { receive };
};
