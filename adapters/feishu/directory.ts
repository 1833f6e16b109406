import type { Bindings } from '../../src/ports/bindings.ts';
import type { FeishuApi } from './api.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';

/** Somebody who is not in the directory is looked for again after this. */
const unknownForMs = 3_600_000;

export type FeishuDirectory = {
  /** `open_id`s in the order asked; undefined for whoever has none. Looks up who is not bound yet, many at a time. */
  readonly accountsOf: (people: readonly string[]) => Promise<readonly (string | undefined)[]>;
};

export const createFeishuDirectory = ({
  api,
  bindings,
  mobileOf,
  now,
}: {
  readonly api: Pick<FeishuApi, 'lookUp'>;
  readonly bindings: Pick<Bindings, 'accountsOf' | 'bindByDirectory'>;
  /** The number on file; undefined for everybody disabled. */
  readonly mobileOf: (personId: string) => string | undefined;
  /** Real time, epoch ms. */
  readonly now: () => number;
}): FeishuDirectory => {
  const unknownUntil = new Map<string, number>();

  const lookUp = async (people: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const wanted = people.flatMap((personId) => {
      const mobile = (unknownUntil.get(personId) ?? 0) > now() ? undefined : mobileOf(personId);
      return mobile === undefined ? [] : [{ personId, mobile }];
    });
    const found = new Map<string, string>();
    for (let from = 0; from < wanted.length; from += limits.directoryNumbers) {
      const slice = wanted.slice(from, from + limits.directoryNumbers);
      const byMobile = await api.lookUp([...new Set(slice.map(({ mobile }) => mobile))]);
      for (const { personId, mobile } of slice) {
        const account = byMobile.get(mobile);
        if (account === undefined) {
          unknownUntil.set(personId, now() + unknownForMs);
          continue;
        }
        await bindings.bindByDirectory(channelName, account, personId);
        found.set(personId, account);
      }
    }
    return found;
  };

  return {
    accountsOf: async (people) => {
      const bound = await bindings.accountsOf(channelName, people);
      const unbound = [...new Set(people.filter((_, index) => bound[index] === undefined))];
      const found = unbound.length === 0 ? new Map<string, string>() : await lookUp(unbound);
      return people.map((personId, index) => bound[index] ?? found.get(personId));
    },
  };
};
