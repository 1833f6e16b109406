import { describe, expect, it } from 'vitest';
import { changeAppointment } from '../../../src/domain/organisation/change-appointment.ts';
import type { Appointment, Organisation } from '../../../src/domain/organisation/organisation.ts';
import { validateOrganisation } from '../../../src/domain/organisation/validate-organisation.ts';
import { fc } from '../../support/property.ts';

const person = (id: string) => ({ id, name: id, mobile: id });
const start: Organisation = {
  version: 1,
  people: ['m1', 'm2', 'm3', 'm4', 'm5'].map(person),
  units: [{ id: 'u1', name: 'u1', aliases: [], kind: 'district' }],
  groups: [],
  appointments: [
    { role: 'principal', of: 'u1', personId: 'm5', from: 0 },
    { role: 'liaison', of: 'u1', personId: 'm1', from: 0 },
    { role: 'contact', of: 'u1', personId: 'm2', from: 0 },
  ],
};

const holdersAt = (appointments: readonly Appointment[], role: string, at: number): readonly string[] =>
  appointments.filter((a) => a.role === role && a.from <= at && (a.to === undefined || at < a.to)).map(({ personId }) => personId);

const change = (organisation: Organisation, role: 'liaison' | 'contact', personId: string, from: number): Organisation => {
  const result = changeAppointment(organisation, { role, unitId: 'u1', personId, from });
  return result.status === 'changed' ? result.organisation : organisation;
};

describe('a change of liaison or contact', () => {
  it('leaves exactly one at each instant, whatever came before it, and erases nothing', () => {
    const step = fc.record({
      role: fc.constantFrom('liaison' as const, 'contact' as const),
      personId: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
      from: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let organisation = start;
        for (const { role, personId, from } of steps) {
          const before = organisation.appointments;
          organisation = change(organisation, role, personId, from);
          expect(holdersAt(organisation.appointments, role, from)).toEqual([personId]);
          for (const [index, a] of before.entries())
            expect(organisation.appointments[index]).toMatchObject({ personId: a.personId, from: a.from });
          for (let at = 0; at < from; at += 1) expect(holdersAt(organisation.appointments, role, at)).toEqual(holdersAt(before, role, at));
        }
        for (let at = 0; at <= 21; at += 1)
          for (const role of ['liaison', 'contact']) expect(holdersAt(organisation.appointments, role, at)).toHaveLength(1);
      }),
    );
  });

  it('gives way to a change that is already planned', () => {
    const planned = change(start, 'liaison', 'm3', 10);
    const { appointments } = change(planned, 'liaison', 'm4', 5);
    expect([0, 4, 5, 9, 10, 99].map((at) => holdersAt(appointments, 'liaison', at)[0])).toEqual(['m1', 'm1', 'm4', 'm4', 'm3', 'm3']);
  });

  it('is refused for somebody or something unknown, and nothing for the same', () => {
    expect(changeAppointment(start, { role: 'liaison', unitId: 'u9', personId: 'm1', from: 1 })).toMatchObject({ reason: 'unknownUnit' });
    expect(changeAppointment(start, { role: 'liaison', unitId: 'u1', personId: 'm9', from: 1 })).toMatchObject({ reason: 'unknownPerson' });
    expect(changeAppointment(start, { role: 'liaison', unitId: 'u1', personId: 'm1', from: 1 }).status).toBe('unchanged');
    const disabled = { ...start, people: start.people.map((one) => ({ ...one, isDisabled: one.id === 'm3' })) };
    expect(changeAppointment(disabled, { role: 'liaison', unitId: 'u1', personId: 'm3', from: 1 })).toMatchObject({
      reason: 'disabledPerson',
    });
  });
});

describe('the organisation’s own rules', () => {
  const codesWith = (appointments: readonly Appointment[], at = 5): readonly string[] =>
    validateOrganisation({ ...start, appointments }, at).map(({ code }) => code);
  const [principal, liaison, contact] = start.appointments as [Appointment, Appointment, Appointment];

  it('exactly one liaison and one contact in each unit', () => {
    expect(codesWith(start.appointments)).toEqual([]);
    expect(codesWith([principal, contact])).toEqual(['ZG_LIAISON_MISSING']);
    expect(codesWith([principal, { ...liaison, to: 5 }, contact])).toEqual(['ZG_LIAISON_MISSING']);
    expect(codesWith([principal, { ...liaison, to: 6 }, contact])).toEqual([]);
    expect(codesWith([...start.appointments, { ...contact, personId: 'm3' }])).toEqual(['ZG_CONTACT_TWICE']);
    expect(codesWith([principal, liaison, { ...contact, personId: 'm1' }])).toEqual(['ZG_LIAISON_IS_CONTACT']);
    expect(codesWith([liaison, contact])).toEqual(['ZG_PRINCIPAL_MISSING']);
  });
});
