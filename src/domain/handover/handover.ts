import type { ObligationKind } from '../escalation/obligation.ts';
import type { Json, LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { DutyRole, Holder, PostId } from '../roster/roster.ts';

/** Said by somebody who leaves, for whoever comes. The text can be removed from the ledger without breaking a seal. */
export type HandoverNote = { readonly at: number; readonly by: PersonId; readonly text: string };

/** Somebody who came and said so. */
export type Acceptance = { readonly at: number; readonly by: PersonId };

/** What is open about the post, its unit or its people when it is handed over. */
export type OpenMatter = { readonly kind: ObligationKind; readonly subject: string; readonly at: number };

/** What the unit owes by the end of the next shift. */
export type DueMatter = { readonly itemId: string; readonly kind: ObligationKind; readonly dueAt: number };

/**
 * One change of shift at one post (交接班). Two-sided: whoever stands the post stays until somebody who comes has
 * accepted. Instants are epoch ms.
 */
export type Handover = {
  /** `h`, the post, and when it was opened. */
  readonly id: string;
  readonly postId: PostId;
  /** The boundary: accepted ahead of it, it takes effect here. */
  readonly at: number;
  readonly openedAt: number;
  /** Whoever really stood the post, everybody with their role. */
  readonly outgoing: readonly Holder[];
  readonly incoming: readonly Holder[];
  /** When the shift that begins ends. */
  readonly endsAt: number;
  readonly open: readonly OpenMatter[];
  readonly due: readonly DueMatter[];
  readonly notes: readonly HandoverNote[];
  /** Those who asked the others to stay a while. */
  readonly delays: readonly { readonly at: number; readonly by: PersonId }[];
  /** How many of those who come must accept before the others may leave; one unless said otherwise. */
  readonly needed?: number;
  /** Everybody who has accepted, also after it counted; the one who made it count is in `acceptedBy` too. */
  readonly acceptances?: readonly Acceptance[];
  readonly acceptedAt?: number;
  readonly acceptedBy?: PersonId;
  /** It came to nothing: the roster was changed, or the next shift began first. */
  readonly lapsedAt?: number;
  readonly lapseReason?: LapseReason;
};

/** Why a handover came to nothing. Each has words in the catalogues. */
export type LapseReason = 'rosterChanged' | 'overtaken' | 'noShift' | 'notInForce';

/** Everybody who has accepted so far, in their order. */
export const acceptancesOf = ({ acceptances, acceptedAt, acceptedBy }: Handover): readonly Acceptance[] =>
  acceptances ?? (acceptedAt === undefined ? [] : [{ at: acceptedAt, by: acceptedBy! }]);

export const hasAccepted = (handover: Handover, personId: PersonId): boolean => acceptancesOf(handover).some(({ by }) => by === personId);

export const isOver = ({ acceptedAt, lapsedAt }: Pick<Handover, 'acceptedAt' | 'lapsedAt'>): boolean =>
  acceptedAt !== undefined || lapsedAt !== undefined;

/** `before`: the one that the post had last. What takes its place within the same millisecond is another all the same. */
export const handoverIdOf = (postId: PostId, openedAt: number, before?: string): string => {
  const id = `h${postId}.${openedAt.toString(36)}`;
  return before?.split('~')[0] === id ? `${before}~` : id;
};

/** The post that an id speaks of. */
export const postOfHandover = (id: string): PostId => id.slice(1, id.lastIndexOf('.'));

/** So long after the shift that it began has ended it is kept beside the ledger, for the log and whoever asks. */
const keepHandoverMs = 92 * 86_400_000;

/** When the store may forget it: the ledger tells it for good. */
export const forgottenAt = ({ endsAt }: Pick<Handover, 'endsAt'>): number => endsAt + keepHandoverMs;

/** When an accepted one takes effect. */
export const effectiveAt = ({ at, acceptedAt }: Handover): number => Math.max(at, acceptedAt ?? at);

export const packHolders = (holders: readonly Holder[]): Json => holders.map(({ role, personId }) => [role, personId]);

const unpackHolders = (value: unknown): readonly Holder[] =>
  (value as readonly (readonly [DutyRole, PersonId])[]).map(([role, personId]) => ({ role, personId }));

/** Notes that an event hands on: when and by whom is sealed, the words lie beside it and may be gone. */
export const packNotes = (notes: readonly HandoverNote[]): Pick<LedgerEvent, 'personal'> & { readonly noted?: Json } =>
  notes.length === 0 ? {} : { noted: notes.map(({ at, by }) => [at, by]), personal: { notes: notes.map((note) => ({ ...note })) } };

export const notesIn = ({ data, personal }: LedgerEvent): readonly HandoverNote[] => {
  const whole = (personal?.['notes'] ?? []) as unknown as readonly HandoverNote[];
  const noted = data['noted'] as readonly (readonly [number, PersonId])[] | undefined;
  return noted?.map(([at, by], index) => ({ at, by, text: whole[index]?.text ?? '' })) ?? whole;
};

const opened = (event: LedgerEvent): Handover => {
  const { subject, at, endsAt, outgoing, incoming, open, due, needed } = event.data;
  return {
    id: event.itemId!,
    postId: subject as PostId,
    at: at as number,
    openedAt: event.at,
    outgoing: unpackHolders(outgoing),
    incoming: unpackHolders(incoming),
    endsAt: endsAt as number,
    open: (open as unknown as readonly [ObligationKind, string, number][]).map(([kind, about, since]) => ({
      kind,
      subject: about,
      at: since,
    })),
    due: (due as unknown as readonly [string, ObligationKind, number][]).map(([itemId, kind, dueAt]) => ({ itemId, kind, dueAt })),
    notes: notesIn(event),
    delays: [],
    ...(needed === undefined ? {} : { needed: needed as number }),
  };
};

/** What an event makes of a handover; pure, and the same for replay. `undefined` where there is none. */
export const evolveHandover = (handover: Handover | undefined, event: LedgerEvent): Handover | undefined => {
  const { at, actor, data } = event;
  if (event.event === 'HandoverOpened') return handover ?? opened(event);
  if (!handover) return undefined;
  switch (event.event) {
    case 'HandoverNoted':
      return { ...handover, notes: [...handover.notes, { at, by: actor!, text: (event.personal?.['text'] as string | undefined) ?? '' }] };
    case 'HandoverDelayed':
      return { ...handover, delays: [...handover.delays, { at, by: actor! }] };
    case 'HandoverJoined':
      return { ...handover, acceptances: [...acceptancesOf(handover), { at, by: actor! }] };
    case 'HandoverAccepted': {
      const acceptances = [...acceptancesOf(handover), { at, by: actor! }];
      // One alone is told by the two members below.
      return { ...handover, ...(acceptances.length > 1 ? { acceptances } : {}), acceptedAt: at, acceptedBy: actor! };
    }
    case 'HandoverLapsed':
      return { ...handover, lapsedAt: at, lapseReason: data['reason'] as LapseReason };
    default:
      return handover;
  }
};
