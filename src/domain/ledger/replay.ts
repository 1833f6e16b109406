import { evolvePhases, evolveToldDuty, type ToldDuty } from '../contact/announced.ts';
import { evolveReach, nobodyPaused, type Reach } from '../contact/reach.ts';
import { evolveRound, type Round } from '../contact/round.ts';
import { evolveSeeds, type SealedSeeds } from '../contact/sealed-seeds.ts';
import { evolveWatch, type Watch } from '../contact/watch.ts';
import { evolve } from '../escalation/evolve.ts';
import type { Obligation } from '../escalation/obligation.ts';
import { evolveHandover, type Handover } from '../handover/handover.ts';
import { evolveShiftNotes, type ShiftNotes } from '../handover/shift-notes.ts';
import { evolveFeedLinks, firstLinks, type FeedLinks } from '../feed/links.ts';
import { evolveItem } from '../items/evolve-item.ts';
import type { Item } from '../items/item.ts';
import type { PhaseSpan } from '../items/phase.ts';
import { evolveOrganisation, untoldOrganisation, type ToldOrganisation } from '../organisation/evolve-organisation.ts';
import { evolveRoster, untoldRoster, type ToldRoster } from '../roster/evolve-roster.ts';
import { evolveProposal, isProposalId, type RosterProposal } from '../roster-change/proposal.ts';
import { isRequestId, type DutyRequest } from '../shift-change/duty-request.ts';
import { evolveRequest } from '../shift-change/evolve-request.ts';
import type { SubjectId } from '../roster/subject.ts';
import { evolveCampaignRecord, type CampaignRecord } from '../campaign-record/campaign-record.ts';
import { evolveAppeal, isAppealId, type Appeal } from '../figures/appeal.ts';
import { evolveReport, isReportId, type ReportDraft } from '../figures/report-draft.ts';
import type { LedgerRow } from './event.ts';

/**
 * The state as the ledger tells it. Not told, and therefore not here, for nothing follows from losing it but a question
 * asked or a look taken once more: what was last said in a conversation (it is forgotten after an hour), and of the
 * calendar how far it has looked, which version of the roster it has audited and by which ladders it has planned (a look
 * that finds nothing to do is no event).
 */
export type Replayed = {
  organisation: ToldOrganisation;
  roster: ToldRoster;
  seeds: SealedSeeds;
  /** That the office has announced, in the order they were said. */
  phases: readonly PhaseSpan[];
  toldDuty: ToldDuty;
  /** By id. Ended ones stay here; the store forgets them after an hour. */
  readonly obligations: Map<string, Obligation>;
  readonly watches: Map<SubjectId, Watch>;
  /** By id. Closed ones stay here. */
  readonly rounds: Map<string, Round>;
  readonly items: Map<string, Item>;
  /** By id. */
  readonly handovers: Map<string, Handover>;
  /** What is kept for the next one, by post. */
  readonly shiftNotes: Map<string, ShiftNotes>;
  /** For leave, swaps and covers, by id. */
  readonly requests: Map<string, DutyRequest>;
  /** Of units, about their rosters; by id. */
  readonly proposals: Map<string, RosterProposal>;
  /** Against checks, by id. */
  readonly appeals: Map<string, Appeal>;
  /** That were drafted, by id. */
  readonly reports: Map<string, ReportDraft>;
  /** Who has stopped a channel for themselves. */
  reach: Reach;
  /** Whose calendar links were taken back, and how often. */
  links: FeedLinks;
  /** The campaign of record, where the page has changed it. */
  campaign: CampaignRecord | undefined;
};

export const startReplay = (): Replayed => ({
  organisation: untoldOrganisation,
  roster: untoldRoster,
  seeds: new Map(),
  phases: [],
  toldDuty: new Map(),
  obligations: new Map(),
  watches: new Map(),
  rounds: new Map(),
  items: new Map(),
  handovers: new Map(),
  shiftNotes: new Map(),
  requests: new Map(),
  proposals: new Map(),
  appeals: new Map(),
  reports: new Map(),
  reach: nobodyPaused,
  links: firstLinks,
  campaign: undefined,
});

/** Rebuilds everything from rows in their order. */
export const replay = (rows: Iterable<LedgerRow>): Replayed => {
  const replayed = startReplay();
  for (const row of rows) replayRow(replayed, row);
  return replayed;
};

/** One step of `replay`, for whoever reads the ledger in pages. */
export const replayRow = (replayed: Replayed, row: LedgerRow): void => {
  const { subject, roundId } = row.data as { readonly subject?: string; readonly roundId?: string };
  replayed.organisation = evolveOrganisation(replayed.organisation, row);
  replayed.roster = evolveRoster(replayed.roster, row);
  replayed.seeds = evolveSeeds(replayed.seeds, row);
  replayed.phases = evolvePhases(replayed.phases, row);
  replayed.toldDuty = evolveToldDuty(replayed.toldDuty, row);
  replayed.reach = evolveReach(replayed.reach, row);
  replayed.links = evolveFeedLinks(replayed.links, row);
  replayed.campaign = evolveCampaignRecord(replayed.campaign, row);
  if (row.obligationId !== undefined) put(replayed.obligations, row.obligationId, evolve(replayed.obligations.get(row.obligationId), row));
  if (subject !== undefined) put(replayed.watches, subject, evolveWatch(replayed.watches.get(subject), row));
  if (row.itemId !== undefined && isRequestId(row.itemId))
    put(replayed.requests, row.itemId, evolveRequest(replayed.requests.get(row.itemId), row));
  else if (row.itemId !== undefined && isProposalId(row.itemId))
    put(replayed.proposals, row.itemId, evolveProposal(replayed.proposals.get(row.itemId), row));
  else if (row.itemId !== undefined && isAppealId(row.itemId))
    put(replayed.appeals, row.itemId, evolveAppeal(replayed.appeals.get(row.itemId), row));
  else if (row.itemId !== undefined && isReportId(row.itemId))
    put(replayed.reports, row.itemId, evolveReport(replayed.reports.get(row.itemId), row));
  else if (row.itemId !== undefined) put(replayed.items, row.itemId, evolveItem(replayed.items.get(row.itemId), row));
  if (row.itemId?.startsWith('h')) put(replayed.handovers, row.itemId, evolveHandover(replayed.handovers.get(row.itemId), row));
  if (subject !== undefined) put(replayed.shiftNotes, subject, evolveShiftNotes(replayed.shiftNotes.get(subject), row));
  if (roundId !== undefined) put(replayed.rounds, roundId, evolveRound(replayed.rounds.get(roundId), row));
};

const put = <State>(states: Map<string, State>, id: string, state: State | undefined): void => {
  if (state === undefined) states.delete(id);
  else states.set(id, state);
};
