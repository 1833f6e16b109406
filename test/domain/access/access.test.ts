import { describe, expect, it } from 'vitest';
import { actsOf, isInSight, may, openAccess, rolesOf, sightOf, stampOf } from '../../../src/domain/access/access.ts';
import { accessOf } from '../../../src/domain/access/held-roles.ts';
import { accessRoles, accessRules, changingRules, readingRules } from '../../../src/domain/access/rules.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Organisation } from '../../../src/domain/organisation/organisation.ts';
import * as invented from '../../support/invented.ts';

const now = invented.at('2021-08-27T10:00');
const nobodyAudits: ReadonlySet<string> = new Set();
const directoryOf = (change: (organisation: Organisation) => Organisation = (same) => same) =>
  buildDirectory(change(invented.organisation), invented.roster);
const heldBy = (name: invented.Name, directory = directoryOf(), auditors = nobodyAudits) =>
  accessOf(directory, invented.idOf(name), now, auditors)?.held;

describe('what somebody is to the doors', () => {
  it('follows from appointments and from the roster', () => {
    expect(heldBy('冯主任')).toEqual([{ role: 'office' }]);
    expect(heldBy('陈干事')).toEqual([{ role: 'office' }]);
    expect(heldBy('东局长')).toEqual([{ role: 'principal', unitId: 'u2' }]);
    expect(heldBy('东联络')).toEqual([{ role: 'liaison', unitId: 'u2' }]);
    expect(heldBy('东联系')).toEqual([{ role: 'liaison', unitId: 'u2' }]);
    expect(heldBy('西主班')).toEqual([{ role: 'officer', unitId: 'u3' }]);
    expect(heldBy('周局长')).toEqual([{ role: 'groupLeader' }, { role: 'principal', unitId: 'u1' }]);
  });

  it('is nothing for whoever is unknown, disabled, or out of every role', () => {
    expect(accessOf(directoryOf(), 'm999', now, nobodyAudits)).toBeUndefined();
    const disabled = directoryOf((one) => ({ ...one, people: one.people.map((person) => ({ ...person, isDisabled: true })) }));
    expect(heldBy('冯主任', disabled)).toBeUndefined();
    const ended = directoryOf((one) => ({ ...one, appointments: one.appointments.map((each) => ({ ...each, to: now })) }));
    expect(heldBy('东局长', ended)).toBeUndefined();
    expect(heldBy('东主班', ended)).toEqual([{ role: 'officer', unitId: 'u2' }]);
  });

  it('keeps leaders of working groups apart from their members, and from the office', () => {
    const directory = directoryOf((one) => ({
      ...one,
      groups: [...one.groups, { id: 'g2', name: '档案资料组', isOffice: false }],
      appointments: [
        ...one.appointments,
        { role: 'groupLeader', of: 'g2', personId: invented.idOf('东联络'), from: 0 },
        { role: 'member', of: 'g2', personId: invented.idOf('西联络'), from: 0 },
      ],
    }));
    expect(heldBy('东联络', directory)).toEqual([{ role: 'groupLeader' }, { role: 'liaison', unitId: 'u2' }]);
    expect(heldBy('西联络', directory)).toEqual([
      { role: 'liaison', unitId: 'u3' },
      { role: 'officer', unitId: 'u1' },
    ]);
  });

  it('lets nobody audit what they do', () => {
    const auditors = new Set(['13800000017']);
    expect(heldBy('冯主任', directoryOf(), auditors)).toEqual([{ role: 'auditor' }]);
  });
});

describe('the table of roles', () => {
  it('lets the office do everything, and an auditor change nothing', () => {
    for (const act of Object.keys(accessRules) as (keyof typeof accessRules)[])
      expect([act, accessRules[act].office]).toEqual([act, 'all']);
    for (const [act, rule] of Object.entries(changingRules)) expect([act, rule.auditor]).toEqual([act, undefined]);
  });

  it('is what it is said to be: written down a second time, so that nobody opens a door by one word', () => {
    const everybody = 'office=all groupLeader=all auditor=all principal=unit liaison=unit officer=unit';
    const officeAlone = 'office=all';
    const withNamed = 'office=all auditor=all principal=unit liaison=unit';
    const meant: { readonly [act in keyof typeof accessRules]: string } = {
      seeWall: everybody,
      seePeople: everybody,
      seePhones: 'office=all principal=unit liaison=unit officer=unit',
      seeRoster: everybody,
      seeObligations: everybody,
      seeRequests: everybody,
      seeHandovers: everybody,
      seeItems: everybody,
      seeComplainants: withNamed,
      seeFiles: withNamed,
      seeLedger: everybody,
      seeFigures: everybody,
      seeUnitAnswers: 'office=all auditor=all',
      seeLeague: officeAlone,
      seeAppeals: 'office=all auditor=all principal=unit liaison=unit officer=unit',
      seeChannels: 'office=all auditor=all',
      seeSetUp: 'office=all auditor=all',
      exportRoster: 'office=all auditor=all principal=unit liaison=unit officer=unit',
      exportHandovers: withNamed,
      exportItems: 'office=all auditor=all',
      exportEvidence: 'office=all auditor=all principal=unit',
      exportFigures: 'office=all groupLeader=all auditor=all principal=unit',
      speak: 'office=all groupLeader=all principal=unit liaison=unit officer=unit',
      addItem: officeAlone,
      startCheck: officeAlone,
      announcePhase: officeAlone,
      draftRoster: officeAlone,
      changeRoster: officeAlone,
      testChannel: officeAlone,
      sendReport: officeAlone,
      appeal: 'office=all principal=unit liaison=unit officer=unit',
      decideAppeal: officeAlone,
      setUp: officeAlone,
    };
    const told = Object.entries(accessRules).map(([act, rule]: [string, { readonly [role in (typeof accessRoles)[number]]?: string }]) => [
      act,
      accessRoles.flatMap((role) => (rule[role] === undefined ? [] : [`${role}=${rule[role]}`])).join(' '),
    ]);
    expect(Object.fromEntries(told)).toEqual(meant);
  });

  it("shows a unit's people their unit and no other", () => {
    for (const role of ['principal', 'liaison', 'officer'] as const) {
      const access = { personId: 'm1', held: [{ role, unitId: 'u2' }] };
      for (const act of actsOf(access)) expect(sightOf(access, act)).toEqual(new Set(['u2']));
    }
  });

  it('adds up what several roles see, each where it is held', () => {
    const access = {
      personId: 'm1',
      held: [
        { role: 'officer', unitId: 'u2' },
        { role: 'principal', unitId: 'u3' },
      ],
    } as const;
    expect(sightOf(access, 'seeWall')).toEqual(new Set(['u2', 'u3']));
    expect(sightOf(access, 'exportEvidence')).toEqual(new Set(['u3']));
    expect(may(access, 'addItem')).toBe(false);
    expect(sightOf({ held: [...access.held, { role: 'groupLeader' }] }, 'seeWall')).toBe('all');
  });

  it('gives nothing to a role without a unit where a unit is wanted', () => {
    expect(actsOf({ personId: 'm1', held: [{ role: 'principal' }] })).toEqual([]);
    expect([isInSight('all', undefined), isInSight(undefined, 'u1'), isInSight(new Set(['u1']), undefined)]).toEqual([true, false, false]);
  });

  it('leaves phone numbers to those who must call, and the league to the office', () => {
    const who = (act: 'seePhones' | 'seeLeague') => accessRoles.filter((role) => role in accessRules[act]);
    expect(who('seePhones')).toEqual(['office', 'principal', 'liaison', 'officer']);
    expect(who('seeLeague')).toEqual(['office']);
  });

  it('lets an auditor read everything but whom to ring, and the order of units', () => {
    const closed = Object.entries(readingRules).filter(([, rule]) => !('auditor' in rule));
    expect(closed.map(([act]) => act)).toEqual(['seePhones', 'seeLeague']);
  });

  it('stamps roles the same in any order, and another way once one changes', () => {
    const one = {
      held: [
        { role: 'officer', unitId: 'u2' },
        { role: 'liaison', unitId: 'u2' },
      ],
    } as const;
    expect(stampOf({ held: one.held.toReversed() })).toBe(stampOf(one));
    expect(stampOf({ held: [{ role: 'officer', unitId: 'u3' }, one.held[1]] })).not.toBe(stampOf(one));
    expect(rolesOf(openAccess)).toEqual(['office']);
  });
});
