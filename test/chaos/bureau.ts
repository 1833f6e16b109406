import type { Appointment, AppointmentRole, Organisation, Person } from '../../src/domain/organisation/organisation.ts';
import type { Roster, Shift } from '../../src/domain/roster/roster.ts';

const postsPerUnit = 25;

/** Ladders as long as a breath: the order and the kinds of their steps are those of the shipped ones. */
export const campaignFile = (now: number, breathMs: number): object => {
  const breaths = (count: number): string => `PT${(count * breathMs) / 1_000}S`;
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 16);
  const band = { name: 'all', from: '00:00', to: '00:00', fixed: [], random: 0, answerWindow: breaths(8) };
  const step = (after: number, notify: readonly string[], via = 'card') => ({ after: breaths(after), notify, via });
  return {
    bureau: 'chaos',
    name: 'chaos',
    from: dayOf(now - 3 * 86_400_000),
    to: dayOf(now + 30 * 86_400_000),
    contacts: 'none.xlsx',
    roster: 'none.xlsx',
    checks: {
      posts: { bands: [{ ...band, silenceLimit: 'PT20H' }], quietAfterPresence: 'PT0S', proof: 'acknowledge' },
      standing: { bands: [{ ...band, silenceLimit: 'PT40H' }] },
    },
    massFailure: { share: 1, atLeast: 1_000_000 },
    bundleWindow: 'PT0.5S',
    // Signs of life and reminders have ladders of hours.
    reachTest: null,
    shiftReminders: [],
    policies: [
      {
        name: 'check',
        answerWindow: breaths(8),
        steps: [
          step(0, ['onDuty']),
          { ...step(1, ['onDuty']), repeat: { every: breaths(2), times: 2 } },
          step(2, ['onDuty'], 'sms'),
          step(3, ['onDuty', 'landline'], 'voice'),
          step(4, ['coDuty', 'shiftLeader']),
          step(6, ['liaison']),
          step(8, ['office']),
          step(9, ['principal']),
          step(10, ['groupChat']),
        ],
      },
      {
        name: 'restore',
        answerWindow: breaths(4),
        steps: [
          step(0, ['onDuty', 'coDuty']),
          step(1, ['liaison']),
          step(3, ['onDuty', 'coDuty']),
          step(4, ['office']),
          step(6, ['principal']),
          step(8, ['groupChat']),
        ],
      },
    ],
  };
};

export type Officer = { readonly id: string; readonly mobile: string; readonly name: string };
/** Somebody asks to be relieved, somebody stands in, somebody consents. */
export type Relief = { readonly holder: Officer; readonly substitute: Officer; readonly approver: Officer };
export type ChaosBureau = {
  readonly organisation: Organisation;
  readonly roster: Roster;
  /** By post. */
  readonly onDuty: ReadonlyMap<string, Officer>;
  readonly coDuty: ReadonlyMap<string, Officer>;
  /** One in each unit. */
  readonly reliefs: readonly Relief[];
  /** Whoever comes to posts that change hands while everything is killed, by post; nobody of `onDuty` stands these. */
  readonly comings: ReadonlyMap<string, Officer>;
  /** The first starts the rounds, the second takes over. */
  readonly office: readonly [Officer, Officer];
};

const changingPosts = 8;
/** Long enough for two services to start before it. */
const changeAfterMs = 30_000;

/** So many posts of two officers each, in units with their heads, an office of two, and some posts more that change hands. */
export const inventBureau = (posts: number, now: number): ChaosBureau => {
  const from = now - 2 * 86_400_000;
  const people: Person[] = [];
  const appointments: Appointment[] = [];
  const join = (): Officer => {
    const number = people.length + 1;
    const person = { id: `m${number}`, name: `name ${number}`, mobile: `1380000${String(number).padStart(4, '0')}` };
    people.push(person);
    return person;
  };
  const appoint = (role: AppointmentRole, of: string): Officer => {
    const person = join();
    appointments.push({ role, of, personId: person.id, from });
    return person;
  };
  const postIds = Array.from({ length: posts }, (_, index) => `p${index + 1}`);
  const onDuty = new Map(postIds.map((id) => [id, join()]));
  const coDuty = new Map(postIds.map((id) => [id, join()]));
  const unitOf = (index: number): string => `u${Math.floor(index / postsPerUnit) + 1}`;
  const unitIds = [...new Set(postIds.map((_, index) => unitOf(index)))];
  const reliefs = unitIds.map((unit, index): Relief => {
    const approver = appoint('principal', unit);
    appoint('liaison', unit);
    return { holder: onDuty.get(postIds[index * postsPerUnit]!)!, substitute: appoint('contact', unit), approver };
  });
  const office = [appoint('groupLeader', 'g1'), appoint('member', 'g1')] as const;
  const shifts = postIds.map((postId): Shift => ({
    postId,
    from,
    to: now + 20 * 86_400_000,
    holders: [
      { role: 'onDuty', personId: onDuty.get(postId)!.id },
      { role: 'coDuty', personId: coDuty.get(postId)!.id },
    ],
  }));
  const changing = Array.from({ length: changingPosts }, (_, index) => `p${posts + index + 1}`);
  const comings = new Map(changing.map((id) => [id, join()]));
  const changes = changing.flatMap((postId): readonly Shift[] => {
    const changeAt = now + changeAfterMs;
    const stoodBy = (personId: string) => [{ role: 'onDuty' as const, personId }];
    return [
      { postId, from, to: changeAt, holders: stoodBy(join().id) },
      { postId, from: changeAt, to: now + 20 * 86_400_000, holders: stoodBy(comings.get(postId)!.id) },
    ];
  });
  return {
    organisation: {
      version: 1,
      people,
      units: unitIds.map((id) => ({ id, name: `unit ${id}`, aliases: [], kind: 'district' })),
      groups: [{ id: 'g1', name: 'office', isOffice: true }],
      appointments,
    },
    roster: {
      version: 1,
      posts: [...postIds, ...changing].map((id, index) => ({
        id,
        unitId: unitOf(Math.min(index, posts - 1)),
        name: `post ${id}`,
        minimumHeadcount: 1,
      })),
      shifts: [...shifts, ...changes],
    },
    onDuty,
    coDuty,
    reliefs,
    comings,
    office,
  };
};
