import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { ContactPolicy } from '../../src/domain/contact/contact-policy.ts';
import { shippedPolicies } from '../../src/domain/escalation/policy.ts';
import { shippedKinds } from '../../src/domain/items/item-kind.ts';
import { usualChainDays } from '../../src/domain/items/limit.ts';
import type { Appointment, AppointmentRole, Organisation, Person } from '../../src/domain/organisation/organisation.ts';
import { shippedConsent } from '../../src/domain/shift-change/consent.ts';
import { shippedLimits } from '../../src/domain/shift-change/shipped-limits.ts';
import type { Holder, Roster } from '../../src/domain/roster/roster.ts';

/** An invented bureau: its own post and two districts', everybody in it with a name that says what they do. */

const zone = 'Asia/Shanghai';
export const at = (text: string): number => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;

const hour = 3_600_000;
export const campaignFrom = at('2021-08-26T08:30');
export const campaignTo = at('2021-09-26T08:30');

/** Name, role and unit or group; the mobile number follows from the place in the list. */
const cast = [
  ['王带班', 'shiftLeader', 'u1'],
  ['赵主班', 'dutyOfficer', 'u1'],
  ['钱副班', 'dutyOfficer', 'u1'],
  ['孙联络', 'liaison', 'u1'],
  ['李联系', 'contact', 'u1'],
  ['周局长', 'principal', 'u1'],
  ['东主班', 'dutyOfficer', 'u2'],
  ['东副班', 'dutyOfficer', 'u2'],
  ['东联络', 'liaison', 'u2'],
  ['东联系', 'contact', 'u2'],
  ['东局长', 'principal', 'u2'],
  ['西主班', 'dutyOfficer', 'u3'],
  ['西副班', 'dutyOfficer', 'u3'],
  ['西联络', 'liaison', 'u3'],
  ['西联系', 'contact', 'u3'],
  ['西局长', 'principal', 'u3'],
  ['冯主任', 'groupLeader', 'g1'],
  ['陈干事', 'member', 'g1'],
  ['次日班', 'dutyOfficer', 'u2'],
] as const satisfies readonly (readonly [string, AppointmentRole, string])[];

export type Name = (typeof cast)[number][0];

export const idOf = (name: Name): string => `m${cast.findIndex(([known]) => known === name) + 1}`;

const mobileOf = (index: number): string => `1380000${String(index + 1).padStart(4, '0')}`;

const people: readonly Person[] = cast.map(([name], index) => ({ id: `m${index + 1}`, name, mobile: mobileOf(index) }));
const appointments: readonly Appointment[] = cast.map(([, role, of], index) => ({ role, of, personId: `m${index + 1}`, from: 0 }));

export const organisation: Organisation = {
  version: 1,
  people,
  units: [
    { id: 'u1', name: '滨海市住房和城乡建设局', aliases: ['市局'], kind: 'bureau' },
    { id: 'u2', name: '东城区住房和城乡建设局', aliases: ['东城区'], kind: 'district' },
    { id: 'u3', name: '西城区住房和城乡建设局', aliases: ['西城区'], kind: 'district' },
  ],
  groups: [{ id: 'g1', name: '局联络组办公室', isOffice: true }],
  appointments,
};

export const holder = (role: Holder['role'], name: Name): Holder => ({ role, personId: idOf(name) });

const holdersOf: { readonly [post: string]: readonly Holder[] } = {
  p1: [holder('shiftLeader', '王带班'), holder('onDuty', '赵主班'), holder('coDuty', '钱副班')],
  p2: [holder('onDuty', '东主班'), holder('coDuty', '东副班')],
  p3: [holder('onDuty', '西主班'), holder('coDuty', '西副班')],
};

const dayMs = 24 * hour;
const days = Math.round((campaignTo - campaignFrom) / dayMs);

/** Shifts from half past eight to half past eight, the same people every day. */
export const roster: Roster = {
  version: 1,
  posts: [
    { id: 'p1', unitId: 'u1', name: '市局值班室', landline: '0531-8000-0001', minimumHeadcount: 2 },
    { id: 'p2', unitId: 'u2', name: '东城区', minimumHeadcount: 1 },
    { id: 'p3', unitId: 'u3', name: '西城区', minimumHeadcount: 1 },
  ],
  shifts: Object.entries(holdersOf).flatMap(([postId, holders]) =>
    Array.from({ length: days }, (_, day) => ({ postId, from: campaignFrom + day * dayMs, to: campaignFrom + (day + 1) * dayMs, holders })),
  ),
};

/** One band, all day long, in which nothing happens by itself before the limit of silence. */
export const calmBand = {
  name: 'all',
  fromMinute: 0,
  toMinute: 1440,
  fixedMinutes: [],
  random: 0,
  answerWindowMs: 600_000,
  silenceLimitMs: 20 * hour,
};

export const calm: ContactPolicy = { bands: [calmBand], quietAfterPresenceMs: 20 * 60_000, proof: 'acknowledge' };

/** One round a day, at ten; standing contacts are left alone. */
export const settings: CampaignSettings = {
  bureau: 'binhai',
  name: '保障期',
  timeZone: zone,
  fromAt: campaignFrom,
  toAt: campaignTo,
  posts: { ...calm, bands: [{ ...calmBand, fixedMinutes: [600] }] },
  onSite: { ...calm, bands: [{ ...calmBand, silenceLimitMs: 2 * hour }] },
  standing: { ...calm, bands: [{ ...calmBand, silenceLimitMs: 1000 * hour }] },
  policies: Object.fromEntries(shippedPolicies.map((policy) => [policy.name, policy])),
  kinds: Object.fromEntries(shippedKinds.map((kind) => [kind.name, kind])),
  chainDays: usualChainDays,
  phases: [{ phase: 'during', fromAt: campaignFrom, toAt: campaignTo }],
  digestMinutes: [7 * 60],
  workingHours: { fromMinute: 8 * 60, toMinute: 20 * 60 },
  quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 },
  massFailure: { share: 0.5, atLeast: 5 },
  bundleWindowMs: 20_000,
  handover: { isRequired: true, leadMs: 900_000, windowMs: 600_000 },
  shiftHours: { fromMinute: 510, toMinute: 510 },
  minimumHeadcount: 1,
  rosterChanges: 'office',
  ahead: { reminders: [24 * hour, hour], test: { aheadMs: 24 * hour, answerBeforeMs: 12 * hour, againMs: 14 * dayMs } },
  limits: shippedLimits,
  consent: shippedConsent,
  holidays: [],
  makeUpWorkdays: [],
};
