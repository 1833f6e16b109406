import { findWeakLadders } from '../rehearsal/find-thin.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import { findGaps } from '../../domain/roster/find-gaps.ts';
import { checklist, type ChecklistFacts, type ChecklistLine } from '../../domain/setting-up/checklist.ts';
import { checkPolicy } from '../../domain/escalation/policy.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import { accountChannels } from '../binding/accounts-by-command.ts';
import { accountsOfPeople, peopleInForce } from '../binding/say-accounts.ts';
import type { World } from '../world.ts';

/** What only the wiring knows. */
export type KnownFacts = {
  /** The campaign that comes with the product. */
  readonly isBuiltIn: boolean;
  /** A demo: everybody is let in. */
  readonly isOpen: boolean;
  readonly hasOpenId: boolean;
  readonly hasHeartbeat: boolean;
  readonly hasGroup: boolean;
  /** Of channels that send, but for the page itself. */
  readonly channels: () => readonly string[];
  /** Real epoch ms. */
  readonly lastBackupAt: () => Promise<number | undefined>;
  readonly realNow: () => number;
};

type Deps = { readonly world: World; readonly ledger: LedgerReader; readonly known: KnownFacts };

/** A test that lies further back than these rows says nothing of today. */
const newestRows = 20_000;
const pageRows = 2_000;
const dayMs = 86_400_000;
/** Of so many posts each is looked at; more take too long for a glance. */
const mostLadders = 500;
const noPhone = /^\d{5,}$/u;

/** What the newest rows of the ledger tell, read on from where it was left. */
const createRecent = (ledger: LedgerReader) => {
  const tests = new Map<string, boolean>();
  let seq: number | undefined;
  let rehearsedAt: number | undefined;
  return async () => {
    const last = await ledger.lastSeq();
    let from = seq ?? Math.max(0, last - newestRows);
    while (from < last) {
      const rows = await ledger.rows(from, Math.min(pageRows, last - from));
      if (rows.length === 0) break;
      for (const { event, channel, data, at } of rows) {
        if (event === 'ChannelTested' && channel !== undefined) tests.set(channel, data['result'] === 'sent');
        if (event === 'CampaignRehearsed') rehearsedAt = at;
      }
      from = rows.at(-1)?.seq ?? last;
    }
    seq = from;
    return { tests, rehearsedAt };
  };
};

const contactsOf = ({ directory, clock }: World): ChecklistFacts['contacts'] => {
  const { people, units, appointments } = directory.organisation;
  const now = clock.now();
  const answering = units.filter(({ kind }) => kind !== 'bureau');
  const led = new Set(appointments.filter((one) => one.role === 'liaison' && isInTerm(one, now)).map(({ of }) => of));
  return {
    units: answering.length,
    people: people.length,
    noPhone: people.filter(({ isDisabled, mobile }) => !isDisabled && !noPhone.test(mobile)).map(({ name }) => name),
    noLiaison: answering.filter(({ id }) => !led.has(id)).map(shortNameOf),
  };
};

const rosterOf = ({ directory, clock, settings }: World): ChecklistFacts['roster'] => {
  const now = clock.now();
  const { roster, posts } = directory;
  const gaps = findGaps(roster, Math.max(now, settings.fromAt), settings.toAt);
  return {
    posts: roster.posts.length,
    ahead: roster.shifts.filter(({ to }) => to > now).length,
    gaps: gaps.length,
    gapPosts: [...new Set(gaps.map(({ postId }) => postId))].map((id) => posts.get(id)?.name ?? id),
  };
};

const accountsOf = async (world: World, channels: readonly string[]): Promise<ChecklistFacts['accounts']> => {
  const needing = accountChannels.filter((name) => channels.includes(name));
  const people = peopleInForce(world);
  if (needing.length === 0) return { areNeeded: false, people: people.length, unbound: [] };
  const all = await accountsOfPeople(world, people);
  const unbound = people.filter((_, index) => !needing.some((name) => all[index]?.[name] !== undefined));
  return { areNeeded: true, people: people.length, unbound: unbound.map((id) => world.directory.people.get(id)?.name ?? id) };
};

const weakPostsOf = ({ directory, clock, settings }: World): readonly string[] => {
  if (directory.roster.posts.length > mostLadders) return [];
  const now = clock.now();
  const weak = findWeakLadders(directory, settings.policies['check'] ?? checkPolicy, now, now + dayMs);
  const ending = weak.filter(({ left }) => left.every((role) => role === 'office'));
  return [...new Set(ending.map(({ postId }) => directory.posts.get(postId)?.name ?? postId))];
};

const signInOf = async (world: World, known: KnownFacts): Promise<ChecklistFacts['signIn']> => {
  const now = world.clock.now();
  const office = peopleInForce(world).filter((id) => isOffice(world.directory, id, now));
  const accounts = await accountsOfPeople(world, office);
  const reachable = accounts.filter((each) => Object.keys(each).length > 0).length;
  return { hasOpenId: known.hasOpenId, isOpen: known.isOpen, office: office.length, reachable };
};

export type ChecklistView = { readonly lines: readonly ChecklistLine[]; readonly done: number; readonly all: number };

/** How far setting up has come, as things stand. */
export const createChecklist = ({ world, ledger, known }: Deps): (() => Promise<ChecklistView>) => {
  const readRecent = createRecent(ledger);
  return async () => {
    const { settings, clock } = world;
    const channels = known.channels();
    const [{ tests, rehearsedAt }, accounts, signIn, lastAt] = await Promise.all([
      readRecent(),
      accountsOf(world, channels),
      signInOf(world, known),
      known.lastBackupAt(),
    ]);
    const lines = checklist({
      now: clock.now(),
      campaign: { fromAt: settings.fromAt, toAt: settings.toAt, isBuiltIn: known.isBuiltIn },
      contacts: contactsOf(world),
      roster: rosterOf(world),
      accounts,
      channels: {
        used: channels,
        untested: channels.filter((name) => !tests.has(name)),
        failed: channels.filter((name) => tests.get(name) === false),
      },
      weakPosts: weakPostsOf(world),
      hasGroup: known.hasGroup,
      signIn,
      hasHeartbeat: known.hasHeartbeat,
      backup: { lastAt, now: known.realNow() },
      rehearsedAt,
    });
    return { lines, done: lines.filter(({ state }) => state === 'done').length, all: lines.length };
  };
};
