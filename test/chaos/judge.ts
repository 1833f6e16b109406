import type { Policy } from '../../src/domain/escalation/policy.ts';

/** A row of the ledger, from the stream or from the API. */
type JudgedRow = {
  readonly seq: number;
  readonly event: string;
  readonly obligationId?: string | undefined;
  readonly actor?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
};

const opens = new Set(['CheckOpened', 'ObligationOpened']);
const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);
const steps = new Set(['StepFired', 'StepSkipped']);
/** Receipts are at-least-once by nature, and one may come in after the end. */
const receipts = new Set(['NoticeSent', 'NoticeDelivered', 'NoticeFailed']);

const isEnd = (row: JudgedRow): boolean => ends.has(row.event);
export const isStep = (row: JudgedRow): boolean => steps.has(row.event);
const isOpening = (row: JudgedRow): boolean => opens.has(row.event);

/** Rows of each obligation, in order. */
const byObligation = (rows: readonly JudgedRow[]): ReadonlyMap<string, readonly JudgedRow[]> =>
  Map.groupBy(
    rows.filter((row) => row.obligationId !== undefined),
    (row) => row.obligationId!,
  );

const faultsOfSteps = (id: string, rows: readonly JudgedRow[], policy: Policy): readonly string[] => {
  const throughMs = Number(rows[0]!.data['throughMs']);
  const ladder = policy.steps.filter((step) => step.afterMs > throughMs).map((step) => step.afterMs);
  const fired = rows.filter(isStep);
  const faults: string[] = [];
  const numbers = fired.map((row) => row.data['stepNo']);
  if (numbers.some((number, index) => number !== index)) faults.push(`${id}: steps are numbered ${numbers.join(' ')}`);
  // That it was opened is said before its first step.
  const climbed = fired.map((row) => Number(row.data['afterMs'])).filter((afterMs) => afterMs > throughMs);
  if (climbed.some((afterMs, index) => afterMs !== ladder[index]))
    faults.push(`${id}: climbed ${climbed.join(' ')} of ${ladder.join(' ')}`);
  return faults;
};

const faultsOfOne = (id: string, rows: readonly JudgedRow[], policyOf: (name: string) => Policy): readonly string[] => {
  if (!isOpening(rows[0]!)) return [`${id}: begins with ${rows[0]!.event}`];
  const faults: string[] = [];
  for (const [what, count] of [
    ['opened', rows.filter(isOpening).length],
    ['ended', rows.filter(isEnd).length],
    ['missed', rows.filter((row) => row.event === 'ObligationMissed').length],
  ] as const)
    if (count > 1) faults.push(`${id}: ${what} ${count} times`);
  const end = rows.findIndex(isEnd);
  const after = end < 0 ? [] : rows.slice(end + 1).filter((row) => !receipts.has(row.event) && !isEnd(row));
  if (after.length > 0) faults.push(`${id}: after its end ${after.map((row) => row.event).join(' ')}`);
  return [...faults, ...faultsOfSteps(id, rows, policyOf(String(rows[0]!.data['policy'])))];
};

/**
 * What the product promises of a whole ledger, however often it was killed: rows without gaps, each obligation
 * opened once, its ladder climbed rung by rung without a rung left out or taken twice, ended once, and silent
 * afterwards. Nobody passed anything on or moved a policy.
 */
export const faultsOfLedger = (rows: readonly JudgedRow[], policyOf: (name: string) => Policy): readonly string[] => [
  ...rows.flatMap((row, index) => (row.seq === index + 1 ? [] : [`row ${index + 1} has the number ${row.seq}`])).slice(0, 5),
  ...[...byObligation(rows)].flatMap(([id, own]) => faultsOfOne(id, own, policyOf)),
];

export const policyNamed =
  (policies: readonly Policy[]) =>
  (name: string): Policy => {
    const found = policies.find((policy) => policy.name === name);
    if (!found) throw new Error(`no policy ${name}`);
    return found;
  };

type ItemRow = JudgedRow & { readonly itemId?: string | undefined };

const once = (id: string, rows: readonly ItemRow[], events: readonly string[]): readonly string[] =>
  events.flatMap((event) => {
    const count = rows.filter((row) => row.event === event && row.obligationId === undefined).length;
    return count === 1 ? [] : [`${id}: ${event} ${count} times`];
  });

/** What was agreed counts once, after both have said yes; what was asked for was agreed. `asked`: how many. */
export const faultsOfRequests = (rows: readonly ItemRow[], asked: number): readonly string[] => {
  const byRequest = Map.groupBy(
    rows.filter(({ itemId }) => itemId?.startsWith('q')),
    ({ itemId }) => itemId!,
  );
  const added = rows.flatMap((row) => (row.event === 'RosterOverridden' ? (row.data['added'] as readonly { readonly id: string }[]) : []));
  return [
    ...(byRequest.size === asked ? [] : [`${byRequest.size} of ${asked} requests were asked`]),
    ...[...byRequest].flatMap(([id, own]) => {
      const at = (event: string): number => own.findIndex((row) => row.event === event);
      const isInOrder = at('SubstituteAccepted') < at('RequestTookEffect') && at('RequestApproved') < at('RequestTookEffect');
      const told = (own[at('RequestTookEffect')]?.data['overrides'] ?? []) as readonly string[];
      const laid = added.filter((one) => one.id.startsWith(`v${id}.`)).map((one) => one.id);
      return [
        ...once(id, own, ['RequestAsked', 'SubstituteAccepted', 'RequestApproved', 'RequestTookEffect']),
        ...(isInOrder ? [] : [`${id} took effect before both had said yes`]),
        ...(laid.join() === told.join() ? [] : [`${id} put ${laid.join()} on top of the plan, and says ${told.join()}`]),
      ];
    }),
  ];
};

/** Each handover that was opened was accepted once, or overtaken by another. */
export const faultsOfHandovers = (rows: readonly ItemRow[]): readonly string[] =>
  [
    ...Map.groupBy(
      rows.filter(({ itemId, obligationId }) => itemId?.startsWith('h') && obligationId === undefined),
      ({ itemId }) => itemId!,
    ),
  ].flatMap(([id, own]) =>
    own.some(({ event }) => event === 'HandoverLapsed') ? [] : once(id, own, ['HandoverOpened', 'HandoverAccepted']),
  );

/** Whoever still owes an answer must have been asked for it. */
export const withoutNotice = (rows: readonly JudgedRow[]): readonly string[] =>
  [...byObligation(rows)].flatMap(([id, own]) => {
    const first = own.find((row) => row.event === 'StepFired');
    if (!first || own.some(isEnd)) return [];
    const sent = own
      .filter((row) => row.event === 'NoticeSent' && row.data['stepNo'] === first.data['stepNo'])
      .map((row) => row.data['to']);
    const missing = (first.data['notified'] as readonly string[]).filter((to) => !sent.includes(to));
    return missing.map((to) => `${id}: ${to} was never told of step ${Number(first.data['stepNo'])}`);
  });

const provesPresence = (row: JudgedRow): boolean =>
  row.event === 'AnswerRecorded' ||
  row.event === 'ObligationTakenOver' ||
  (row.event === 'ContactProven' && row.data['proves'] === 'presence');

/** A message that was taken has its effect once: an answer, a take-over, or presence proven where nothing was open. */
export const withoutEffect = (
  rows: readonly JudgedRow[],
  accepted: readonly { readonly by: string; readonly provesPresence: boolean }[],
): readonly string[] => {
  const had = Map.groupBy(rows.filter(provesPresence), (row) => row.actor ?? '');
  const wanted = Map.groupBy(
    accepted.filter((one) => one.provesPresence),
    (one) => one.by,
  );
  return [...new Set([...had.keys(), ...wanted.keys()])].flatMap((by) => {
    const [effects, messages] = [had.get(by)?.length ?? 0, wanted.get(by)?.length ?? 0];
    return effects === messages ? [] : [`${by}: ${messages} messages taken, ${effects} effects`];
  });
};
