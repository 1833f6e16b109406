import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { isItemEnded, type Item, type ItemStatus } from '../../src/domain/items/item.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Write } from '../../src/ports/store.ts';
import { skewMs } from './ladder-oracle.ts';
import type { Blame } from './violation.ts';

/** What must be true of every item, told from the ledger and from what is written: a second reading of the rules. */

type Clock = {
  readonly itemId: string;
  readonly kind: string;
  readonly baseAt: number;
  readonly throughMs: number;
  /** How much earlier what comes ahead of the deadline may come, to come together with others. */
  readonly gatherMs: number;
  readonly steps: Set<string>;
  endedAt: number | undefined;
};

type HandIn = {
  readonly files: readonly string[];
  drafter?: string;
  checker?: string;
  signer?: string;
  seal?: string;
  isAccepted?: boolean;
};

const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);
const steps = new Set(['StepFired', 'StepSkipped']);
/** Receipts of what a channel already had. */
const late = new Set(['NoticeSent']);

/** The clock that must run while an item stands so; everything else is being worked on. */
const clockOf: { readonly [status in ItemStatus]?: string } = {
  submitted: 'review',
  accepted: 'closing',
  closed: 'followUp',
  interim: 'interim',
};

const hashesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as readonly { sha256: string }[]).map(({ sha256 }) => sha256) : [];

export const createItemOracle = (settings: CampaignSettings, blame: Blame, dueAt: (id: string) => number | undefined) => {
  const clocks = new Map<string, Clock>();
  /** Of each item those that run, by their ids. */
  const running = new Map<string, Map<string, Clock>>();
  const runningIds = new Set<string>();
  const handIns = new Map<string, HandIn[]>();
  const items = new Map<string, Item>();
  const touched = new Set<string>();

  const openOf = (itemId: string): readonly (readonly [string, Clock])[] => [...(running.get(itemId) ?? [])];

  const step = (id: string, clock: Clock, row: LedgerRow, before: LedgerRow | undefined): void => {
    const afterMs = row.data['afterMs'] as number;
    const key = `${afterMs} ${(row.data['roles'] as readonly string[]).join()} ${row.data['via'] as string}`;
    if (clock.steps.has(key)) blame('3 a step is decided once', `${id} decided ${key} again`);
    // whoever it concerns hears that it was opened, as soon as somebody is at work
    const isOpening = afterMs <= clock.throughMs;
    // a rung with nobody falls through at once
    const isFalling = before?.event === 'StepSkipped' || before?.data['afterMs'] === afterMs;
    const earlierMs = skewMs + (afterMs < 0 ? clock.gatherMs : 0);
    if (!isOpening && !isFalling && row.at < clock.baseAt + afterMs - earlierMs)
      blame('3 a step comes at its time', `${id} ${key} came early`);
    clock.steps.add(key);
  };

  /** All rows of one obligation of an item in one decision; `all`: the whole decision. */
  const decided = (id: string, rows: readonly LedgerRow[], all: readonly LedgerRow[]): void => {
    let moved: LedgerRow | undefined;
    for (const row of rows) {
      if (row.event === 'ObligationOpened') {
        if (clocks.get(id)?.endedAt === undefined && clocks.has(id)) blame('3 an obligation is opened once', id);
        const { kind, baseAt, throughMs, policy } = row.data as { kind: string; baseAt: number; throughMs: number; policy: string };
        const gatherMs = settings.policies[policy]?.gatherMs ?? 0;
        const opened = { itemId: row.itemId!, kind, baseAt, throughMs, gatherMs, steps: new Set<string>(), endedAt: undefined };
        clocks.set(id, opened);
        runningIds.add(id);
        running.set(opened.itemId, (running.get(opened.itemId) ?? new Map<string, Clock>()).set(id, opened));
        touched.add(row.itemId!);
      }
      const clock = clocks.get(id);
      if (!clock) {
        if (!late.has(row.event)) blame('5 the ledger explains the state', `${row.event} of ${id}, which was never opened`);
        continue;
      }
      if (clock.endedAt !== undefined && !late.has(row.event)) blame('3 nothing is decided after the end', `${row.event} of ${id}`);
      if (steps.has(row.event)) step(id, clock, row, moved);
      if (steps.has(row.event)) moved = row;
      if (!ends.has(row.event)) continue;
      clock.endedAt = row.at;
      running.get(clock.itemId)?.delete(id);
      runningIds.delete(id);
      touched.add(clock.itemId);
      // what is said of an appeal names the check that it is about
      const isByItem = all.some(({ itemId, obligationId }) => itemId === clock.itemId && obligationId !== id);
      // A sign of life ends the test of it.
      if (row.event === 'AnswerRecorded' && !isByItem && !clock.itemId.startsWith('s'))
        blame('9 only its own acts answer an item', `${id} was answered by ${row.actor}`);
    }
  };

  const handInOf = (row: LedgerRow): HandIn => {
    const all = handIns.get(row.itemId!) ?? [];
    return (
      all[(row.data['no'] as number) - 1] ??
      blame('9 no version is lost', `${row.event} of ${row.itemId} names ${row.data['no'] as number}`)
    );
  };

  const isOwn = (row: LedgerRow, { drafter, signer }: HandIn): boolean => row.actor === drafter || row.actor === signer;

  /** Nothing is closed that was not accepted, and nothing unsigned where its kind wants a signature. */
  const checkClosing = (row: LedgerRow): void => {
    const handIn = (handIns.get(row.itemId!) ?? []).at(-1);
    const { needsSignOff = true } = settings.kinds[items.get(row.itemId!)?.kind ?? ''] ?? {};
    if (!handIn?.isAccepted) return void blame('9 nothing is closed unsigned', `${row.itemId} was closed, and never accepted`);
    if (isOwn(row, handIn)) blame('9 nobody judges their own work', `${row.actor} closed ${row.itemId}`);
    if (!needsSignOff) return;
    const { drafter, checker, signer, seal } = handIn;
    if (!checker || !signer || !seal || new Set([drafter, checker, signer]).size < 3)
      blame('9 nothing is closed unsigned', `${row.itemId}: ${JSON.stringify(handIn)}`);
  };

  const told = (row: LedgerRow): void => {
    if (row.itemId?.startsWith('i') !== true || row.obligationId !== undefined) return;
    touched.add(row.itemId);
    const { data, actor = '' } = row;
    switch (row.event) {
      case 'HandInDrafted':
        handIns.set(row.itemId, [...(handIns.get(row.itemId) ?? []), { files: hashesIn(data['files']), drafter: actor }]);
        break;
      case 'DataChecked':
        Object.assign(handInOf(row), { checker: actor });
        break;
      case 'HandInSigned':
        Object.assign(handInOf(row), { signer: data['signedBy'], seal: (data['sealScan'] as { sha256: string }).sha256 });
        break;
      case 'ItemAccepted':
        if (isOwn(row, handInOf(row))) blame('9 nobody judges their own work', `${actor} accepted ${row.itemId}`);
        Object.assign(handInOf(row), { isAccepted: true });
        break;
      case 'ItemClosed':
        checkClosing(row);
        break;
      default:
    }
  };

  const checkVersions = (item: Item): void => {
    const ledger = handIns.get(item.id) ?? [];
    const kept = item.versions.map(({ files }) => files.map(({ sha256 }) => sha256).join());
    const wanted = ledger.map(({ files }) => files.join());
    if (kept.join('|') !== wanted.join('|')) blame('9 no version is lost', `${item.id} keeps ${kept.length} of ${wanted.length}`);
  };

  /** While it is open, the clock of how it stands runs and falls due; after its end none does. */
  const checkClocks = (item: Item): void => {
    const open = openOf(item.id);
    if (isItemEnded(item)) {
      if (open.length > 0) blame('9 an item that is over owes nothing', `${item.id} still has ${open.map(([id]) => id).join()}`);
      return;
    }
    const wanted = clockOf[item.status] ?? 'deadline';
    if (!open.some(([, { kind }]) => kind === wanted))
      blame('9 an open item has a running clock', `${item.id} is ${item.status} and has ${open.map(([id]) => id).join() || 'none'}`);
    for (const [id] of open) if (dueAt(id) === undefined) blame('9 an open item has a running clock', `${id} never falls due`);
  };

  return {
    decided,
    told,
    written: ({ id, aggregate }: Write): void => {
      if (aggregate?.type === 'item') items.set(id, aggregate.state);
      if (id.startsWith('o') && aggregate === null && clocks.has(id) && clocks.get(id)!.endedAt === undefined)
        blame('2 nothing open is forgotten', id);
    },
    /** When a call with several decisions is over. */
    look: (): void => {
      for (const id of touched) {
        const item = items.get(id);
        if (!item) continue;
        checkVersions(item);
        checkClocks(item);
      }
      touched.clear();
    },
    running: (itemId: string): readonly string[] => openOf(itemId).map(([id]) => id),
    knows: (obligationId: string): boolean => clocks.has(obligationId),
    endedAt: (obligationId: string): number | undefined => clocks.get(obligationId)?.endedAt,
    openIds: (): readonly string[] => [...runningIds],
    open: (): readonly Item[] => [...items.values()].filter((item) => !isItemEnded(item)),
  };
};
