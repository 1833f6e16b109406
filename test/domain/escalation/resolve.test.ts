import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/domain/escalation/policy.ts';
import { incomingAt, mayTakeOver, officeGroup, postOfLandline, resolveRole } from '../../../src/domain/escalation/resolve.ts';
import { buildDirectory, type Directory, type Held } from '../../../src/domain/organisation/directory.ts';
import type { AppointmentRole, Organisation } from '../../../src/domain/organisation/organisation.ts';
import type { Override } from '../../../src/domain/roster/roster.ts';
import * as invented from '../../support/invented.ts';

/** Who each role means for each kind of subject: the ladder asks nobody else. */

const at = invented.at('2021-08-28T10:00');
const { idOf } = invented;
const directory = buildDirectory(invented.organisation, invented.roster);

const nameOf = (to: string): string => invented.organisation.people.find(({ id }) => id === to)?.name ?? to;
const who = (subject: string, role: Role, of: Directory = directory, when = at): readonly string[] =>
  resolveRole(of, role, subject, when).map(nameOf);

const without = (role: AppointmentRole, of: string, from: Organisation = invented.organisation): Organisation => ({
  ...from,
  appointments: from.appointments.filter((one) => one.role !== role || one.of !== of),
});
const disabled = (...names: readonly invented.Name[]): Organisation => ({
  ...invented.organisation,
  people: invented.organisation.people.map((person) =>
    names.some((name) => idOf(name) === person.id) ? { ...person, isDisabled: true } : person,
  ),
});
const directoryOf = (organisation: Organisation): Directory => buildDirectory(organisation, invented.roster);
const withoutOffice = directoryOf({
  ...invented.organisation,
  groups: invented.organisation.groups.map((group) => ({ ...group, isOffice: false })),
});

describe('for a post, a role', () => {
  it.each<[Role, readonly string[]]>([
    ['onDuty', ['赵主班']],
    ['coDuty', ['钱副班']],
    ['shiftLeader', ['王带班']],
    ['incoming', []],
    ['landline', ['l:p1']],
    ['liaison', ['孙联络']],
    ['contact', ['李联系']],
    ['principal', ['周局长']],
    ['groupLeader', ['冯主任']],
    ['office', ['冯主任', '陈干事']],
    ['groupChat', [officeGroup]],
  ])('%s means %j', (role, names) => {
    expect(who('p1', role)).toEqual(names);
  });

  it('means nobody where there is none, and at a post that is not there', () => {
    expect(who('p2', 'landline')).toEqual([]);
    expect(who('p2', 'shiftLeader')).toEqual([]);
    expect(['onDuty', 'principal', 'landline', 'groupLeader'].map((role) => who('p9', role as Role))).toEqual([[], [], [], []]);
    expect(['groupLeader', 'office'].map((role) => who('p1', role as Role, withoutOffice))).toEqual([[], []]);
    expect(who('p1', 'onDuty', directory, invented.campaignTo)).toEqual([]);
  });

  it('means nobody who is disabled, one alone or one of several', () => {
    const of = directoryOf(disabled('赵主班', '冯主任'));
    expect(who('p1', 'onDuty', of)).toEqual([]);
    expect(who('p1', 'office', of)).toEqual(['陈干事']);
    expect(who('p1', 'groupLeader', of)).toEqual([]);
    expect(who('p1', 'landline', of)).toEqual(['l:p1']);
  });

  it('means each once, however many appointments they have', () => {
    const twice = { role: 'liaison', of: 'u1', personId: idOf('孙联络'), from: 1 } as const;
    const of = directoryOf({ ...invented.organisation, appointments: [...invented.organisation.appointments, twice] });
    expect(who('p1', 'liaison', of)).toEqual(['孙联络']);
  });

  it('tells a telephone from everybody else', () => {
    expect(['l:p1', 'm1', 'g:office'].map(postOfLandline)).toEqual(['p1', undefined, undefined]);
  });
});

describe('for a unit, a role', () => {
  it.each<[Role, readonly string[]]>([
    ['liaison', ['东联络']],
    ['contact', ['东联系']],
    ['principal', ['东局长']],
    ['groupLeader', ['冯主任']],
    ['office', ['冯主任', '陈干事']],
    ['onDuty', ['东主班']],
    ['coDuty', ['东副班']],
    ['landline', []],
  ])('%s means %j', (role, names) => {
    expect(who('u2', role)).toEqual(names);
  });

  it('means the contact where there is no liaison, and nobody of a unit that is not there', () => {
    expect(who('u2', 'liaison', directoryOf(without('liaison', 'u2')))).toEqual(['东联系']);
    expect(['liaison', 'onDuty'].map((role) => who('u9', role as Role))).toEqual([[], []]);
    expect(who('u2', 'groupLeader', withoutOffice)).toEqual([]);
  });
});

describe('for a working group, a role', () => {
  it.each<[Role, readonly string[]]>([
    ['liaison', ['冯主任']],
    ['principal', ['冯主任']],
    ['groupLeader', ['冯主任']],
    ['contact', []],
    ['onDuty', []],
    ['shiftLeader', []],
  ])('%s means %j', (role, names) => {
    expect(who('g1', role)).toEqual(names);
  });
});

describe('for a standing contact, a role', () => {
  it.each<[invented.Name, Role, readonly string[]]>([
    ['东联系', 'onDuty', ['东联系']],
    ['东联系', 'coDuty', []],
    ['东联系', 'liaison', ['东联络']],
    ['东联系', 'contact', []],
    ['东联系', 'principal', ['东局长']],
    ['东联系', 'groupLeader', []],
    ['东联系', 'incoming', []],
    // nobody answers for themselves: a unit's other contact speaks for its liaison
    ['东联络', 'liaison', ['东联系']],
    ['东联络', 'contact', ['东联系']],
    ['陈干事', 'groupLeader', ['冯主任']],
    ['陈干事', 'shiftLeader', ['冯主任']],
    ['冯主任', 'groupLeader', []],
    // neither liaison nor contact: the unit whose head they are, or whose posts they stand
    ['东局长', 'liaison', ['东联络']],
    ['东主班', 'principal', ['东局长']],
  ])('%s: %s means %j', (name, role, names) => {
    expect(who(idOf(name), role)).toEqual(names);
  });

  it('who stands a post of a unit and belongs to none goes by the post', () => {
    const of = directoryOf(without('dutyOfficer', 'u2'));
    expect(who(idOf('东主班'), 'principal', of)).toEqual(['东局长']);
    expect(who(idOf('东联络'), 'principal', directoryOf(without('liaison', 'u2')))).toEqual([]);
  });

  it('who speaks for one unit and stands the post of another goes by the unit they speak for', () => {
    const liaison = { role: 'liaison', of: 'u3', personId: idOf('东主班'), from: 0 } as const;
    const of = directoryOf({ ...invented.organisation, appointments: [...invented.organisation.appointments, liaison] });
    expect(who(idOf('东主班'), 'principal', of)).toEqual(['西局长']);
    const over = { ...liaison, to: at };
    const ended = directoryOf({ ...invented.organisation, appointments: [...invented.organisation.appointments, over] });
    expect(who(idOf('东主班'), 'principal', ended)).toEqual(['东局长']);
    expect(who(idOf('东主班'), 'principal', ended, at - 1)).toEqual(['西局长']);
  });

  it('who is away is looked after by another, and somebody unknown is nobody', () => {
    const away: Override = { id: 'v1', subject: idOf('东联系'), from: at, to: at + 1, out: idOf('东联系'), in: idOf('东副班') };
    const of = buildDirectory(invented.organisation, { ...invented.roster, overrides: [away] });
    expect(who(idOf('东联系'), 'onDuty', of)).toEqual(['东副班']);
    expect(who(idOf('东联系'), 'onDuty', of, at + 1)).toEqual(['东联系']);
    expect(who('m99', 'onDuty')).toEqual([]);
  });
});

describe('those who are to relieve', () => {
  const held = (more: Partial<Held> = {}): Directory => ({
    ...directory,
    held: new Map([['p2', { from: at, holders: [invented.holder('onDuty', '次日班'), invented.holder('coDuty', '东副班')], ...more }]]),
  });

  it('are nobody where the post was handed over', () => {
    expect(incomingAt(directory, 'p2', at)).toEqual([]);
  });

  it('are those of the shift that has begun, or begins, who were not there before', () => {
    expect(who('p2', 'incoming', held())).toEqual(['东主班']);
    expect(who('p2', 'incoming', held({ from: invented.campaignFrom }), invented.campaignFrom - 1)).toEqual(['东主班']);
    expect(who('p2', 'incoming', held(), invented.campaignTo)).toEqual([]);
  });

  it('are those who have not come yet', () => {
    const leaving = [invented.holder('onDuty', '次日班')];
    expect(who('p2', 'incoming', held({ holders: leaving }))).toEqual(['东主班', '东副班']);
    expect(who('p2', 'incoming', held({ holders: leaving, come: [idOf('东副班')] }))).toEqual(['东主班']);
  });

  it('are asked while whoever stood the post stands it on', () => {
    expect(who('p2', 'onDuty', held())).toEqual(['次日班']);
    expect(who('p2', 'onDuty', held(), at - 1)).toEqual(['东主班']);
  });
});

describe('taking over', () => {
  it.each<[invented.Name, boolean]>([
    ['王带班', true],
    ['孙联络', true],
    ['李联系', true],
    ['周局长', true],
    ['冯主任', true],
    ['陈干事', true],
    ['赵主班', false],
    ['钱副班', false],
    ['东局长', false],
    ['东联络', false],
  ])('at a post is for those above it: %s %s', (name, may) => {
    expect(mayTakeOver(directory, idOf(name), 'p1', at)).toBe(may);
  });
});
