import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { shippedPolicies } from '../../src/domain/escalation/policy.ts';
import type { Appointment, AppointmentRole, Organisation, Person } from '../../src/domain/organisation/organisation.ts';
import type { Holder, Post, Roster, Shift } from '../../src/domain/roster/roster.ts';
import { at, settings as invented } from '../support/invented.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Scenario } from './scenario.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;

export type Bureau = {
  readonly settings: CampaignSettings;
  readonly organisation: Organisation;
  readonly roster: Roster;
  readonly startAt: number;
};

/** An invented bureau drawn from the seed: some posts, two teams for each, and those who stand above them. */
/** Where the inspectors are, silence may last for less than under any other rule that is ever drawn. */
const withOnSite = (settings: CampaignSettings): CampaignSettings => ({
  ...settings,
  onSite: { ...settings.posts, bands: settings.posts.bands.map((band) => ({ ...band, silenceLimitMs: 50 * 60_000 })) },
});

export const drawBureau = (scenario: Scenario): Bureau => {
  const rng = createRng(scenario.seed, 'bureau');
  const people: Person[] = [];
  const appointments: Appointment[] = [];
  const hire = (role: AppointmentRole, of: string): string => {
    const id = `m${people.length + 1}`;
    people.push({ id, name: `员${people.length + 1}`, mobile: `1380000${String(people.length + 1).padStart(4, '0')}` });
    appointments.push({ role, of, personId: id, from: 0 });
    return id;
  };
  hire('groupLeader', 'g1');
  hire('member', 'g1');
  const units = Array.from({ length: Math.ceil(scenario.posts / 2) }, (_, index) => ({
    id: `u${index + 1}`,
    name: `第${index + 1}区住房和城乡建设局`,
    aliases: [`第${index + 1}区`],
    kind: index === 0 ? ('bureau' as const) : ('district' as const),
  }));
  for (const unit of units) for (const role of ['liaison', 'contact', 'principal'] as const) if (rng.chance(0.9)) hire(role, unit.id);
  const posts: Post[] = Array.from({ length: scenario.posts }, (_, index) => ({
    id: `p${index + 1}`,
    unitId: units[index >> 1]!.id,
    // a list names units: it is about the post that is called like its unit
    name: index % 2 === 0 ? units[index >> 1]!.aliases[0]! : `岗${index + 1}`,
    minimumHeadcount: 1,
    ...(rng.chance(0.4) ? { landline: `0531-8000-00${index + 10}` } : {}),
  }));
  const fromAt = at('2021-08-26T08:30');
  const drawnAt = fromAt + rng.between(-2, 30) * hour + rng.between(0, 3_599) * 1_000;
  const startAt = scenario.features.includes('startsEarly') ? drawnAt - 32 * hour : drawnAt;
  const shifts: Shift[] = [];
  const hours = createRng(scenario.seed, 'hours');
  const patterns = scenario.features.includes('shiftWork') ? [[0], [0, 12], [0, 8, 16]] : [[0]];
  for (const post of posts) {
    const teams = [0, 1].map((): readonly Holder[] => [
      ...(rng.chance(0.3) ? [{ role: 'shiftLeader' as const, personId: hire('shiftLeader', post.unitId) }] : []),
      { role: 'onDuty' as const, personId: hire('dutyOfficer', post.unitId) },
      ...(rng.chance(0.6) ? [{ role: 'coDuty' as const, personId: hire('dutyOfficer', post.unitId) }] : []),
    ]);
    for (let day = 0; day < 7; day++) {
      if (rng.chance(0.04)) continue;
      const turns = hours.pick(patterns);
      const starts = turns.map((start) => fromAt + day * dayMs + start * hour);
      for (const [turn, from] of starts.entries())
        shifts.push({ postId: post.id, from, to: starts[turn + 1] ?? fromAt + (day + 1) * dayMs, holders: teams[(day + turn) % 2]! });
    }
  }
  const settings = withOnSite({
    ...invented,
    bureau: 'simulated',
    rosterChanges: scenario.seed % 3 === 0 ? 'unit' : 'office',
    ...(scenario.features.includes('figures')
      ? { reports: { dailyMinute: 18 * 60, hasCampaign: false, withinMs: 2 * hour }, appealWithinMs: 4 * hour }
      : {}),
    fromAt,
    toAt: fromAt + 6 * dayMs,
    posts: {
      bands: [
        {
          name: 'day',
          fromMinute: 420,
          toMinute: 1320,
          fixedMinutes: rng.chance(0.7) ? [600, 960] : [],
          random: rng.between(0, 2),
          answerWindowMs: rng.pick([300_000, 600_000]),
          silenceLimitMs: rng.pick([2, 4]) * hour,
        },
        {
          name: 'night',
          fromMinute: 1320,
          toMinute: 420,
          fixedMinutes: [],
          random: rng.between(0, 1),
          answerWindowMs: 600_000,
          silenceLimitMs: rng.pick([4, 10]) * hour,
        },
      ],
      quietAfterPresenceMs: 20 * 60_000,
      proof: rng.chance(0.15) ? 'code' : 'acknowledge',
    },
    standing: {
      bands: [
        {
          name: 'day',
          fromMinute: 540,
          toMinute: 1020,
          fixedMinutes: rng.chance(0.2) ? [630] : [],
          random: 1,
          answerWindowMs: 600_000,
          silenceLimitMs: 36 * hour,
        },
      ],
      quietAfterPresenceMs: 20 * 60_000,
      proof: 'acknowledge',
    },
    policies: Object.fromEntries(shippedPolicies.map((policy) => [policy.name, policy])),
    digestMinutes: [420, 1080],
    massFailure: { share: 0.5, atLeast: rng.pick([3, 5]) },
  });
  const organisation: Organisation = {
    version: 1,
    people,
    units,
    groups: [{ id: 'g1', name: '局联络组办公室', isOffice: true }],
    appointments,
  };
  return { settings, organisation, roster: { version: 1, posts, shifts }, startAt };
};
