import type { Notice } from '../../domain/escalation/notice.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { leftOf, type RequestKind, type ShiftPart } from '../../domain/shift-change/duty-request.ts';
import type { DutyDraft } from '../../ports/store.ts';
import type { Turn } from '../acts/speaker.ts';
import { readPart } from './pack-part.ts';
import { proposeDraft, refuseDuty } from './propose-duty.ts';

/** Leave, a swap or a cover, asked for from the shift itself: what a sentence would have to name stands on the button. */

const kinds: readonly RequestKind[] = ['leave', 'swap', 'cover'];
const longestReason = 500;

/** Somebody is to be found after it has been asked for. */
export const later = 'later';

const textOf = (value: unknown, most = 200): string => (typeof value === 'string' && value.length <= most ? value.trim() : '');

const isStoodBy = (directory: Directory, { postId, from, to, role }: ShiftPart, personId: string): boolean =>
  (directory.shiftsOf.get(postId) ?? []).some(
    (shift) => shift.from <= from && to <= shift.to && shift.holders.some((holder) => holder.personId === personId && holder.role === role),
  );

/** `whose`: the holder, where the speaker would stand in for them; `person`: whoever is to stand in, or `later`. */
export const askFromShift = async (turn: Turn, pressed: { readonly [key: string]: unknown }): Promise<readonly Notice[]> => {
  const kind = kinds.find((one) => one === pressed['kind']);
  const part = readPart(textOf(pressed['part']));
  const [person, whose] = [textOf(pressed['person']), textOf(pressed['whose'])];
  const reason = textOf(pressed['reason'], longestReason);
  if (kind === undefined || !part || turn.message.isGroup) return refuseDuty(turn, 'over');
  const gives = leftOf([part], turn.change.now);
  if (gives.length === 0) return refuseDuty(turn, 'past');
  const { directory } = turn.world;
  const { people } = directory;
  // A card of before: the shift has moved on to somebody else.
  if (!isStoodBy(directory, gives[0]!, whose === '' ? turn.person.id : whose)) return refuseDuty(turn, 'over');
  const otherId = whose === '' ? person : whose;
  const draft: DutyDraft = {
    kind,
    gives,
    ...(people.has(otherId) ? { otherId } : {}),
    ...(whose !== '' && people.has(whose) ? { isOffer: true } : {}),
    ...(person === later ? { isOpenEnded: true } : {}),
    ...(reason === '' ? {} : { reason }),
  };
  return proposeDraft(turn, draft);
};
