import type { Bindings } from '../../src/ports/bindings.ts';
import type { OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import { isStoreAway } from '../../src/ports/fault.ts';

/** Somebody who is not in the directory is looked for again after this. */
const unknownForMs = 3_600_000;

/** People's accounts on a platform: bound, or found in the platform's own directory by the number on file, and bound then. */
export type PlatformDirectory = {
  /** In the order asked; undefined for whoever has none. Rejects with what `lookUp` rejects with, and with ZG_STORE_AWAY. */
  readonly accountsOf: (people: readonly string[]) => Promise<readonly (string | undefined)[]>;
};

export const createPlatformDirectory = ({
  channel,
  lookUp,
  numbersPerCall,
  bindings,
  mobileOf,
  now,
}: {
  readonly channel: string;
  /** Accounts by number, of those whom the platform knows. */
  readonly lookUp: (mobiles: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly numbersPerCall: number;
  readonly bindings: Pick<Bindings, 'accountsOf' | 'bindByDirectory'>;
  /** The number on file; undefined for everybody disabled. */
  readonly mobileOf: (personId: string) => string | undefined;
  /** Real time, epoch ms. */
  readonly now: () => number;
}): PlatformDirectory => {
  const unknownUntil = new Map<string, number>();

  const find = async (people: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const wanted = people.flatMap((personId) => {
      const mobile = (unknownUntil.get(personId) ?? 0) > now() ? undefined : mobileOf(personId);
      return mobile === undefined ? [] : [{ personId, mobile }];
    });
    const found = new Map<string, string>();
    for (let from = 0; from < wanted.length; from += numbersPerCall) {
      const slice = wanted.slice(from, from + numbersPerCall);
      const byMobile = await lookUp([...new Set(slice.map(({ mobile }) => mobile))]);
      for (const { personId, mobile } of slice) {
        const account = byMobile.get(mobile);
        if (account === undefined) {
          unknownUntil.set(personId, now() + unknownForMs);
          continue;
        }
        await bindings.bindByDirectory(channel, account, personId);
        found.set(personId, account);
      }
    }
    return found;
  };

  return {
    accountsOf: async (people) => {
      const bound = await bindings.accountsOf(channel, people);
      const unbound = [...new Set(people.filter((_, index) => bound[index] === undefined))];
      const found = unbound.length === 0 ? new Map<string, string>() : await find(unbound);
      return people.map((personId, index) => bound[index] ?? found.get(personId));
    },
  };
};

export const canReachPerson = async (directory: PlatformDirectory, to: string): Promise<boolean> => {
  if (!to.startsWith('m')) return false;
  try {
    return (await directory.accountsOf([to]))[0] !== undefined;
  } catch (error) {
    if (isStoreAway(error)) throw error;
    // nobody knows while the directory is away: the attempt to send will say
    return true;
  }
};

export type Addressed = { readonly index: number; readonly message: OutgoingMessage; readonly account: string };

/** Finds everybody's account; whoever has none gets their result at once. */
export const addressPeople = async (
  directory: PlatformDirectory,
  messages: readonly OutgoingMessage[],
  results: Map<number, SendResult>,
  toFailure: (error: unknown) => SendResult,
): Promise<readonly Addressed[]> => {
  const toPeople = [...messages.entries()].filter(([, { to }]) => to.startsWith('m'));
  try {
    const accounts = await directory.accountsOf(toPeople.map(([, { to }]) => to));
    return toPeople.flatMap(([index, message], at) => {
      const account = accounts[at];
      if (account !== undefined) return [{ index, message, account }];
      results.set(index, { status: 'permanent', code: 'notInDirectory' });
      return [];
    });
  } catch (error) {
    for (const [index] of toPeople) results.set(index, toFailure(error));
    return [];
  }
};
