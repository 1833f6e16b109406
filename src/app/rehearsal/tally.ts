import type { LedgerEvent } from '../../domain/ledger/event.ts';

/** What became of the obligations of one kind. */
export type KindTally = {
  opened: number;
  inTime: number;
  late: number;
  takenOver: number;
  withdrawn: number;
  /** The office was told; whoever answers afterwards is counted above as well. */
  missed: number;
  steps: number;
};

export type SubjectTally = { questions: number; late: number; missed: number; steps: number };

/** What became of the items of one kind; each counts once as handed in, by its first hand-in. */
export type ItemTally = { handedOver: number; inTime: number; late: number; closed: number };

/** A ladder that named nobody at a step, and how often. */
export type Skipped = { readonly subject: string; readonly policy: string; readonly roles: string; count: number };

/** An obligation that was still open when the rehearsal ended, and had been for an hour. */
export type LeftOpen = { readonly subject: string; readonly kind: string; readonly since: number; readonly isMissed: boolean };

type Open = {
  readonly kind: string;
  readonly subject: string;
  readonly policy: string;
  readonly at: number;
  answerBy: number;
  isMissed: boolean;
};

const noTally = (): KindTally => ({ opened: 0, inTime: 0, late: 0, takenOver: 0, withdrawn: 0, missed: 0, steps: 0 });
const noSubject = (): SubjectTally => ({ questions: 0, late: 0, missed: 0, steps: 0 });
const noItems = (): ItemTally => ({ handedOver: 0, inTime: 0, late: 0, closed: 0 });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const getOr = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  map.set(key, fresh);
  return fresh;
};

const hour = 3_600_000;

/** Reads the ledger as it is written, and keeps sums alone: the rows of a month with many posts are millions. */
export const createTally = () => {
  const kinds = new Map<string, KindTally>();
  const subjects = new Map<string, SubjectTally>();
  const skipped = new Map<string, Skipped>();
  const open = new Map<string, Open>();
  const items = new Map<string, ItemTally>();
  const itemKinds = new Map<string, string>();
  /** Not handed in so far. */
  const owed = new Set<string>();
  let rows = 0;

  const hearItem = ({ event, itemId, data }: LedgerEvent): void => {
    if (itemId === undefined) return;
    if (event === 'ItemHandedOver') {
      itemKinds.set(itemId, text(data['kind']));
      owed.add(itemId);
    }
    const kind = itemKinds.get(itemId);
    if (kind === undefined) return;
    const tally = getOr(items, kind, noItems);
    if (event === 'ItemHandedOver') tally.handedOver += 1;
    else if (event === 'ItemClosed') tally.closed += 1;
    else if (event === 'ItemSubmitted' && owed.delete(itemId)) {
      if (data['isLate'] === true) tally.late += 1;
      else tally.inTime += 1;
    }
  };

  const begin = (id: string, { at, data }: LedgerEvent): void => {
    const known: Open = {
      kind: text(data['kind']),
      subject: text(data['subject']),
      policy: text(data['policy']),
      at,
      answerBy: Number(data['answerBy']),
      isMissed: false,
    };
    open.set(id, known);
    getOr(kinds, known.kind, noTally).opened += 1;
    if (known.kind === 'check') getOr(subjects, known.subject, noSubject).questions += 1;
  };

  const step = (o: Open, { event, data }: LedgerEvent): void => {
    if (data['answerBy'] !== undefined) o.answerBy = Number(data['answerBy']);
    if (event === 'StepFired') {
      getOr(kinds, o.kind, noTally).steps += 1;
      getOr(subjects, o.subject, noSubject).steps += 1;
      return;
    }
    const roles = ((data['roles'] ?? []) as readonly string[]).join(' ');
    const key = `${o.subject} ${o.policy} ${roles}`;
    getOr(skipped, key, () => ({ subject: o.subject, policy: o.policy, roles, count: 0 })).count += 1;
  };

  const end = (id: string, o: Open, { at, event }: LedgerEvent): void => {
    open.delete(id);
    const kind = getOr(kinds, o.kind, noTally);
    if (event === 'ObligationTakenOver') kind.takenOver += 1;
    else if (event === 'ObligationWithdrawn') kind.withdrawn += 1;
    else if (at <= o.answerBy) kind.inTime += 1;
    else {
      kind.late += 1;
      if (o.kind === 'check') getOr(subjects, o.subject, noSubject).late += 1;
    }
  };

  const hear = (event: LedgerEvent): void => {
    rows += 1;
    const id = event.obligationId;
    if (id === undefined) return hearItem(event);
    if (event.event === 'CheckOpened' || event.event === 'ObligationOpened') return begin(id, event);
    const o = open.get(id);
    if (!o) return;
    switch (event.event) {
      case 'StepFired':
      case 'StepSkipped':
        return step(o, event);
      case 'ObligationMissed':
        o.isMissed = true;
        getOr(kinds, o.kind, noTally).missed += 1;
        if (o.kind === 'check') getOr(subjects, o.subject, noSubject).missed += 1;
        return;
      case 'AnswerRecorded':
      case 'ObligationTakenOver':
      case 'ObligationWithdrawn':
        return end(id, o, event);
      default:
    }
  };

  return {
    hear,
    rows: (): number => rows,
    kinds: (): ReadonlyMap<string, Readonly<KindTally>> => kinds,
    subjects: (): ReadonlyMap<string, Readonly<SubjectTally>> => subjects,
    items: (): ReadonlyMap<string, Readonly<ItemTally>> => items,
    skipped: (): readonly Skipped[] => [...skipped.values()],
    leftOpen: (now: number): readonly LeftOpen[] =>
      [...open.values()]
        .filter(({ at }) => now - at > hour)
        .map(({ kind, subject, at, isMissed }) => ({ kind, subject, since: at, isMissed })),
  };
};

export type Tally = ReturnType<typeof createTally>;
