import { createHash } from 'node:crypto';
import type { MemoryStore } from '../../adapters/memory/memory-store.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { emptyOrganisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../src/domain/roster/roster.ts';
import { phaseSpanAt } from '../../src/domain/items/phase.ts';
import type { LedgerEvent, LedgerRow } from '../../src/domain/ledger/event.ts';
import { zhCN } from '../../src/messages/zh-cn.ts';
import type { RosterList } from '../../src/domain/roster/roster-list.ts';
import type { OutgoingMessage } from '../../src/ports/channel.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { DeliveryJob } from '../../src/ports/outbox.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Campaign, CommitResult, Transition } from '../../src/ports/store.ts';
import { createActorOracle } from './actor-oracle.ts';
import { createAheadOracle } from './ahead-oracle.ts';
import { createFigureOracle } from './figure-oracle.ts';
import { createHandoverOracle } from './handover-oracle.ts';
import { createItemOracle } from './item-oracle.ts';
import { createLadderOracle, skewMs } from './ladder-oracle.ts';
import { createReachOracle } from './reach-oracle.ts';
import { createReplayOracle } from './replay-oracle.ts';
import { createRequestOracle } from './request-oracle.ts';
import { createRosterOracle, type RosterChange } from './roster-oracle.ts';
import { createRolesOracle, type RolesOracle } from './roles-oracle.ts';
import { createSilenceOracle, graceMs, presenceEvents } from './silence-oracle.ts';
import { Violation } from './violation.ts';

export type PromisesParts = {
  readonly now: () => number;
  readonly settings: CampaignSettings;
  readonly store: MemoryStore;
  /** What a workbook says, by its hash. */
  readonly listOf: (sha256: string) => RosterList | undefined;
  /** Since when nothing has kept the service from working; infinite while something does. */
  readonly healthySince: () => number;
  /** Until when channels have kept those waiting who send. */
  readonly channelWellSince: () => number;
};

/** What is missing is missing for a while: it needn't be looked for more often. */
const lookEveryMs = 1_000;
const dayMs = 86_400_000;
/** What was looked at so long ago may have been in the hands of the channel when the answer came. */
const handOverMs = 2_500;

const clockKinds = new Set(['check', 'postEmpty', 'restore']);
const confirmations = new Set([zhCN.messages['reply.confirmed'].title, zhCN.messages['reply.confirmedLate'].title]);
const acknowledgements = new Set(['收到', '在岗', '到', '在']);

type Told = { readonly notices: readonly Notice[]; readonly command: RosterChange['command'] };

const noticeKey = (notice: Notice): string => JSON.stringify(notice);

/** Every promise of the product, checked after every step, from the ledger and from what people are told. */
export const createPromises = (parts: PromisesParts) => {
  const { now, settings, store } = parts;
  const blame = (promise: string, detail: string): never => {
    throw new Violation(promise, now(), detail);
  };
  const ladders = createLadderOracle(settings, blame);
  const items = createItemOracle(settings, blame, store.dueAt);
  const handovers = createHandoverOracle({ settings, blame, isActive: (personId) => roles.isActive(personId), dueAt: store.dueAt });
  const ahead = createAheadOracle({ settings, blame, isActive: (personId) => roles.isActive(personId) });
  const requests = createRequestOracle({ settings, blame, running: items.running });
  const figures = createFigureOracle({ settings, blame, roles: () => roles });
  const rosters = createRosterOracle({ settings, blame, roles: () => roles, listOf: parts.listOf });
  const reach = createReachOracle(blame);
  const replayed = createReplayOracle(blame);
  const hash = createHash('sha256');
  const askedAt = new Map<string, number>();
  const silence = createSilenceOracle({
    settings,
    blame,
    heldBy: (subject) => replayed.watchOf(subject)?.openObligationId,
    onSiteSince: (subject, at) => onSiteSince(subject, at),
  });
  const turns = new Map<string, InboundMessage>();
  const acts = new Map<string, readonly LedgerRow[]>();
  const accepted = new Map<string, number>();
  const settled = new Set<string>();
  const unsent = new Map<string, { count: number; readonly sinceAt: number }>();
  const changed = { subjects: new Set<string>(), obligations: new Set<string>() };
  let [seq, rows, lookedAt, wholeAt] = [0, 0, 0, 0];
  let currentVersion = 0;
  let current: Omit<Campaign, 'version'> = { organisation: emptyOrganisation, roster: emptyRoster };
  let roles: RolesOracle = createRolesOracle(current.organisation, current.roster, handovers.heldBy);
  const inline = new WeakMap<readonly LedgerEvent[], InboundMessage>();

  const fresh = (): readonly LedgerRow[] => {
    const found = store.rows(seq);
    seq += found.length;
    rows += found.length;
    for (const row of found) hash.update(`${JSON.stringify(row)}\n`);
    return found;
  };

  /** Clocks of an item, of a handover, of a request count from its date and are judged with it. */
  const isOfItem = ({ itemId, obligationId }: LedgerRow): boolean =>
    itemId !== undefined || handovers.knows(obligationId ?? '') || (obligationId !== undefined && items.knows(obligationId));

  const actors = createActorOracle({ settings, blame, roles: () => roles, find: ladders.find, isOfItem, isUnreached: reach.isUnreached });

  const onSiteSince = (postId: string, at: number): number | undefined => {
    const span = phaseSpanAt(replayed.phases(), current.roster.posts.find(({ id }) => id === postId)?.unitId, at);
    return span?.phase === 'onSite' ? span.fromAt : undefined;
  };

  const takeIn = (row: LedgerRow): void => {
    reach.told(row);
    if (row.event === 'RoundAsked') askedAt.set(row.data['roundId'] as string, row.at);
    const subject = row.data['subject'] as string | undefined;
    if (subject === undefined || isOfItem(row)) return;
    silence.told(row, subject);
  };

  /** A subject's clock is held by its watch or by one open obligation, never by both, never by neither. */
  const checkClock = (subject: string): void => {
    const watch = replayed.watchOf(subject);
    const open = ladders.open().filter((ladder) => ladder.subject === subject && clockKinds.has(ladder.kind));
    if (!watch && open.length > 0) blame('2 what nobody is asked for any more is withdrawn', open.map(({ id }) => id).join());
    if (!watch) return;
    if (open.length > 1) blame('1 one obligation has the clock', `${subject} has ${open.map(({ id }) => id).join()}`);
    silence.isHeld(subject, open.length > 0, now());
    if ((open[0]?.id ?? null) !== watch.openObligationId)
      blame('1 the clock goes on', `${subject} is held by ${watch.openObligationId}, open is ${open[0]?.id ?? null}`);
    if (watch.openObligationId === null && watch.nextCheckAt !== null && store.dueAt(`w${subject}`) === undefined)
      blame('1 the clock goes on', `${subject} is free and never falls due`);
  };

  const messageOf = ({ settles, events }: Transition): InboundMessage | undefined =>
    settles === undefined ? inline.get(events) : turns.get(settles);

  const checkTurn = (transition: Transition, told: readonly LedgerRow[]): void => {
    const message = messageOf(transition);
    if (!message) return;
    figures.pressed(message, told);
    acts.set(message.id, [...(acts.get(message.id) ?? []), ...told]);
    if (!roles.isActive(message.from) && transition.events.length + transition.writes.length + transition.notices.length > 0)
      blame('7 nobody unknown has an effect', `${message.from} made ${JSON.stringify(transition).slice(0, 300)}`);
    for (const row of told) {
      if (row.event !== 'AnswerRecorded' || row.data['proof'] === 'call' || isOfItem(row)) continue;
      const isLate = message.receivedAt > ladders.answerBy(row.obligationId!, row.at);
      if (row.data['isLate'] !== isLate) blame('5 late is late', `${row.obligationId} was answered at ${message.receivedAt}`);
    }
    if (!roles.isActive(message.from) || !acknowledgements.has(message.text ?? '') || transition.settles === undefined) return;
    const at = told.at(-1)?.at ?? now();
    for (const ladder of ladders.open()) {
      const isOwn = clockKinds.has(ladder.kind) && roles.owes(ladder.subject, at).includes(message.from);
      const needsCode = replayed.obligationOf(ladder.id)?.code !== undefined;
      if (isOwn && !needsCode && replayed.watchOf(ladder.subject) && ladder.openedAt < at)
        blame('4 an answer answers', `${message.from} said ${message.text} at ${at}, and ${ladder.id} is still open`);
    }
  };

  const checkDecision = (transition: Transition, told: readonly LedgerRow[]): void => {
    for (const row of told) {
      // What is accepted counts for what is answered in the same breath.
      if (handovers.isOf(row) && row.obligationId === undefined) handovers.told(row);
      actors.checkActor(row);
    }
    const byObligation = Map.groupBy(
      told.filter((row) => row.obligationId !== undefined && !figures.isOf(row)),
      (row) => row.obligationId!,
    );
    for (const row of told) {
      if (!handovers.isOf(row)) items.told(row);
      if (requests.isOf(row)) requests.told(row);
      ahead.told(row);
      rosters.told(row);
      figures.told(row);
    }
    requests.decided(told);
    for (const [id, list] of byObligation) {
      if (handovers.knows(id) || list.some(handovers.isOf)) handovers.decided(id, list);
      else if (list.some(isOfItem)) items.decided(id, list, told);
      else ladders.decided(id, list);
    }
    for (const row of told) {
      actors.checkFirstStep(row);
      takeIn(row);
    }
    replayed.committed(told, transition.writes);
    const subjects = new Set(told.flatMap((row) => (row.data['subject'] === undefined ? [] : [row.data['subject'] as string])));
    for (const one of transition.writes) items.written(one);
    for (const { id, aggregate } of transition.writes) {
      if (id.startsWith('w')) subjects.add(id.slice(1));
      if (id.startsWith('o') && aggregate === null && handovers.knows(id)) handovers.forget(id);
      else if (id.startsWith('o') && aggregate === null && !items.knows(id)) {
        const ladder = ladders.find(id);
        if (ladder?.endedAt === undefined) blame('2 nothing open is forgotten', id);
        ladders.forget(id);
      }
    }
    for (const subject of subjects) changed.subjects.add(subject);
    for (const id of byObligation.keys()) changed.obligations.add(id);
    checkTurn(transition, told);
    for (const notice of transition.notices) {
      const key = noticeKey(notice);
      unsent.set(key, { count: (unsent.get(key)?.count ?? 0) + 1, sinceAt: unsent.get(key)?.sinceAt ?? now() });
    }
  };

  /** A call may carry several decisions: when each falls due can only be seen after the last. */
  const checkDueTimes = (): void => {
    for (const subject of changed.subjects) checkClock(subject);
    for (const id of changed.obligations) {
      const ladder = ladders.find(id);
      if (ladder && ladder.endedAt === undefined && store.dueAt(id) === undefined) blame('2 an open obligation falls due', id);
    }
    items.look();
    handovers.checkDue();
    requests.checkClocks();
    changed.subjects.clear();
    changed.obligations.clear();
  };

  const takeCampaign = (version: number, campaign: Omit<Campaign, 'version'>): void => {
    current = campaign;
    const { organisation, roster } = campaign;
    currentVersion = version;
    roles = createRolesOracle(organisation, roster, handovers.heldBy);
    handovers.campaignIs(roster, now());
    ahead.campaignIs(roster, now());
    requests.campaignIs(roster);
  };

  const committed = (transitions: readonly Transition[], results: readonly CommitResult[], campaignVersion: number): void => {
    const told = fresh();
    let at = 0;
    for (const [index, transition] of transitions.entries()) {
      if (results[index] === 'settled' && transition.settles !== undefined) settled.add(transition.settles);
      if (results[index] !== 'committed') continue;
      const basedOn = transition.basedOn ?? campaignVersion;
      if (basedOn !== currentVersion)
        blame('3 a decision stands on what is true', `decided on campaign ${basedOn}, but it is ${currentVersion}`);
      if (transition.settles !== undefined) {
        if (settled.has(transition.settles)) blame('3 a message is taken once', transition.settles);
        settled.add(transition.settles);
        const message = turns.get(transition.settles);
        if (message) accepted.delete(message.id);
      }
      const rows = told.slice(at, at + transition.events.length);
      checkDecision(transition, rows);
      at += transition.events.length;
      if (transition.campaign) {
        const pressed = messageOf(transition)?.value as RosterChange['pressed'];
        rosters.changed({ rows, notices: transition.notices, before: current, after: transition.campaign, pressed });
        replayed.rosterIs(transition.campaign.roster);
        takeCampaign(basedOn + 1, transition.campaign);
      }
    }
    if (at !== told.length) blame('5 the ledger explains the state', `${told.length} rows for ${at} events`);
    checkDueTimes();
  };

  const appended = (): void => {
    checkDecision({ writes: [], events: [], notices: [] }, fresh());
    checkDueTimes();
  };

  /** An import, or a draft that was published on the command line. */
  const replaced = (version: number, campaign: Omit<Campaign, 'version'>, { notices, command }: Told): void => {
    const rows = fresh();
    checkDecision({ writes: [], events: [], notices }, rows);
    if (command) rosters.changed({ rows, notices, before: current, after: campaign, pressed: undefined, command });
    replayed.rosterIs(campaign.roster);
    takeCampaign(version, campaign);
    checkDueTimes();
  };

  /** Promises 3 and 4 for what goes out. */
  const leaves = (message: OutgoingMessage, channel: string, lookedAt: number): void => {
    reach.leaves(message, channel, lookedAt);
    // whoever answered late is told how to appeal: that is about what has ended, and asks nothing
    const asking = (message.card?.buttons ?? []).filter(({ value }) => value.action !== 'appeal');
    const about = new Set([message.asking?.obligationId, ...asking.map(({ value }) => value.obligationId)]);
    if (!message.isUpdate)
      for (const id of about) {
        const endedAt = id === undefined ? undefined : (ladders.find(id)?.endedAt ?? items.endedAt(id) ?? handovers.endedAt(id));
        if (endedAt === undefined) continue;
        if (endedAt < lookedAt - skewMs || endedAt < now() - handOverMs)
          blame(
            '3 nothing goes out after the answer',
            `${message.to} is told of ${id}, which ended ${now() - endedAt} ms ago; its job looked ${now() - lookedAt} ms ago`,
          );
      }
    if (message.reference !== undefined && confirmations.has(message.card?.title ?? '')) confirmed(message.reference as string, message.to);
  };

  const confirmed = (messageId: string, to: string): void => {
    const isKept = (acts.get(messageId) ?? []).some((row) => presenceEvents.has(row.event) && row.actor === to);
    if (!isKept && silence.isWatched(to)) blame('4 what was confirmed is on disk', `${to} was told of ${messageId}`);
  };

  const jobRuns = (job: DeliveryJob): void => {
    for (const notice of job.notices) {
      const key = noticeKey(notice);
      const found = unsent.get(key);
      if (found && found.count > 1) found.count -= 1;
      else unsent.delete(key);
    }
  };

  /** What can only be seen to be missing: silence, steps, reminders, messages. */
  const look = (): void => {
    const at = now();
    if (at >= wholeAt) lookAtAll();
    if (at < lookedAt + lookEveryMs || at < parts.healthySince() + graceMs) return;
    lookedAt = at;
    handovers.look(at, graceMs);
    ahead.look(at, parts.healthySince());
    requests.look(at, parts.healthySince());
    rosters.look(at, parts.healthySince(), graceMs);
    for (const ladder of ladders.open()) {
      const expectedAt = ladders.expectedAt(ladder);
      if (expectedAt < at - graceMs) blame('2 a step comes at its time', `${ladder.id} waits for its step since ${at - expectedAt} ms`);
    }
    for (const [messageId, since] of accepted)
      if (since < at - graceMs) blame('4 no answer is lost', `${messageId} lies in the inbox since ${at - since} ms`);
    for (const [key, { sinceAt }] of unsent)
      if (at > parts.channelWellSince() + graceMs && sinceAt < at - graceMs - settings.bundleWindowMs)
        blame('3 what was decided is sent', `${key} waits since ${at - sinceAt} ms`);
    for (const round of replayed.rounds()) {
      const sinceAt = askedAt.get(round.id) ?? round.openedAt;
      const isLate = round.phase === 'opening' ? sinceAt < at - graceMs : round.phase === 'waiting' && sinceAt < at - 600_000 - graceMs;
      if (isLate) blame('2 a round ends', `${round.id} is ${round.phase}`);
    }
    silence.look(at);
  };

  /** Once a day everything is looked at, also what has not changed. */
  const lookAtAll = (): void => {
    wholeAt = now() + dayMs;
    ahead.lookAgain();
    replayed.holdsAll(store.all());
    if (ladders.openOfAll().length !== ladders.open().length) blame('2 every obligation ends', 'more are open than were looked at');
  };

  return {
    committed,
    settingsAre: (next: CampaignSettings): void => {
      ladders.policiesAre(now());
      silence.rulesAre(now());
      Object.assign(settings, next);
    },
    appended,
    replaced,
    leaves,
    confirmed,
    jobRuns,
    look,
    accepted: (message: InboundMessage): void => void accepted.set(message.id, now()),
    turnBegins: (entryId: string | undefined, message: InboundMessage): void => {
      if (entryId !== undefined) turns.set(entryId, message);
    },
    /** What this message led to; a turn without an entry in the inbox is known by it. */
    turnDecides: (message: InboundMessage, transition: Transition): void => {
      if (transition.events.length > 0) inline.set(transition.events, message);
    },
    isSettled: (entryId: string): boolean => settled.has(entryId),
    campaignIs: (version: number, campaign: Omit<Campaign, 'version'>): void => {
      currentVersion = version;
      appended();
      replayed.campaignIs(campaign);
      rosters.moved({ before: current, after: campaign }, now());
      takeCampaign(version, campaign);
    },
    /** Of the ledger's last row. */
    lastSeq: () => seq,
    openItems: items.open,
    openIds: (): readonly string[] => [...ladders.open().map(({ id }) => id), ...items.openIds()],
    /** At the end, when everybody has done their part for hours. */
    everythingEnded: (boundMs: number): void => {
      lookAtAll();
      for (const id of handovers.forgotten(now(), boundMs)) blame('2 every obligation ends', `${id} waits to be accepted`);
      for (const ladder of ladders.open())
        if (ladder.openedAt < now() - boundMs)
          blame('2 every obligation ends', `${ladder.id} (${ladder.kind}) is open since ${now() - ladder.openedAt} ms`);
    },
    result: () => ({ rows, sha256: hash.digest('hex') }),
  };
};
