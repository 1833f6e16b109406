import {
  accountsIdOf,
  bind,
  identityIdOf,
  revoke,
  withAccount,
  withoutAccount,
  type Accounts,
  type BindCommand,
  type Identity,
} from '../../domain/binding/identity.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Stored, Transition, Write } from '../../ports/store.ts';
import { refreshWorld, type World } from '../world.ts';

const mostRaces = 8;

const identityOf = (stored: Stored | undefined): Identity | undefined =>
  stored?.aggregate.type === 'identity' ? stored.aggregate.state : undefined;

const accountsOf = (stored: Stored | undefined): Accounts => (stored?.aggregate.type === 'accounts' ? stored.aggregate.state : {});

const writeIdentity = (id: string, stored: Stored | undefined, state: Identity | null): Write => ({
  id,
  expected: stored?.version ?? 0,
  aggregate: state && { type: 'identity', state },
  dueAt: null,
});

const writeAccounts = (id: string, stored: Stored | undefined, state: Accounts): Write => ({
  id,
  expected: stored?.version ?? 0,
  aggregate: { type: 'accounts', state },
  dueAt: null,
});

/** Decides again on what is true now while somebody else is quicker. False: there was nothing to change. */
const untilCommitted = async (world: World, decide: () => Promise<Transition | undefined>): Promise<boolean> => {
  for (let races = 0; races < mostRaces; races++) {
    const transition = await decide();
    if (transition === undefined) return false;
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'committed') return true;
    if (result === 'stale') await refreshWorld(world, true);
  }
  throw new Error(`ZG_BUSY: the same account was changed ${mostRaces} times meanwhile; try again`);
};

/** Reads what is kept, in the order asked. */
export type Load = (ids: readonly string[]) => Promise<readonly (Stored | undefined)[]>;

/** What binding an account to a person writes and tells; undefined where it is so already. */
export const decideBinding = async (load: Load, command: BindCommand, now: number): Promise<Transition | undefined> => {
  const { channel, account, personId, way } = command;
  const [identityId, accountsId] = [identityIdOf(channel, account), accountsIdOf(personId)];
  const [stored, own] = await load([identityId, accountsId]);
  const identity = identityOf(stored);
  const formerAccount = accountsOf(own)[channel];
  const events = bind(command, { identity, account: formerAccount }, now);
  if (events.length === 0) return undefined;
  const writes = [
    writeIdentity(identityId, stored, { channel, account, personId, way, boundAt: now }),
    writeAccounts(accountsId, own, withAccount(accountsOf(own), channel, account)),
  ];
  if (formerAccount !== undefined && formerAccount !== account) {
    const id = identityIdOf(channel, formerAccount);
    const [former] = await load([id]);
    if (former) writes.push(writeIdentity(id, former, null));
  }
  if (identity && identity.personId !== personId) {
    const id = accountsIdOf(identity.personId);
    const [theirs] = await load([id]);
    if (theirs) writes.push(writeAccounts(id, theirs, withoutAccount(accountsOf(theirs), channel)));
  }
  return { writes, events, notices: [] };
};

type RevokeCommand = Parameters<typeof revoke>[0];

/** What taking a person's account on a channel from them writes and tells; undefined where they have none. */
export const decideRevoking = async (load: Load, command: RevokeCommand, now: number): Promise<Transition | undefined> => {
  const accountsId = accountsIdOf(command.personId);
  const [own] = await load([accountsId]);
  const account = accountsOf(own)[command.channel];
  if (account === undefined) return undefined;
  const events: readonly LedgerEvent[] = revoke(command, account, now);
  const id = identityIdOf(command.channel, account);
  const [stored] = await load([id]);
  const rest = withoutAccount(accountsOf(own), command.channel);
  const writes = [writeAccounts(accountsId, own, rest), ...(stored ? [writeIdentity(id, stored, null)] : [])];
  return { writes, events, notices: [] };
};

/** Binds an account to a person: what the account was before, and what the person spoke with there, holds no more. */
export const bindAccount = (world: World, command: BindCommand, writesBeside: readonly Write[] = []): Promise<boolean> =>
  untilCommitted(world, async () => {
    const decided = await decideBinding((ids) => world.store.load(ids), command, world.clock.now());
    return decided && { ...decided, writes: [...decided.writes, ...writesBeside] };
  });

/** Takes a person's account on a channel from them. */
export const revokeAccount = (world: World, command: RevokeCommand): Promise<boolean> =>
  untilCommitted(world, () => decideRevoking((ids) => world.store.load(ids), command, world.clock.now()));
