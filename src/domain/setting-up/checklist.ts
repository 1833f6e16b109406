/** What has to be there before a campaign can be relied on, found out from facts and ticked by nobody. */

export const checklistSteps = [
  'campaign',
  'contacts',
  'roster',
  'accounts',
  'channels',
  'ladders',
  'group',
  'signIn',
  'watched',
  'backup',
  'rehearsal',
] as const;

export type ChecklistStep = (typeof checklistSteps)[number];

/** `todo`: it does not work without; `look`: somebody should look at it; `unknown`: nobody here can tell. */
export type ChecklistState = 'done' | 'look' | 'todo' | 'unknown';

export type ChecklistLine = {
  readonly step: ChecklistStep;
  readonly state: ChecklistState;
  /** Which sentence of the step fits. */
  readonly about: string;
  readonly counts: { readonly [name: string]: number };
  /** Of whom or what, the first few. */
  readonly names: readonly string[];
};

export type ChecklistFacts = {
  readonly now: number;
  readonly campaign: { readonly fromAt: number; readonly toAt: number; readonly isBuiltIn: boolean };
  readonly contacts: {
    readonly units: number;
    readonly people: number;
    /** Without a number to be reached at. */
    readonly noPhone: readonly string[];
    /** Units without their one liaison. */
    readonly noLiaison: readonly string[];
  };
  readonly roster: {
    readonly posts: number;
    /** Shifts that lie ahead. */
    readonly ahead: number;
    /** Posts that somebody is missing at, at some time of the campaign from now on. */
    readonly gapPosts: readonly string[];
    readonly gaps: number;
  };
  /** Accounts are asked for only where a platform knows people by them. */
  readonly accounts: { readonly areNeeded: boolean; readonly people: number; readonly unbound: readonly string[] };
  readonly channels: { readonly used: readonly string[]; readonly untested: readonly string[]; readonly failed: readonly string[] };
  /** Ladders that end with nobody of the unit, by post. */
  readonly weakPosts: readonly string[];
  readonly hasGroup: boolean;
  readonly signIn: { readonly hasOpenId: boolean; readonly office: number; readonly reachable: number; readonly isOpen: boolean };
  readonly hasHeartbeat: boolean;
  /** Real epoch ms of the last, and of now. */
  readonly backup: { readonly lastAt: number | undefined; readonly now: number };
  /** When ladders or the campaign were last tried on what has been; undefined where never, as far as the ledger's newest rows tell. */
  readonly rehearsedAt: number | undefined;
};

const mostNames = 8;
const backupWithinMs = 26 * 3_600_000;

type Found = Pick<ChecklistLine, 'state' | 'about'> & Partial<Pick<ChecklistLine, 'counts' | 'names'>>;

const campaignLine = ({ now, campaign }: ChecklistFacts): Found => {
  if (campaign.isBuiltIn) return { state: 'look', about: 'builtIn' };
  if (now >= campaign.toAt) return { state: 'todo', about: 'over' };
  return { state: 'done', about: now < campaign.fromAt ? 'ahead' : 'running' };
};

const contactsLine = ({ contacts }: ChecklistFacts): Found => {
  const counts = { units: contacts.units, people: contacts.people, noPhone: contacts.noPhone.length, noLiaison: contacts.noLiaison.length };
  if (contacts.people === 0) return { state: 'todo', about: 'none', counts };
  if (contacts.noPhone.length > 0) return { state: 'look', about: 'noPhone', counts, names: contacts.noPhone };
  if (contacts.noLiaison.length > 0) return { state: 'look', about: 'noLiaison', counts, names: contacts.noLiaison };
  return { state: 'done', about: 'all', counts };
};

const rosterLine = ({ roster }: ChecklistFacts): Found => {
  const counts = { posts: roster.posts, ahead: roster.ahead, gaps: roster.gaps };
  if (roster.posts === 0 || roster.ahead === 0) return { state: 'todo', about: 'none', counts };
  return roster.gaps > 0 ? { state: 'look', about: 'gaps', counts, names: roster.gapPosts } : { state: 'done', about: 'all', counts };
};

const accountsLine = ({ accounts }: ChecklistFacts): Found => {
  const counts = { people: accounts.people, bound: accounts.people - accounts.unbound.length, unbound: accounts.unbound.length };
  if (!accounts.areNeeded) return { state: 'done', about: 'notNeeded', counts };
  if (accounts.unbound.length === 0) return { state: 'done', about: 'all', counts };
  return { state: counts.bound === 0 ? 'todo' : 'look', about: 'some', counts, names: accounts.unbound };
};

const channelsLine = ({ channels: { used, untested, failed } }: ChecklistFacts): Found => {
  const counts = { used: used.length, untested: untested.length };
  if (used.length === 0) return { state: 'todo', about: 'none', counts };
  if (failed.length > 0) return { state: 'todo', about: 'failed', counts, names: failed };
  return untested.length > 0 ? { state: 'look', about: 'untested', counts, names: untested } : { state: 'done', about: 'all', counts };
};

const signInLine = ({ signIn }: ChecklistFacts): Found => {
  const counts = { office: signIn.office, reachable: signIn.reachable };
  if (signIn.office === 0) return { state: 'todo', about: 'nobody', counts };
  if (signIn.isOpen) return { state: 'look', about: 'open', counts };
  if (signIn.hasOpenId) return { state: 'done', about: 'openId', counts };
  return signIn.reachable > 0 ? { state: 'done', about: 'byChat', counts } : { state: 'todo', about: 'noWay', counts };
};

const backupLine = ({ backup: { lastAt, now } }: ChecklistFacts): Found => {
  if (lastAt === undefined) return { state: 'todo', about: 'none' };
  const hours = Math.max(0, Math.floor((now - lastAt) / 3_600_000));
  return now - lastAt > backupWithinMs
    ? { state: 'look', about: 'old', counts: { hours } }
    : { state: 'done', about: 'lately', counts: { hours } };
};

const lines: { readonly [step in ChecklistStep]: (facts: ChecklistFacts) => Found } = {
  campaign: campaignLine,
  contacts: contactsLine,
  roster: rosterLine,
  accounts: accountsLine,
  channels: channelsLine,
  ladders: ({ weakPosts }) =>
    weakPosts.length === 0
      ? { state: 'done', about: 'all' }
      : { state: 'look', about: 'weak', counts: { posts: weakPosts.length }, names: weakPosts },
  group: ({ hasGroup }) => (hasGroup ? { state: 'done', about: 'known' } : { state: 'look', about: 'none' }),
  signIn: signInLine,
  watched: ({ hasHeartbeat }) => (hasHeartbeat ? { state: 'done', about: 'heartbeat' } : { state: 'look', about: 'none' }),
  backup: backupLine,
  rehearsal: ({ rehearsedAt }) => (rehearsedAt === undefined ? { state: 'unknown', about: 'none' } : { state: 'done', about: 'done' }),
};

/** Every step with how it stands, in the order in which they are taken. */
export const checklist = (facts: ChecklistFacts): readonly ChecklistLine[] =>
  checklistSteps.map((step) => {
    const { counts = {}, names = [], ...found } = lines[step](facts);
    return { step, ...found, counts, names: names.slice(0, mostNames) };
  });
