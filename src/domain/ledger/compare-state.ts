import type { CampaignRecord } from '../campaign-record/campaign-record.ts';
import type { Round } from '../contact/round.ts';
import type { Reach } from '../contact/reach.ts';
import type { ToldDuty } from '../contact/announced.ts';
import type { SealedSeeds } from '../contact/sealed-seeds.ts';
import type { Watch } from '../contact/watch.ts';
import { isEnded, type Obligation } from '../escalation/obligation.ts';
import type { Appeal } from '../figures/appeal.ts';
import type { ReportDraft } from '../figures/report-draft.ts';
import { isOver, type Handover } from '../handover/handover.ts';
import type { ShiftNotes } from '../handover/shift-notes.ts';
import type { FeedLinks } from '../feed/links.ts';
import type { Item } from '../items/item.ts';
import type { PhaseSpan } from '../items/phase.ts';
import { withoutRemoved } from '../items/without-removed.ts';
import type { Appointment, Organisation } from '../organisation/organisation.ts';
import type { Nameless } from '../organisation/nameless.ts';
import type { RosterProposal } from '../roster-change/proposal.ts';
import type { DutyRequest } from '../shift-change/duty-request.ts';
import type { Post, Roster, Shift } from '../roster/roster.ts';
import { compareLists, compareOne, type Difference } from './compare-lists.ts';
import type { Replayed } from './replay.ts';

/** What the store holds, as far as the ledger tells it. */
export type Held = {
  readonly organisation: Organisation;
  readonly roster: Roster;
  readonly seeds: SealedSeeds;
  readonly phases: readonly PhaseSpan[];
  /** Of every post. */
  readonly toldDuty: ToldDuty;
  readonly obligations: ReadonlyMap<string, Obligation>;
  readonly watches: ReadonlyMap<string, Watch>;
  readonly rounds: ReadonlyMap<string, Round>;
  readonly items: ReadonlyMap<string, Item>;
  readonly requests: ReadonlyMap<string, DutyRequest>;
  readonly proposals: ReadonlyMap<string, RosterProposal>;
  readonly appeals: ReadonlyMap<string, Appeal>;
  readonly reports: ReadonlyMap<string, ReportDraft>;
  /** Those that wait too. */
  readonly handovers: ReadonlyMap<string, Handover>;
  /** By post. */
  readonly shiftNotes: ReadonlyMap<string, ShiftNotes>;
  readonly reach: Reach;
  readonly links: FeedLinks;
  readonly campaign: CampaignRecord | undefined;
};

type Known = { readonly id: string };

const byId = (list: readonly Known[], onlyKnown: (one: Known) => object) => list.map((one) => [one.id, onlyKnown(one)] as const);
const byTerm = (list: readonly Appointment[]) => list.map((one) => [`${one.role} ${one.of} ${one.personId} ${one.from}`, one] as const);
const byBegin = (list: readonly Shift[]) => list.map((one) => [`${one.postId} ${one.from}`, one] as const);

/** Of whom the ledger has forgotten all but the id, nothing else is compared. */
const knownOf =
  (nameless: Nameless) =>
  (one: Known): object =>
    nameless.has(one.id) ? { id: one.id } : one;

const whole = (one: Known): object => one;

const knownOfPost =
  (nameless: Nameless) =>
  (one: Known): object => {
    if (!nameless.has(one.id)) return one;
    const { id, unitId, minimumHeadcount } = one as Post;
    return { id, unitId, minimumHeadcount };
  };

export const compareOrganisation = (
  { organisation: told, nameless }: Replayed['organisation'],
  held: Organisation,
): readonly Difference[] => {
  const known = knownOf(nameless);
  return [
    ...compareOne('organisation', 'version', { version: told.version }, { version: held.version }),
    ...(['people', 'units', 'groups'] as const).flatMap((list) =>
      compareLists('organisation', list, byId(told[list], known), byId(held[list], known)),
    ),
    ...compareLists('organisation', 'appointments', byTerm(told.appointments), byTerm(held.appointments)),
  ];
};

export const compareRoster = ({ roster: told, nameless }: Replayed['roster'], held: Roster): readonly Difference[] => {
  const known = knownOfPost(nameless);
  return [
    ...compareOne('roster', 'version', { version: told.version }, { version: held.version }),
    ...compareLists('roster', 'posts', byId(told.posts, known), byId(held.posts, known)),
    ...compareLists('roster', 'shifts', byBegin(told.shifts), byBegin(held.shifts)),
    ...compareLists('roster', 'overrides', byId(told.overrides ?? [], whole), byId(held.overrides ?? [], whole)),
  ];
};

const never = (): boolean => false;

/** What the ledger knows to be over, the store may have forgotten. */
const compareAll = <State extends object>(
  aggregate: Difference['aggregate'],
  told: ReadonlyMap<string, State>,
  held: ReadonlyMap<string, State>,
  isOver: (state: State) => boolean,
): readonly Difference[] => {
  const differences = [...held].flatMap(([id, state]) => compareOne(aggregate, id, told.get(id), state));
  for (const [id, state] of told) if (!held.has(id) && !isOver(state)) differences.push(...compareOne(aggregate, id, state, undefined));
  return differences;
};

const seedsOf = (seeds: SealedSeeds): ReadonlyMap<string, object> => new Map([...seeds].map(([date, sha256]) => [date, { sha256 }]));

const phasesOf = (phases: readonly PhaseSpan[]): ReadonlyMap<string, object> =>
  new Map(phases.map((span, index) => [`phase ${index + 1}`, span]));

/** Of posts that the ledger has told of, and that are still there. */
const dutyOf = (toldDuty: ToldDuty, of: ToldDuty): ReadonlyMap<string, object> =>
  new Map([...toldDuty].flatMap(([postId, people]) => (of.has(postId) ? [[`duty ${postId}`, { people }]] : [])));

/** What people said of it stands beside the ledger, and may be gone. */
const withoutWords = (requests: ReadonlyMap<string, DutyRequest>): ReadonlyMap<string, object> =>
  new Map([...requests].map(([id, { reason: _, endText: __, ...request }]) => [id, request]));

const withoutReasons = (appeals: ReadonlyMap<string, Appeal>): ReadonlyMap<string, object> =>
  new Map([...appeals].map(([id, { reason: _, verdict: __, ...appeal }]) => [id, appeal]));

/** So with what was noted at a change of shift. */
const withoutNotes = (noted: ReadonlyMap<string, Handover | ShiftNotes>): ReadonlyMap<string, object> =>
  new Map([...noted].map(([id, one]) => [id, { ...one, notes: one.notes.map(({ at, by }) => [at, by]) }]));

const countsOf = (links: FeedLinks): ReadonlyMap<string, object> => new Map(Object.entries(links).map(([owner, no]) => [owner, { no }]));

/** Its words stand beside the ledger, and may be gone; their hash stays. */
const compareCampaign = (told: CampaignRecord | undefined, held: CampaignRecord | undefined): readonly Difference[] => {
  if (told === undefined || told.words !== undefined || held === undefined) return compareOne('campaign', 'campaign', told, held);
  const { words: _, ...rest } = held;
  return compareOne('campaign', 'campaign', told, rest);
};

const knownItems = (told: Replayed['items'], held: Held['items']): Held['items'] =>
  new Map([...held].map(([id, item]) => [id, withoutRemoved(item, told.get(id))]));

/** Every difference between what the ledger tells and what the store holds; none where the ledger explains the state. */
export const compareState = (told: Replayed, held: Held): readonly Difference[] => [
  ...compareOrganisation(told.organisation, held.organisation),
  ...compareRoster(told.roster, held.roster),
  ...compareAll('calendar', seedsOf(told.seeds), seedsOf(held.seeds), never),
  ...compareAll('calendar', phasesOf(told.phases), phasesOf(held.phases), never),
  ...compareAll('calendar', dutyOf(told.toldDuty, held.toldDuty), dutyOf(held.toldDuty, told.toldDuty), never),
  ...compareAll('obligation', told.obligations, held.obligations, isEnded),
  ...compareAll('watch', told.watches, held.watches, never),
  ...compareAll('reach', new Map(Object.entries(told.reach)), new Map(Object.entries(held.reach)), never),
  ...compareCampaign(told.campaign, held.campaign),
  ...compareAll('links', countsOf(told.links), countsOf(held.links), never),
  ...compareAll('item', told.items, knownItems(told.items, held.items), never),
  ...compareAll('request', withoutWords(told.requests), withoutWords(held.requests), never),
  ...compareAll('handover', withoutNotes(told.handovers), withoutNotes(held.handovers), (one) => isOver(one as Handover)),
  ...compareAll('shiftNotes', withoutNotes(told.shiftNotes), withoutNotes(held.shiftNotes), never),
  ...compareAll('proposal', told.proposals, held.proposals, never),
  ...compareAll('appeal', withoutReasons(told.appeals), withoutReasons(held.appeals), never),
  ...compareAll('report', told.reports, held.reports, never),
  ...compareAll('round', told.rounds, held.rounds, ({ phase }) => phase === 'closed'),
];
