import { accountsIdOf, identityIdOf } from '../../domain/binding/identity.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { localDay } from '../../domain/local-time.ts';
import { accountTextsFor, type AccountTexts } from '../../messages/account-texts.ts';
import { en } from '../../messages/en.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import type { Channel } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import { put } from '../roster-change/change-card.ts';
import type { World } from '../world.ts';

/** What is said of bound accounts, in the chat and on the command line. */

export type ChannelInUse = Pick<Channel, 'name' | 'capabilities'>;

export const channelLabel = (channel: string, locale: unknown): string =>
  (accountTextsFor(locale) === accountTextsFor('en') ? en : zhCN).channels[channel] ?? channel;

const maskPhone = (mobile: string): string => (mobile.length === 11 ? `${mobile.slice(0, 3)}****${mobile.slice(7)}` : '****');

/** The body that somebody belongs to, by the name that people use. */
const bodyOf = (world: World, personId: PersonId): string => {
  const [appointment] = world.directory.appointmentsOf.get(personId) ?? [];
  const unitId = appointment?.of ?? world.directory.posts.get(world.directory.postsOf.get(personId)?.[0] ?? '')?.unitId;
  return unitId === undefined ? '' : nameOf(world, unitId);
};

/** By name, body and the ends of their number: enough to tell namesakes apart, and to ring nobody. */
export const describePerson = (world: World, personId: PersonId, texts: AccountTexts): string => {
  const person = world.directory.people.get(personId);
  if (!person) return '';
  return put(texts.person, { name: person.name, unit: bodyOf(world, personId), phone: maskPhone(person.mobile) }).replaceAll(
    / {2,}/gu,
    ' ',
  );
};

export type BoundAccount = {
  readonly channel: string;
  readonly account: string;
  readonly way: 'directory' | 'code' | 'office';
  readonly boundAt: number;
};

/** Whom accounts are looked up for in one go. */
const chunkSize = 500;

/** The accounts of each, in the order asked. */
export const accountsOfPeople = async ({ store }: Pick<World, 'store'>, people: readonly PersonId[]) => {
  const all: { readonly [channel: string]: string }[] = [];
  for (let from = 0; from < people.length; from += chunkSize) {
    const found = await store.load(people.slice(from, from + chunkSize).map(accountsIdOf));
    all.push(...found.map((stored) => (stored?.aggregate.type === 'accounts' ? stored.aggregate.state : {})));
  }
  return all;
};

/** One person's accounts with how and when each came about. */
export const boundOf = async ({ store }: Pick<World, 'store'>, personId: PersonId): Promise<readonly BoundAccount[]> => {
  const [accounts = {}] = await accountsOfPeople({ store }, [personId]);
  const pairs = Object.entries(accounts);
  const found = pairs.length === 0 ? [] : await store.load(pairs.map(([channel, account]) => identityIdOf(channel, account)));
  return found.flatMap((stored) => (stored?.aggregate.type === 'identity' ? [stored.aggregate.state] : []));
};

/** Whose it is to be bound at all. */
export const peopleInForce = ({ directory }: World): readonly PersonId[] =>
  directory.organisation.people.filter(({ isDisabled }) => !isDisabled).map(({ id }) => id);

export const dateOf = (world: World, at: number): string => localDay(world.settings.timeZone, at).date;
