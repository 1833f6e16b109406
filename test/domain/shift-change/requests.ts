import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import type { Roster, Shift } from '../../../src/domain/roster/roster.ts';
import { shippedConsent } from '../../../src/domain/shift-change/consent.ts';
import { decideRequest } from '../../../src/domain/shift-change/decide-request.ts';
import type { DutyRequest, ShiftPart } from '../../../src/domain/shift-change/duty-request.ts';
import { evolveRequest } from '../../../src/domain/shift-change/evolve-request.ts';
import type { AskCommand, RequestCommand, RequestContext, RequestOutcome } from '../../../src/domain/shift-change/request-command.ts';
import { shippedLimits } from '../../../src/domain/shift-change/shipped-limits.ts';
import * as invented from '../../support/invented.ts';

/** Requests without anything around them: a roster by hand, and what is agreed on top of it. */

const { at, holder, idOf } = invented;
type Name = invented.Name;

/** One shift, half past eight to half past eight: `shift('p2', 28, '东主班', '东副班')` begins on 28 August. */
export const shift = (postId: string, day: number, first: Name, second?: Name, leader?: Name): Shift => ({
  postId,
  from: at(`2021-08-${day}T08:30`),
  to: at(`2021-08-${day}T08:30`) + 24 * 3_600_000,
  holders: [...(leader ? [holder('shiftLeader', leader)] : []), holder('onDuty', first), ...(second ? [holder('coDuty', second)] : [])],
});

export const rosterOf = (...shifts: readonly Shift[]): Roster => ({ ...invented.roster, shifts });

export const partOf = ({ postId, from, to, holders }: Shift, name: Name): ShiftPart => ({
  postId,
  from,
  to,
  role: holders.find(({ personId }) => personId === idOf(name))!.role,
});

/** A desk on which one request lies after another, and a roster that follows what is agreed. */
export const openDesk = (planned: Roster, over: Partial<RequestContext> = {}) => {
  let roster = planned;
  const requests = new Map<string, DutyRequest>();
  const directory = (): Directory => buildDirectory(invented.organisation, roster);
  const act = (id: string | undefined, command: RequestCommand, now: number): RequestOutcome => {
    const others = [...requests.values()].filter((one) => one.id !== id && (one.status === 'asked' || one.status === 'accepted'));
    const context: RequestContext = { directory: directory(), limits: shippedLimits, consent: shippedConsent, others, ...over };
    const outcome = decideRequest(id === undefined ? undefined : requests.get(id), command, context, now);
    for (const event of outcome.events) requests.set(event.itemId!, evolveRequest(requests.get(event.itemId!), event)!);
    if (outcome.overrides) {
      const { added, removed } = outcome.overrides;
      const kept = (roster.overrides ?? []).filter((one) => !removed.includes(one.id));
      roster = { ...roster, version: roster.version + 1, overrides: [...kept, ...added] };
    }
    return outcome;
  };
  return {
    act,
    directory,
    requests,
    import: (shifts: readonly Shift[]) => void (roster = { ...roster, shifts }),
    only: (): DutyRequest => [...requests.values()][0]!,
    by: (name: Name) => ({ by: idOf(name), channel: 'webchat' }),
  };
};

export const ask = (over: Partial<AskCommand> & Pick<AskCommand, 'by' | 'holderId' | 'gives'>): AskCommand => ({
  type: 'ask',
  kind: 'cover',
  channel: 'webchat',
  takes: [],
  ...over,
});
