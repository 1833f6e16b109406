import { readCampaign } from '../../src/config/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Appointment, Organisation, Person } from '../../src/domain/organisation/organisation.ts';
import type { Roster, Shift } from '../../src/domain/roster/roster.ts';

const postsPerUnit = 100;

/** The first fixed check of the generated campaign, and the day on which benchmarks that move their own clock take place. */
export const roundAt = Date.parse('2021-08-27T10:00:00+08:00');

/** The demo's rules of checking, without its people. `now` in epoch ms lies well inside the campaign. */
export const campaignFile = (now: number, fixed: readonly string[]): object => ({
  name: 'bench',
  from: new Date(now - 3 * 86_400_000).toISOString().slice(0, 16),
  to: new Date(now + 30 * 86_400_000).toISOString().slice(0, 16),
  contacts: 'none.xlsx',
  roster: 'none.xlsx',
  checks: {
    posts: {
      bands: [
        { name: 'day', from: '07:00', to: '22:00', fixed, random: 1, answerWindow: 'PT10M', silenceLimit: 'PT4H' },
        { name: 'night', from: '22:00', to: '07:00', fixed: [], random: 1, answerWindow: 'PT10M', silenceLimit: 'PT10H' },
      ],
      quietAfterPresence: 'PT20M',
      proof: 'acknowledge',
    },
    standing: { bands: [{ name: 'day', from: '09:00', to: '17:00', fixed: [], random: 1, answerWindow: 'PT10M', silenceLimit: 'PT36H' }] },
  },
});

export const benchSettings = (now: number): CampaignSettings => readCampaign(campaignFile(now, ['10:00'])).settings;

/** One digit more than any real number has. */
const mobileOf = (index: number): string => `1380000${String(index).padStart(5, '0')}`;

/** The same campaign in another bureau; a campaign of its own has its own name. */
export const inBureau = (settings: CampaignSettings, bureau = settings.bureau): CampaignSettings => ({ ...settings, bureau });

const appointeeOf = (index: number): string => `m9${String(index).padStart(7, '0')}`;
export const officerOf = (post: number): string => `m${post * 2}`;
export const postIdOf = (post: number): string => `p${post}`;

const firstOfGroup = (posts: number): number => posts * 2 + Math.ceil(posts / postsPerUnit) * 3;

/** Somebody of the office of a bureau of so many posts. */
export const officeOf = (posts: number): string => appointeeOf(firstOfGroup(posts));

/**
 * A bureau of `posts` posts, each with an officer and a co-duty officer, in units of a hundred that have a principal,
 * a liaison and a contact, and an office of two.
 */
export const generateBureau = (
  posts: number,
  settings: CampaignSettings,
): { readonly organisation: Organisation; readonly roster: Roster } => {
  const people: Person[] = [];
  const appointments: Appointment[] = [];
  const shifts: Shift[] = [];
  const join = (id: string): string => {
    people.push({ id, name: `name ${id}`, mobile: mobileOf(people.length) });
    return id;
  };
  const appoint = (role: Appointment['role'], of: string): void => {
    appointments.push({ role, of, personId: join(appointeeOf(people.length)), from: settings.fromAt });
  };
  for (let post = 1; post <= posts; post++) {
    const holders = [
      { role: 'onDuty', personId: join(officerOf(post)) },
      { role: 'coDuty', personId: join(`m${post * 2 + 1}`) },
    ] as const;
    shifts.push({ postId: postIdOf(post), from: settings.fromAt, to: settings.toAt, holders });
  }
  const unitOf = (post: number): string => `u${Math.ceil(post / postsPerUnit)}`;
  const units = Array.from({ length: Math.ceil(posts / postsPerUnit) }, (_, index) => `u${index + 1}`);
  for (const unit of units) for (const role of ['principal', 'liaison', 'contact'] as const) appoint(role, unit);
  appoint('groupLeader', 'g1');
  appoint('member', 'g1');
  return {
    organisation: {
      version: 1,
      people,
      units: units.map((id) => ({ id, name: `unit ${id}`, aliases: [], kind: 'district' })),
      groups: [{ id: 'g1', name: 'office', isOffice: true }],
      appointments,
    },
    roster: {
      version: 1,
      posts: shifts.map(({ postId }, index) => ({ id: postId, unitId: unitOf(index + 1), name: `post ${index + 1}`, minimumHeadcount: 1 })),
      shifts,
    },
  };
};
