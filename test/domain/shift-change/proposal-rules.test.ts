import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Override, Shift } from '../../../src/domain/roster/roster.ts';
import { brokenRules, isFromOutside, type DutyLimits } from '../../../src/domain/shift-change/proposal-rules.ts';
import { at, idOf, organisation, type Name } from '../../support/invented.ts';
import { partOf, rosterOf, shift } from './requests.ts';

const now = at('2021-08-20T10:00');
const hour = 3_600_000;
const loose: DutyLimits = { consecutiveShifts: 3, restMs: 0 };

type Asked = { readonly goes: Name; readonly comes: Name; readonly of: Shift; readonly back?: readonly [Shift, Name] };

const broken = (
  shifts: readonly Shift[],
  { goes, comes, of, back }: Asked,
  over: {
    readonly limits?: DutyLimits;
    readonly overrides?: readonly Override[];
    readonly unreached?: Name;
    readonly disabled?: Name;
  } = {},
): readonly string[] => {
  const people = organisation.people.map((person) => (person.name === over.disabled ? { ...person, isDisabled: true } : person));
  const directory = buildDirectory({ ...organisation, people }, { ...rosterOf(...shifts), overrides: over.overrides ?? [] });
  const isUnreached = (personId: string): boolean => over.unreached !== undefined && personId === idOf(over.unreached);
  const proposal = {
    holderId: idOf(goes),
    substituteId: idOf(comes),
    gives: [partOf(of, goes)],
    takes: back ? [partOf(back[0], back[1])] : [],
  };
  return brokenRules({ directory, limits: over.limits ?? loose, isUnreached }, proposal, now).map(({ rule, personId }) =>
    `${rule} ${personId ?? ''}`.trim(),
  );
};

const east = (day: number, first: Name = '东主班', second?: Name): Shift => shift('p2', day, first, second);

describe('what a proposal breaks', () => {
  it('is nothing where it keeps every rule', () => {
    expect(broken([east(24), east(26, '次日班')], { goes: '东主班', comes: '次日班', of: east(24) })).toEqual([]);
    expect(
      broken([east(24), east(26, '次日班')], { goes: '东主班', comes: '次日班', of: east(24), back: [east(26, '次日班'), '次日班'] }),
    ).toEqual([]);
  });

  it('names whoever would stand two posts at once, or twice on one', () => {
    const west = shift('p3', 24, '次日班');
    expect(broken([east(24), west], { goes: '东主班', comes: '次日班', of: east(24) })).toEqual([`twoPosts ${idOf('次日班')}`]);
    const both = east(24, '东主班', '东副班');
    expect(broken([both], { goes: '东主班', comes: '东副班', of: both })).toEqual([`sameShift ${idOf('东副班')}`]);
    const led = shift('p2', 24, '东主班', undefined, '东局长');
    expect(broken([led], { goes: '东主班', comes: '东局长', of: led })).toEqual([`sameShift ${idOf('东局长')}`]);
  });

  it('lets somebody lead two posts, for a leader is no officer', () => {
    const [one, other] = [shift('p2', 24, '东主班', undefined, '东局长'), shift('p3', 24, '西主班', undefined, '东局长')];
    expect(broken([one, other], { goes: '东局长', comes: '东联络', of: one })).toEqual([]);
  });

  it('counts shifts in a row by the plan, also those of which another stands a part', () => {
    const shifts = [east(24), east(25, '次日班'), east(26, '次日班'), east(27, '次日班'), east(29, '次日班')];
    expect(broken(shifts, { goes: '东主班', comes: '次日班', of: east(24) })).toEqual([`inARow ${idOf('次日班')}`]);
    expect(broken(shifts, { goes: '东主班', comes: '次日班', of: east(24) }, { limits: { ...loose, consecutiveShifts: 4 } })).toEqual([]);
    const noon = east(25).from + 4 * hour;
    const part = [{ id: 'v', subject: 'p2', from: noon, to: east(25).to, out: idOf('次日班'), in: idOf('东副班') }];
    expect(broken(shifts, { goes: '东主班', comes: '次日班', of: east(24) }, { overrides: part })).toEqual([`inARow ${idOf('次日班')}`]);
    // What a plan has too many of already is not made worse by a swap inside it.
    const daily = [24, 25, 26, 27, 28].map((day) => east(day, '次日班'));
    expect(broken([...daily, east(30)], { goes: '次日班', comes: '东主班', of: daily[4]!, back: [east(30), '东主班'] })).toEqual([]);
  });

  it('keeps the rest between two shifts', () => {
    const shifts = [east(24), east(25, '次日班'), east(27, '东副班')];
    const limits = { ...loose, restMs: 8 * hour };
    expect(broken(shifts, { goes: '东主班', comes: '次日班', of: east(24) }, { limits })).toEqual([`rest ${idOf('次日班')}`]);
    expect(broken(shifts, { goes: '东副班', comes: '次日班', of: east(27, '东副班') }, { limits })).toEqual([]);
    // a day lies between: exactly that much is enough, and no less
    const asked = { goes: '东副班', comes: '次日班', of: east(27, '东副班') } as const;
    expect(broken(shifts, asked, { limits: { ...loose, restMs: 24 * hour } })).toEqual([]);
    expect(broken(shifts, asked, { limits: { ...loose, restMs: 24 * hour + 1 } })).toEqual([`rest ${idOf('次日班')}`]);
  });

  it('asks for somebody who is there, can be reached and is not on leave', () => {
    const asked = { goes: '东主班', comes: '次日班', of: east(24) } as const;
    expect(broken([east(24)], asked, { disabled: '次日班' })).toEqual([`inactive ${idOf('次日班')}`]);
    expect(broken([east(24)], asked, { unreached: '次日班' })).toEqual([`unreachable ${idOf('次日班')}`]);
    const id = idOf('次日班');
    const away = [{ id: 'v', subject: id, from: east(24).from + hour, to: east(24).to, out: id, in: idOf('东联系') }];
    expect(broken([east(24)], asked, { overrides: away })).toEqual([`away ${id}`]);
  });

  it('lets only those of the right rank lead a shift', () => {
    const led = shift('p1', 24, '赵主班', '钱副班', '王带班');
    expect(broken([led], { goes: '王带班', comes: '李联系', of: led })).toEqual([`rank ${idOf('李联系')}`]);
    for (const comes of ['周局长', '孙联络', '冯主任'] as const) expect(broken([led], { goes: '王带班', comes, of: led })).toEqual([]);
    // Whoever leads on the roster may lead.
    const later = shift('p1', 27, '赵主班', '钱副班', '李联系');
    expect(broken([led, later], { goes: '王带班', comes: '李联系', of: led })).toEqual([]);
  });

  it('says that the roster has moved on before anything else', () => {
    expect(broken([east(24, '东副班')], { goes: '东主班', comes: '次日班', of: east(24) })).toEqual([`partGone ${idOf('东主班')}`]);
    expect(broken([], { goes: '东主班', comes: '次日班', of: east(24) })).toEqual([`partGone ${idOf('东主班')}`]);
  });

  it('knows who is of another unit', () => {
    const { roster, ...rest } = buildDirectory(organisation, rosterOf(east(24), shift('p3', 26, '王带班')));
    const outside = (comes: Name): boolean =>
      isFromOutside(
        { roster, ...rest },
        { holderId: idOf('东主班'), substituteId: idOf(comes), gives: [partOf(east(24), '东主班')], takes: [] },
        now,
      );
    expect([outside('次日班'), outside('东联系'), outside('西副班'), outside('王带班')]).toEqual([false, false, true, true]);
  });
});
