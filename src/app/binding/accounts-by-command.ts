import type { BindingWay } from '../../domain/binding/identity.ts';
import type { Person } from '../../domain/organisation/organisation.ts';
import { accountTextsFor } from '../../messages/account-texts.ts';
import type { World } from '../world.ts';
import { bindAccount, revokeAccount } from './bind-account.ts';
import { accountsOfPeople, boundOf, describePerson, peopleInForce } from './say-accounts.ts';
import { makeOfficeCode } from './talk-to-stranger.ts';

/** Channels that know people by accounts; the others find them by the number or the address on file. */
export const accountChannels = ['wecom', 'feishu', 'dingtalk', 'teams'] as const;

export type AccountRefusal =
  | 'ZG_PERSON_UNKNOWN'
  | 'ZG_PERSON_AMBIGUOUS'
  | 'ZG_PERSON_DISABLED'
  | 'ZG_CHANNEL_UNKNOWN'
  | 'ZG_NOT_BOUND'
  | 'ZG_TOO_MANY_CODES'
  | 'ZG_BUSY'
  | 'ZG_NOBODY_YET'
  | 'ZG_NOT_FIRST'
  | 'ZG_NOT_OFFICE'
  | 'ZG_PHONE_INVALID';

export type Refused = {
  readonly ok: false;
  readonly code: AccountRefusal;
  readonly person: string;
  readonly candidates: readonly string[];
};

export type AccountRow = {
  readonly personId: string;
  readonly name: string;
  readonly accounts: readonly {
    readonly channel: string;
    readonly account: string;
    readonly way?: BindingWay;
    readonly boundAt?: string;
  }[];
};

const refused = (code: AccountRefusal, person: string, candidates: readonly string[] = []): Refused => ({
  ok: false,
  code,
  person,
  candidates,
});

/** By name, number or id. */
export const findPerson = (world: World, text: string): Person | Refused => {
  const { people, byMobile } = world.directory;
  const plain = text.trim();
  const byOne = people.get(plain) ?? byMobile.get(plain.replaceAll(/[ -]/gu, ''));
  const named = byOne ? [byOne] : [...people.values()].filter(({ name }) => name === plain);
  const [person] = named;
  if (!person) return refused('ZG_PERSON_UNKNOWN', plain);
  const texts = accountTextsFor('zh-CN');
  if (named.length > 1)
    return refused(
      'ZG_PERSON_AMBIGUOUS',
      plain,
      named.map(({ id }) => describePerson(world, id, texts)),
    );
  return person.isDisabled ? refused('ZG_PERSON_DISABLED', plain) : person;
};

const isRefused = (found: Person | Refused): found is Refused => 'ok' in found;

const isAccountChannel = (channel: string): boolean => accountChannels.some((one) => one === channel);

/** Everybody's accounts, or one person's with how each came about. */
export const listAccounts = async (
  world: World,
  { person, isUnbound }: { readonly person?: string; readonly isUnbound: boolean },
  iso: (at: number) => string,
): Promise<{ readonly ok: true; readonly people: readonly AccountRow[] } | Refused> => {
  if (person !== undefined) {
    const found = findPerson(world, person);
    if (isRefused(found)) return found;
    const bound = await boundOf(world, found.id);
    const accounts = bound.map(({ channel, account, way, boundAt }) => ({ channel, account, way, boundAt: iso(boundAt) }));
    return { ok: true, people: [{ personId: found.id, name: found.name, accounts }] };
  }
  const ids = peopleInForce(world);
  const all = await accountsOfPeople(world, ids);
  const rows = ids.map((personId, index): AccountRow => {
    const accounts = Object.entries(all[index]!).map(([channel, account]) => ({ channel, account }));
    return { personId, name: world.directory.people.get(personId)!.name, accounts };
  });
  return { ok: true, people: isUnbound ? rows.filter(({ accounts }) => accounts.length === 0) : rows };
};

export const giveCode = async (
  world: World,
  person: string,
): Promise<{ readonly ok: true; readonly person: string; readonly mobile: string; readonly code: string } | Refused> => {
  const found = findPerson(world, person);
  if (isRefused(found)) return found;
  const made = await makeOfficeCode(world, found.id);
  if (typeof made === 'string') return refused(made === 'busy' ? 'ZG_BUSY' : 'ZG_TOO_MANY_CODES', found.name);
  return { ok: true, person: found.name, mobile: found.mobile, code: made.code };
};

export type Changed = { readonly ok: true; readonly isChanged: boolean; readonly person: string; readonly channel: string };

export const bindByCommand = async (
  world: World,
  { person, channel, account }: { readonly person: string; readonly channel: string; readonly account: string },
): Promise<Changed | Refused> => {
  const found = findPerson(world, person);
  if (isRefused(found)) return found;
  if (!isAccountChannel(channel)) return refused('ZG_CHANNEL_UNKNOWN', found.name, accountChannels);
  const isChanged = await bindAccount(world, { channel, account, personId: found.id, way: 'office' });
  return { ok: true, isChanged, person: found.name, channel };
};

export const revokeByCommand = async (
  world: World,
  { person, channel, reason }: { readonly person: string; readonly channel: string; readonly reason: string },
): Promise<Changed | Refused> => {
  const found = findPerson(world, person);
  if (isRefused(found)) return found;
  if (!isAccountChannel(channel)) return refused('ZG_CHANNEL_UNKNOWN', found.name, accountChannels);
  const isChanged = await revokeAccount(world, { channel, personId: found.id, reason });
  return isChanged ? { ok: true, isChanged, person: found.name, channel } : refused('ZG_NOT_BOUND', found.name);
};
