import { nobodyPaused } from '../../domain/contact/reach.ts';
import type { Round } from '../../domain/contact/round.ts';
import type { Watch } from '../../domain/contact/watch.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import { shiftNotesIdOf, type ShiftNotes } from '../../domain/handover/shift-notes.ts';
import { firstLinks } from '../../domain/feed/links.ts';
import type { Appeal } from '../../domain/figures/appeal.ts';
import type { ReportDraft } from '../../domain/figures/report-draft.ts';
import type { Item } from '../../domain/items/item.ts';
import type { RosterProposal } from '../../domain/roster-change/proposal.ts';
import type { DutyRequest } from '../../domain/shift-change/duty-request.ts';
import type { Difference } from '../../domain/ledger/compare-lists.ts';
import { compareState, type Held } from '../../domain/ledger/compare-state.ts';
import { replayRow, startReplay, type Replayed } from '../../domain/ledger/replay.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Aggregate, Campaign, Store, Stored } from '../../ports/store.ts';
import { linksId } from '../calendar/feed-links.ts';
import { campaignRecordId } from '../set-up/take-in-campaign.ts';
import { calendarId, reachId, watchIdOf } from '../world.ts';

export type ReplayDeps = {
  readonly store: Pick<Store, 'load' | 'loadCampaign' | 'scan'>;
  /** From row 1: the archive's rows, then the live ones. */
  readonly reader: LedgerReader;
  readonly sha256: Secrets['sha256'];
};

export type ReplayReport = {
  readonly ok: boolean;
  /** Rows of the ledger that were read. */
  readonly rows: number;
  readonly compared: { readonly [aggregate in Aggregate['type'] | 'people' | 'posts' | 'shifts']?: number };
  /** People, units, groups and posts whose names were removed from beside the ledger: compared by their id alone. */
  readonly nameless: number;
  readonly differences: readonly Difference[];
  /** Differences beyond the most that are listed. */
  readonly omitted: number;
};

const pageRows = 1_000;
const mostListed = 1_000;
/** A service at work changes what was just read; so often it is read again. */
const mostLooks = 10;
const scanned = ['obligation', 'watch', 'round', 'item', 'request', 'proposal', 'appeal', 'report', 'handover'] as const;
const campaignKey = 'campaign';

/** What was read of the store. Organisation and roster stand under one version. */
type Look = { campaign: Campaign; readonly states: Map<string, Stored> };

/**
 * Rebuilds the state from the whole ledger and compares it with the store. Changes nothing, and may be called while
 * the service is at work. Rejects with ZG_LEDGER_INCOMPLETE where rows are missing.
 */
export const replayLedger = async ({ store, reader, sha256 }: ReplayDeps): Promise<ReplayReport> => {
  const look = await readAll(store);
  const ledger = { told: startReplay(), rows: 0 };
  await follow(ledger, reader, look);
  let differences = compareState(ledger.told, heldOf(look, sha256));
  const suspects = new Set(differences.map(keyOf));
  for (let looks = 0; suspects.size > 0 && looks < mostLooks; looks += 1) {
    // What has stood still while the ledger was read on really differs; the rest is judged anew.
    const moved = await readAgain(store, look, suspects);
    if (moved.size === 0) break;
    await follow(ledger, reader, look);
    const found = compareState(ledger.told, heldOf(look, sha256));
    differences = found.filter((one) => suspects.has(keyOf(one)));
    for (const key of suspects) if (!differences.some((one) => keyOf(one) === key)) suspects.delete(key);
  }
  const { organisation, roster } = ledger.told;
  return {
    ok: differences.length === 0,
    rows: ledger.rows,
    compared: countsOf(look),
    nameless: organisation.nameless.size + roster.nameless.size,
    differences: differences.slice(0, mostListed),
    omitted: Math.max(0, differences.length - mostListed),
  };
};

const keyOf = ({ aggregate, id }: Difference): string => {
  if (aggregate === 'organisation' || aggregate === 'roster') return campaignKey;
  if (aggregate === 'calendar') return calendarId;
  if (aggregate === 'reach') return reachId;
  if (aggregate === 'links') return linksId;
  if (aggregate === 'campaign') return campaignRecordId;
  if (aggregate === 'shiftNotes') return shiftNotesIdOf(id);
  return aggregate === 'watch' ? watchIdOf(id) : id;
};

const readAll = async (store: ReplayDeps['store']): Promise<Look> => {
  const states = new Map<string, Stored>();
  for (const type of scanned)
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page: Awaited<ReturnType<Store['scan']>> = await store.scan(type, cursor);
      for (const one of page.items) states.set(one.id, one);
      cursor = page.cursor;
    }
  const campaign = await store.loadCampaign();
  const alone = [calendarId, reachId, linksId, campaignRecordId, ...campaign.roster.posts.map(({ id }) => shiftNotesIdOf(id))];
  for (const one of await store.load(alone)) if (one) states.set(one.id, one);
  return { campaign, states };
};

/** Reads the suspects anew, and answers which have changed since they were read before. */
const readAgain = async (store: ReplayDeps['store'], look: Look, suspects: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
  const moved = new Set<string>();
  const ids = [...suspects].filter((key) => key !== campaignKey);
  const found = ids.length === 0 ? [] : await store.load(ids);
  for (const [index, id] of ids.entries()) {
    const now = found[index];
    if (now?.version !== look.states.get(id)?.version) moved.add(id);
    if (now) look.states.set(id, now);
    else look.states.delete(id);
  }
  if (suspects.has(campaignKey)) {
    const campaign = await store.loadCampaign();
    if (campaign.version !== look.campaign.version) moved.add(campaignKey);
    look.campaign = campaign;
  }
  return moved;
};

/** Reads on to the newest row. What is over and forgotten by the store needn't be remembered here. */
const follow = async (ledger: { readonly told: Replayed; rows: number }, reader: LedgerReader, { states }: Look): Promise<void> => {
  const { told } = ledger;
  const to = await reader.lastSeq();
  while (ledger.rows < to) {
    const page = await reader.rows(ledger.rows, Math.min(pageRows, to - ledger.rows));
    for (const row of page) {
      if (row.seq !== ledger.rows + 1) throw rowsMissing(ledger.rows + 1, row.seq - 1);
      ledger.rows = row.seq;
      replayRow(told, row);
      const id = row.obligationId;
      const o = id === undefined || states.has(id) ? undefined : told.obligations.get(id);
      if (o && isEnded(o)) told.obligations.delete(o.id);
    }
    if (page.length === 0) throw rowsMissing(ledger.rows + 1, to);
  }
};

const rowsMissing = (from: number, to: number): Error =>
  new Error(
    `ZG_LEDGER_INCOMPLETE: rows ${from} to ${to} are neither in the archive nor in the running ledger. ` +
      'Set DATA_DIR to the folder of the service, which holds the archive.',
  );

const heldOf = ({ campaign, states }: Look, sha256: ReplayDeps['sha256']): Held => {
  const { organisation, roster } = campaign;
  const seeds = new Map<string, string>();
  const obligations = new Map<string, Obligation>();
  const watches = new Map<string, Watch>();
  const rounds = new Map<string, Round>();
  const items = new Map<string, Item>();
  const requests = new Map<string, DutyRequest>();
  const proposals = new Map<string, RosterProposal>();
  const appeals = new Map<string, Appeal>();
  const reports = new Map<string, ReportDraft>();
  const handovers = new Map<string, Handover>();
  const shiftNotes = new Map<string, ShiftNotes>();
  let phases: Held['phases'] = [];
  let toldDuty: Held['toldDuty'] = new Map();
  let reach = nobodyPaused;
  let links = firstLinks;
  let record: Held['campaign'];
  for (const { id, aggregate } of states.values()) {
    if (aggregate.type === 'obligation') obligations.set(id, aggregate.state);
    else if (aggregate.type === 'watch') watches.set(aggregate.state.subject, aggregate.state);
    else if (aggregate.type === 'round') rounds.set(id, aggregate.state);
    else if (aggregate.type === 'request') requests.set(id, aggregate.state);
    else if (aggregate.type === 'proposal') proposals.set(id, aggregate.state);
    else if (aggregate.type === 'appeal') appeals.set(id, aggregate.state);
    else if (aggregate.type === 'report') reports.set(id, aggregate.state);
    else if (aggregate.type === 'handover') handovers.set(id, aggregate.state);
    else if (aggregate.type === 'shiftNotes') shiftNotes.set(aggregate.state.postId, aggregate.state);
    else if (aggregate.type === 'reach') reach = aggregate.state;
    else if (aggregate.type === 'links') links = aggregate.state;
    else if (aggregate.type === 'campaign') record = aggregate.state;
    else if (aggregate.type === 'item') items.set(id, aggregate.state);
    else if (aggregate.type === 'calendar') {
      for (const [date, seed] of Object.entries(aggregate.state.seeds)) seeds.set(date, sha256(seed));
      phases = aggregate.state.phases ?? [];
      toldDuty = new Map(Object.entries(aggregate.state.announced ?? {}));
    }
  }
  return {
    organisation,
    roster,
    seeds,
    phases,
    toldDuty,
    obligations,
    watches,
    rounds,
    items,
    requests,
    proposals,
    appeals,
    reports,
    handovers,
    shiftNotes,
    reach,
    links,
    campaign: record,
  };
};

const countsOf = ({ campaign, states }: Look): ReplayReport['compared'] => {
  const counts: { [aggregate in Aggregate['type']]?: number } = {};
  for (const { aggregate } of states.values()) counts[aggregate.type] = (counts[aggregate.type] ?? 0) + 1;
  const { organisation, roster } = campaign;
  return { people: organisation.people.length, posts: roster.posts.length, shifts: roster.shifts.length, ...counts };
};
