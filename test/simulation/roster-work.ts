import type { DraftCommand } from '../../src/app/draft/draft-by-command.ts';
import type { FileRef } from '../../src/domain/items/item.ts';
import { addDays, localDay } from '../../src/domain/local-time.ts';
import type { ListedDay, RosterList } from '../../src/domain/roster/roster-list.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Button, OutgoingMessage } from '../../src/ports/channel.ts';
import type { Campaign } from '../../src/ports/store.ts';
import { stintsAhead } from './duty-roster.ts';
import type { Said } from './people.ts';
import type { Timeline } from './timeline.ts';

export type DraftDays = Pick<DraftCommand, 'from' | 'to' | 'unit'>;

export type RosterWorkParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly timeZone: string;
  readonly isOn: () => boolean;
  /** Rosters are changed several times as often. */
  readonly isBusy: boolean;
  readonly campaign: () => Omit<Campaign, 'version'>;
  readonly says: (from: string, said: Said) => void;
  /** A workbook that says this, ready to be dropped into a chat. */
  readonly write: (list: RosterList) => Promise<FileRef>;
  /** Imports a list, or publishes a draft, on the command line of some process that is up; rejects where it breaks off. */
  readonly importList: (list: RosterList) => Promise<void>;
  readonly publish: (days: DraftDays) => Promise<void>;
};

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
/** What is asked about, and what is done to it again later, whether it still stands so or not. */
const asking = ['applyRosterChange', 'settleRosterChange', 'applyWorkbook', 'publishDraft'];
const others = ['undoRosterChange', 'withdrawRosterChange', 'declineRosterChange', 'cancelRosterChange', 'draftAgain', 'discardDraft'];
const place = { sheet: '值班表', row: 1, cell: 'A1' };

/** Who stands what is changed by a sentence, by a list and by a draft: by the office, by units that only propose it, and by others. */
export const createRosterWork = (parts: RosterWorkParts) => {
  const { timeline, seed, says, timeZone } = parts;
  const rng = createRng(seed, 'rosters');
  const kept: { readonly to: string; readonly value: Button['value'] }[] = [];

  const appointed = (roles: readonly string[]): readonly string[] =>
    parts.campaign().organisation.appointments.flatMap(({ role, personId }) => (roles.includes(role) ? [personId] : []));
  const ofOffice = (): string => rng.pick(appointed(['groupLeader', 'member']));

  const dateText = (at: number): string => {
    const { month, day } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    return `${month}月${day}日`;
  };

  /** Somebody is put on a shift that runs or comes soon. */
  const speak = (): void => {
    const { organisation, roster } = parts.campaign();
    const now = timeline.now();
    const ahead = stintsAhead(roster, now, 2);
    if (ahead.length === 0) return;
    const mine = rng.pick(ahead);
    const post = roster.posts.find(({ id }) => id === mine.postId);
    const unit = organisation.units.find(({ id }) => id === post?.unitId);
    const own = organisation.appointments
      .filter(({ of, role }) => of === unit?.id && role === 'dutyOfficer')
      .map(({ personId }) => personId);
    const nameOf = (id: string): string => organisation.people.find((one) => one.id === id)?.name ?? '';
    const comes = nameOf(rng.chance(0.8) && own.length > 0 ? rng.pick(own) : rng.pick(organisation.people).id);
    const goes = nameOf(mine.personId);
    const [day, name] = [dateText(mine.from), unit?.aliases[0] ?? ''];
    const dice = rng.next();
    const heads = organisation.appointments.filter(({ of, role }) => of === unit?.id && ['liaison', 'principal'].includes(role));
    const speaker =
      dice < 0.6 || heads.length === 0 ? ofOffice() : dice < 0.9 ? rng.pick(heads).personId : rng.pick(organisation.people).id;
    const text = rng.pick([
      `${day}${name}由${goes}改为${comes}`,
      `${day}${name}由${goes}改为${comes}`,
      `${day}${name}改由${comes}值班`,
      `${day}${name}副班改为${comes}`,
      `${day}下午2点到6点${name}由${goes}改为${comes}`,
      `现在${name}由${goes}改为${comes}`,
      `${day}${name}安排${comes}值班`,
    ]);
    says(speaker, { text });
  };

  /** Some days of one unit, each with whoever the list says; now and then a name that nobody knows. */
  const drawList = (): RosterList | undefined => {
    const { organisation } = parts.campaign();
    const unit = rng.pick(organisation.units);
    const officers = organisation.appointments.filter(({ of, role }) => of === unit.id && role === 'dutyOfficer');
    if (officers.length === 0) return undefined;
    const first = localDay(timeZone, timeline.now() + rng.between(-1, 2) * dayMs).date;
    const isBad = rng.chance(0.1);
    const days = Array.from({ length: rng.between(1, 4) }, (_, index): ListedDay => {
      const date = addDays(first, index);
      const [one, other] = [rng.pick(officers).personId, rng.pick(officers).personId];
      const ids = one === other || rng.chance(0.4) ? [one] : [one, other];
      const holders = ids.map((id, no) => ({
        role: no === 0 ? ('onDuty' as const) : ('coDuty' as const),
        name: isBad ? '无名氏' : organisation.people.find((person) => person.id === id)!.name,
        place,
      }));
      return { unitId: unit.id, date, holders, place, datePlace: { ...place, row: index + 1 } };
    });
    return { days };
  };

  const handIn = (): void => {
    const list = drawList();
    if (!list) return;
    if (rng.chance(0.3)) return void parts.importList(list).catch(() => undefined);
    const from = rng.chance(0.9) ? ofOffice() : rng.pick(parts.campaign().organisation.people).id;
    void parts.write(list).then((file) => says(from, { ...(rng.chance(0.3) ? { text: '更新排班表' } : {}), files: [file] }));
  };

  const draft = (): void => {
    const from = timeline.now() + rng.between(0, 2) * dayMs;
    const to = from + rng.between(0, 2) * dayMs;
    const { organisation } = parts.campaign();
    const unit = rng.chance(0.6) ? (rng.pick(organisation.units).aliases[0] ?? '') : '';
    const named = unit === '' ? {} : { unit };
    if (rng.chance(0.3))
      return void parts.publish({ from: localDay(timeZone, from).date, to: localDay(timeZone, to).date, ...named }).catch(() => undefined);
    const speaker = rng.chance(0.95) ? ofOffice() : rng.pick(organisation.people).id;
    says(speaker, { text: `${unit}${dateText(from)}到${dateText(to)}自动排班` });
  };

  const press = (to: string, value: Button['value'], afterMs: number): void =>
    timeline.at(timeline.now() + afterMs, () => says(to, { value }));

  const soon = (): number => (rng.chance(0.15) ? rng.between(20 * minute, 6 * hour) : rng.between(500, 4 * minute));

  /** Whether a card was about this, and what its reader makes of it. */
  const receive = (to: string, { card }: OutgoingMessage): boolean => {
    const buttons = card?.buttons ?? [];
    const ours = buttons.filter(({ value }) => asking.includes(value.action) || others.includes(value.action));
    if (ours.length === 0) return false;
    for (const { value } of ours) if (kept.length < 400) kept.push({ to, value });
    const undo = ours.find((one) => one.value.action === 'undoRosterChange');
    if (undo && rng.chance(0.4)) press(to, undo.value, rng.between(hour, 24 * hour));
    const wanted = ours.filter(({ value }) => asking.includes(value.action));
    if (wanted.length === 0 || rng.chance(0.1)) return true;
    const { value } = rng.pick(wanted);
    const no = ours.find((one) => one.value.action === 'declineRosterChange');
    if (no && rng.chance(0.2)) press(to, no.value, soon());
    else if (value.action === 'applyRosterChange' && value['proposalId'] === undefined && rng.chance(0.15))
      timeline.at(timeline.now() + soon(), () => says(to, { text: '是' }));
    else press(to, value, soon());
    if (rng.chance(0.1)) press(to, value, rng.between(500, 2 * minute));
    return true;
  };

  /** Old cards, pressed by whoever has them or by somebody else. */
  const meddle = (): void => {
    if (kept.length === 0) return;
    const { to, value } = rng.pick(kept.slice(-30));
    press(rng.chance(0.85) ? to : rng.pick(parts.campaign().organisation.people).id, value, 0);
    if (rng.chance(0.15)) says(to, { text: '撤销' });
  };

  const again = (run: () => void, shortestMs: number, longestMs: number): void => {
    timeline.at(timeline.now() + rng.between(shortestMs, longestMs), () => {
      if (!parts.isOn()) return;
      run();
      again(run, shortestMs, longestMs);
    });
  };
  const often = parts.isBusy ? 1 : 5;
  again(speak, 2 * minute, 15 * often * minute);
  again(handIn, 5 * minute, 50 * often * minute);
  again(draft, 5 * minute, 50 * often * minute);
  again(meddle, 5 * minute, 60 * minute);

  return { receive };
};
