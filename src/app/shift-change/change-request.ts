import { itemObligationId } from '../../domain/escalation/decide.ts';
import { isUnreached } from '../../domain/contact/reach.ts';
import type { Override } from '../../domain/roster/roster.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { EventName, LedgerEvent } from '../../domain/ledger/event.ts';
import { announceRequest } from '../../domain/shift-change/announce-request.ts';
import { clocksOfRequest, type RequestClock } from '../../domain/shift-change/clocks-of-request.ts';
import { decideRequest } from '../../domain/shift-change/decide-request.ts';
import { isOpen, nextLookAt, type DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { evolveRequest } from '../../domain/shift-change/evolve-request.ts';
import type { RequestCommand, RequestContext, RequestOutcome } from '../../domain/shift-change/request-command.ts';
import type { Requests } from '../../ports/store.ts';
import { decideIn, obligationIn, openIn, put, watchIn, type Change } from '../change.ts';
import { readAll } from '../items/change-item.ts';
import { requestsId, watchIdOf, type World } from '../world.ts';

/** Brings what was decided about a request, the roster and the waits that follow from it into one change. */

/** How many that are over are listed; all of them are kept. */
const mostListed = 200;

export const requestIn = (change: Change, id: string): DutyRequest | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'request' ? aggregate.state : undefined;
};

const none: Requests = { open: [], ended: [] };

/** Which requests there are, the open ones and those that ended last. */
export const readRegister = async (world: World, change: Change): Promise<Requests> => {
  await readAll(world, change, [requestsId]);
  const aggregate = change.entries.get(requestsId)?.aggregate;
  return aggregate?.type === 'requests' ? aggregate.state : none;
};

export const readRequests = async (world: World, change: Change, ids: readonly string[]): Promise<readonly DutyRequest[]> => {
  await readAll(world, change, ids);
  return ids.flatMap((id) => requestIn(change, id) ?? []);
};

export const readOpenRequests = async (world: World, change: Change): Promise<readonly DutyRequest[]> =>
  readRequests(world, change, (await readRegister(world, change)).open);

export const requestContextOf = ({ directory, settings, reach }: World, others: readonly DutyRequest[]): RequestContext => ({
  directory,
  limits: settings.limits,
  consent: settings.consent,
  isUnreached: (personId) => isUnreached(reach, personId),
  others,
});

const register = (change: Change, { open, ended }: Requests, request: DutyRequest): void => {
  const isListed = open.includes(request.id);
  if (isOpen(request) === isListed) return;
  const state = isListed
    ? { open: open.filter((id) => id !== request.id), ended: [...ended, request.id].slice(-mostListed) }
    : { open: [...open, request.id], ended };
  put(change, requestsId, { type: 'requests', state }, null);
};

const answeredBy: { readonly [kind in RequestClock['kind']]: readonly EventName[] } = {
  substitute: ['SubstituteAccepted', 'SubstituteDeclined', 'SubstituteNamed'],
  consent: ['RequestApproved', 'RequestRefused'],
};

const clocksById = (request: DutyRequest | undefined): ReadonlyMap<string, RequestClock> =>
  new Map(request === undefined ? [] : clocksOfRequest(request).map((clock) => [itemObligationId(request.id, clock), clock]));

const moveClocks = async (
  world: World,
  change: Change,
  before: DutyRequest | undefined,
  after: DutyRequest,
  events: readonly LedgerEvent[],
): Promise<void> => {
  const [had, wants] = [clocksById(before), clocksById(after)];
  const over = [...had].filter(([id]) => !wants.has(id));
  const fresh = [...wants].filter(([id]) => !had.has(id));
  await readAll(
    world,
    change,
    [...over, ...fresh].map(([id]) => id),
  );
  for (const [id, { kind }] of over) {
    const answer = events.find(({ event, actor }) => actor !== undefined && answeredBy[kind].includes(event));
    const actor = events.find((event) => event.actor !== undefined)?.actor;
    decideIn(
      world,
      change,
      id,
      answer
        ? { type: 'answer', personId: answer.actor!, ...(answer.channel === undefined ? {} : { channel: answer.channel }) }
        : { type: 'withdraw', reason: after.status, ...(actor === undefined ? {} : { personId: actor }) },
    );
  }
  for (const [, clock] of fresh) openIn(world, change, { type: 'open', ...clock, cause: after.kind, itemId: after.id });
};

/** Whose word it was that made it count. */
const byOf = (command: RequestCommand): Pick<LedgerEvent, 'actor' | 'channel'> =>
  command.type === 'look' || command.type === 'recheck' ? {} : { actor: command.by, channel: command.channel };

/** What was agreed becomes the roster in the same commit as the agreement. */
const override = (
  world: World,
  change: Change,
  added: readonly Override[],
  removed: readonly string[],
  by: Pick<LedgerEvent, 'actor' | 'channel'>,
): void => {
  const { organisation, planned } = world.directory;
  const kept = (planned.overrides ?? []).filter(({ id }) => !removed.includes(id));
  const version = planned.version + 1;
  change.campaign = { organisation, roster: { ...planned, version, overrides: [...kept, ...added] } };
  change.events.push({
    at: change.now,
    event: 'RosterOverridden',
    ...by,
    data: { version, added: added.map((one) => ({ ...one })), removed },
  });
};

/** An open check goes on: whoever stands the post from now on sees it at once. Where shifts are handed over, that tells of it. */
const handOnChecks = async (world: World, change: Change, added: readonly Override[]): Promise<void> => {
  if (world.settings.handover.isRequired) return;
  const now = added.filter(({ from, to, in: comes }) => comes !== undefined && from <= change.now && change.now < to);
  await readAll(
    world,
    change,
    now.map(({ subject }) => watchIdOf(subject)),
  );
  for (const { subject, in: comes } of now) {
    const openId = watchIn(change, subject)?.openObligationId;
    if (!openId || comes === undefined) continue;
    await readAll(world, change, [openId]);
    const o = obligationIn(change, openId);
    if (!o || isEnded(o)) continue;
    change.notices.push({ to: comes, via: 'card', template: 'check.remind', obligationId: o.id, stepNo: o.stepNo, decidedAt: change.now });
  }
};

/** Decides a command on a request, or asks for a new one; `id` is the request that it came to. */
export const actOnRequest = async (
  world: World,
  change: Change,
  requestId: string | undefined,
  command: RequestCommand,
): Promise<RequestOutcome & { readonly id?: string }> => {
  const listed = await readRegister(world, change);
  const open = await readOpenRequests(world, change);
  const [before] = requestId === undefined ? [] : await readRequests(world, change, [requestId]);
  const context = requestContextOf(
    world,
    open.filter(({ id }) => id !== requestId),
  );
  const outcome = decideRequest(before, command, context, change.now);
  const { events, overrides } = outcome;
  const id = events[0]?.itemId ?? outcome.otherId ?? requestId;
  if (events.length === 0) return { ...outcome, ...(id === undefined ? {} : { id }) };
  let request = before;
  if (!request && id !== undefined) {
    await readAll(world, change, [id]);
    // Asked in the same millisecond as one that is over already: that is the one.
    if (requestIn(change, id)) return { events: [], refusal: 'already', id };
  }
  const doneBy = command.type === 'look' || command.type === 'recheck' ? undefined : command.by;
  const isWhole = events.some(({ event }) => event === 'RequestTookEffect');
  for (const event of events) {
    request = evolveRequest(request, event);
    change.events.push(event);
    // What led to it at once is said with it.
    if (request && (!isWhole || event.event === 'RequestTookEffect'))
      change.notices.push(...announceRequest(request, event, world.directory, doneBy));
  }
  if (!request) return outcome;
  put(change, request.id, { type: 'request', state: request }, nextLookAt(request));
  register(change, listed, request);
  if (overrides) {
    override(world, change, overrides.added, overrides.removed, byOf(command));
    await handOnChecks(world, change, overrides.added);
  }
  await moveClocks(world, change, before, request, events);
  return { ...outcome, id: request.id };
};
