import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Button, OutgoingMessage } from '../../src/ports/channel.ts';
import type { Campaign } from '../../src/ports/store.ts';
import { stintsAhead } from './duty-roster.ts';
import type { Said } from './people.ts';
import type { Timeline } from './timeline.ts';

export type DutyWorkParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly timeZone: string;
  readonly isOn: () => boolean;
  /** People ask several times as often. */
  readonly isBusy: boolean;
  readonly campaign: () => Omit<Campaign, 'version'>;
  readonly says: (from: string, said: Said) => void;
};

const minute = 60_000;
const hour = 60 * minute;
/** What is asked about, and what is done to it again later, whether it still stands so or not. */
const asking = ['confirmDuty', 'chooseDuty', 'acceptDuty', 'approveDuty', 'nameDuty', 'confirmReach', 'testCalled'];
const later = ['withdrawDuty', 'undoDuty', 'declineDuty', 'refuseDuty', 'acceptDuty', 'approveDuty'];

/** Leave, swaps and covers, and signs of life: asked for, answered, refused, taken back, approved late, by two at the same instant. */
export const createDutyWork = (parts: DutyWorkParts) => {
  const { timeline, seed, says } = parts;
  const rng = createRng(seed, 'duty');
  const kept: { readonly to: string; readonly value: Button['value'] }[] = [];

  const dateText = (at: number): string => {
    const { month, day } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(parts.timeZone);
    return `${month}月${day}日`;
  };

  /** Somebody who stands a shift soon asks for something about it. */
  const ask = (): void => {
    const { organisation, roster } = parts.campaign();
    const now = timeline.now();
    const ahead = stintsAhead(roster, now, 3);
    if (ahead.length === 0) return;
    const nameOf = (id: string): string => organisation.people.find((one) => one.id === id)?.name ?? '';
    const mine = rng.pick(ahead);
    const theirs = rng.pick(ahead);
    const unitId = roster.posts.find(({ id }) => id === mine.postId)?.unitId;
    const own = organisation.appointments.filter(({ of }) => of === unitId).map(({ personId }) => personId);
    const other = nameOf(rng.chance(0.7) && own.length > 0 ? rng.pick(own) : theirs.personId);
    const day = dateText(mine.from);
    const text = rng.pick([
      `${day}请假，由${other}替班`,
      `${day}的班由${other}替`,
      `和${other}换${day}的班`,
      `和${nameOf(theirs.personId)}换班，我${day}的班换他${dateText(theirs.from)}的班`,
      `我替${other}${dateText(theirs.from)}的班`,
      `${day}下午2点到6点请假，由${other}替班`,
      `今天请假两小时，由${other}替班`,
      `${day}请假`,
    ]);
    says(mine.personId, { text });
    // two ask for the same at the same instant
    if (rng.chance(0.25)) says(theirs.personId, { text: `我替${nameOf(mine.personId)}${day}的班` });
  };

  const press = (to: string, value: Button['value'], afterMs: number): void =>
    timeline.at(timeline.now() + afterMs, () =>
      says(to, { value: value.action === 'refuseDuty' ? { ...value, reason: '人手不够' } : value }),
    );

  const soon = (): number => (rng.chance(0.2) ? rng.between(30 * minute, 10 * hour) : rng.between(2_000, 8 * minute));

  /** Whether a card was about this, and what its reader makes of it. */
  const receive = (to: string, { card }: OutgoingMessage): boolean => {
    const buttons = card?.buttons ?? [];
    const ours = buttons.filter(({ value }) => asking.includes(value.action) || later.includes(value.action));
    if (ours.length === 0) return false;
    for (const { value } of ours) if (later.includes(value.action) && kept.length < 400) kept.push({ to, value });
    const wanted = ours.filter(({ value }) => asking.includes(value.action));
    if (wanted.length === 0 || rng.chance(0.12)) return true;
    const { value } = rng.pick(wanted);
    const no = ours.find((one) => one.value.action === 'declineDuty' || one.value.action === 'refuseDuty');
    if (no && rng.chance(0.2)) press(to, no.value, soon());
    else press(to, value, value.action === 'confirmDuty' || value.action === 'chooseDuty' ? rng.between(500, 30_000) : soon());
    if (rng.chance(0.1)) press(to, value, rng.between(500, 2 * minute));
    return true;
  };

  /** Old cards, pressed by whoever has them or by somebody else; of one request by two at once. */
  const meddle = (): void => {
    if (kept.length === 0) return;
    const { to, value } = rng.pick(kept.slice(-40));
    press(rng.chance(0.85) ? to : rng.pick(parts.campaign().organisation.people).id, value, 0);
    const same = kept.filter((one) => one.value.requestId === value.requestId && one.value.action !== value.action);
    if (same.length > 0 && rng.chance(0.5)) {
      const another = rng.pick(same);
      press(another.to, another.value, rng.between(0, 40));
    }
    if (rng.chance(0.1)) says(to, { text: rng.pick(['撤销请假', '我的申请', '同意', '不同意', '我替', '替不了']) });
  };

  const again = (run: () => void, shortestMs: number, longestMs: number): void => {
    timeline.at(timeline.now() + rng.between(shortestMs, longestMs), () => {
      if (!parts.isOn()) return;
      run();
      again(run, shortestMs, longestMs);
    });
  };
  again(ask, 2 * minute, (parts.isBusy ? 14 : 70) * minute);
  again(meddle, 5 * minute, 90 * minute);

  return { receive };
};
