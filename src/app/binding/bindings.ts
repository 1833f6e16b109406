import { accountsIdOf, identityIdOf } from '../../domain/binding/identity.ts';
import type { Bindings } from '../../ports/bindings.ts';
import type { World } from '../world.ts';
import { bindAccount } from './bind-account.ts';

/** What is bound, as it is now: a disabled person's account belongs to nobody. */
export const createBindings = (world: World): Bindings => ({
  personOf: async (channel, account) => {
    const [stored] = await world.store.load([identityIdOf(channel, account)]);
    if (stored?.aggregate.type !== 'identity') return undefined;
    const person = world.directory.people.get(stored.aggregate.state.personId);
    return person && !person.isDisabled ? person.id : undefined;
  },
  accountsOf: async (channel, personIds) => {
    const found = personIds.length === 0 ? [] : await world.store.load(personIds.map(accountsIdOf));
    return found.map((stored) => (stored?.aggregate.type === 'accounts' ? stored.aggregate.state[channel] : undefined));
  },
  bindByDirectory: (channel, account, personId) => bindAccount(world, { channel, account, personId, way: 'directory' }),
});
