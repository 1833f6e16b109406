import { accountsIdOf, identityIdOf } from '../../domain/binding/identity.ts';
import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { accountTextsFor, type AccountTexts } from '../../messages/account-texts.ts';
import type { ButtonValue } from '../../ports/channel.ts';
import type { Transition } from '../../ports/store.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import type { ChannelsOf } from '../acts/pause-channel.ts';
import { readOwed, reply, type Turn } from '../acts/speaker.ts';
import { put as putIn, readInto } from '../change.ts';
import { changeButton, paramsOf, put, type ChangeCard } from '../roster-change/change-card.ts';
import { decideBinding, decideRevoking, type Load } from './bind-account.ts';
import { accountsOfPeople, boundOf, type ChannelInUse, channelLabel, dateOf, describePerson, peopleInForce } from './say-accounts.ts';
import { decideOfficeCode } from './talk-to-stranger.ts';

/** The office looks after whose account is whose, and tries channels, in its own conversation. */

export type AccountDesk = {
  readonly channels: readonly ChannelInUse[];
  readonly channelsOf: ChannelsOf;
};

type Refusal = keyof AccountTexts['refusals'];
type Values = { readonly [name: string]: string | number };

const textsOf = ({ message }: Turn): AccountTexts => accountTextsFor(message.locale);

const sayCard = (turn: Turn, card: ChangeCard): readonly Notice[] => [reply(turn, 'reply.accounts', paramsOf(card))];

const refuse = (turn: Turn, why: Refusal, values: Values = {}): readonly Notice[] => {
  const texts = textsOf(turn);
  const card = { heading: texts.headings.refused, lines: [put(texts.refusals[why], values)] };
  return [reply(turn, 'reply.accounts', { ...paramsOf(card), refused: why })];
};

const labelIn = (turn: Turn, channel: string): string => channelLabel(channel, turn.message.locale);

const labelsIn = (turn: Turn, channels: readonly ChannelInUse[]): string => {
  const { comma } = textsOf(turn);
  return channels.map(({ name }) => labelIn(turn, name)).join(comma);
};

const byAccount = ({ channels }: AccountDesk): readonly ChannelInUse[] => channels.filter(({ capabilities }) => capabilities.goesByAccount);

const mayLookAfter = ({ world, person, change }: Turn): boolean => isOffice(world.directory, person.id, change.now);

const describe = (turn: Turn, personId: PersonId): string => describePerson(turn.world, personId, textsOf(turn));

/** Reads into the turn's own change, so that what is decided on it stands or falls with the turn. */
const loadInto =
  ({ world, change }: Turn): Load =>
  async (ids) => {
    const found = await world.store.load(ids);
    for (const [index, id] of ids.entries()) readInto(change, id, found[index]);
    return found;
  };

const takeIn = (turn: Turn, { writes, events }: Transition): void => {
  for (const { id, aggregate, dueAt } of writes) putIn(turn.change, id, aggregate, dueAt);
  turn.change.events.push(...events);
};

const proposalMs = 30 * 60_000;

/** What a plain yes would confirm from now on. */
const remember = async (turn: Turn, value: ButtonValue | undefined): Promise<void> => {
  const { question, ...rest } = await readDialogue(turn);
  if (value) {
    const pressed = Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => entry[1] !== undefined));
    writeDialogue(turn, { ...rest, question: { kind: 'account', askedAt: turn.change.now, pressed } });
  } else if (question?.kind === 'account') writeDialogue(turn, rest);
};

const giveCode = async (turn: Turn, personId: PersonId): Promise<readonly Notice[]> => {
  const { world, person, change } = turn;
  const texts = textsOf(turn);
  const made = await decideOfficeCode(world, loadInto(turn), { personId, by: person.id });
  if (made === 'tooMany') return refuse(turn, 'tooMany', { person: describe(turn, personId) });
  const { code, decided } = made;
  takeIn(turn, decided);
  const mobile = world.directory.people.get(personId)?.mobile ?? '';
  const isSent = world.hasSms !== false && personId !== person.id;
  if (isSent) change.notices.push({ to: personId, via: 'sms', template: 'binding.officeCode', params: { code } });
  const lines = texts.codeLines.map((line) => put(line, { person: describe(turn, personId), mobile, code }));
  return sayCard(turn, { heading: put(texts.headings.code, { code }), lines: isSent ? [...lines, texts.codeSent] : lines });
};

const proposeBinding = async (turn: Turn, personId: PersonId, channel: string, account: string): Promise<readonly Notice[]> => {
  const { world } = turn;
  const texts = textsOf(turn);
  const [identity, own] = await world.store.load([identityIdOf(channel, account), accountsIdOf(personId)]);
  const owner = identity?.aggregate.type === 'identity' ? identity.aggregate.state.personId : undefined;
  const former = own?.aggregate.type === 'accounts' ? own.aggregate.state[channel] : undefined;
  const named = { channel: labelIn(turn, channel), account, person: describe(turn, personId) };
  if (owner === personId && former === account) return sayCard(turn, { heading: texts.headings.bound, lines: [texts.alreadyBound] });
  const value: ButtonValue = { action: 'bindAccount', personId, channel, account };
  await remember(turn, value);
  return sayCard(turn, {
    heading: texts.headings.bind,
    lines: [
      put(texts.bindLine, named),
      ...(owner !== undefined && owner !== personId ? [put(texts.formerOwner, { person: describe(turn, owner) })] : []),
      ...(former !== undefined && former !== account ? [put(texts.formerAccount, named)] : []),
      texts.confirm,
    ],
    buttons: [changeButton(texts.buttons.bind, value, 'positive'), changeButton(texts.buttons.cancel, { action: 'cancelAccount' })],
  });
};

const bindNow = async (turn: Turn, personId: PersonId, channel: string, account: string): Promise<readonly Notice[]> => {
  const { person, change } = turn;
  const texts = textsOf(turn);
  await remember(turn, undefined);
  const decided = await decideBinding(loadInto(turn), { channel, account, personId, way: 'office', by: person.id }, change.now);
  if (!decided) return sayCard(turn, { heading: texts.headings.bound, lines: [texts.alreadyBound] });
  takeIn(turn, decided);
  const line = put(texts.bound, { channel: labelIn(turn, channel), account, person: describe(turn, personId) });
  return sayCard(turn, { heading: texts.headings.bound, lines: channel === 'teams' ? [line, texts.speakFirst] : [line] });
};

const proposeRevoking = async (turn: Turn, personId: PersonId, channel: string): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const account = (await boundOf(turn.world, personId)).find((one) => one.channel === channel)?.account;
  const named = { channel: labelIn(turn, channel), person: describe(turn, personId) };
  if (account === undefined) return refuse(turn, 'notBound', named);
  const value: ButtonValue = { action: 'revokeAccount', personId, channel, account };
  await remember(turn, value);
  return sayCard(turn, {
    heading: texts.headings.revoke,
    lines: [put(texts.revokeLine, { ...named, account }), texts.confirm],
    buttons: [changeButton(texts.buttons.revoke, value, 'destructive'), changeButton(texts.buttons.cancel, { action: 'cancelAccount' })],
  });
};

const revokeNow = async (turn: Turn, personId: PersonId, channel: string, account: string): Promise<readonly Notice[]> => {
  const { person, change } = turn;
  const texts = textsOf(turn);
  await remember(turn, undefined);
  const isSame = (await boundOf(turn.world, personId)).some((one) => one.channel === channel && one.account === account);
  if (!isSame) return refuse(turn, 'moved');
  const decided = await decideRevoking(loadInto(turn), { channel, personId, reason: 'office', by: person.id }, change.now);
  if (decided) takeIn(turn, decided);
  const line = put(texts.revoked, { channel: labelIn(turn, channel), person: describe(turn, personId) });
  return sayCard(turn, { heading: texts.headings.revoked, lines: [line] });
};

/** Names that are listed before the rest is only counted. */
const mostNames = 30;

const listAll = async (turn: Turn, channels: readonly ChannelInUse[]): Promise<readonly Notice[]> => {
  const { world } = turn;
  const texts = textsOf(turn);
  const people = peopleInForce(world);
  const accounts = await accountsOfPeople(world, people);
  const without = people.filter((_, index) => channels.every(({ name }) => accounts[index]![name] === undefined));
  const names = without.slice(0, mostNames).map((id) => world.directory.people.get(id)!.name);
  const lines = channels.map(({ name }) => {
    const bound = accounts.filter((of) => of[name] !== undefined).length;
    return put(texts.byChannel, { channel: labelIn(turn, name), bound, people: people.length });
  });
  const rest = put(texts.unbound, {
    count: without.length,
    names: `${names.join(texts.comma)}${without.length > names.length ? texts.more : ''}`,
  });
  return sayCard(turn, { heading: texts.headings.list, lines: [...lines, without.length === 0 ? texts.allBound : rest] });
};

const listOne = async (turn: Turn, personId: PersonId, desk: AccountDesk): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const bound = await boundOf(turn.world, personId);
  const lines = byAccount(desk).map(({ name }) => {
    const one = bound.find(({ channel }) => channel === name);
    if (!one) return put(texts.noneOfPerson, { channel: labelIn(turn, name) });
    const { account, way, boundAt } = one;
    return put(texts.ofPerson, { channel: labelIn(turn, name), account, way: texts.ways[way], date: dateOf(turn.world, boundAt) });
  });
  const others = (await desk.channelsOf(personId)).filter((name) => !byAccount(desk).some((one) => one.name === name));
  const also = others.length === 0 ? [] : [put(texts.byOther, { channels: others.map((name) => labelIn(turn, name)).join(texts.comma) })];
  const buttons = [
    changeButton(texts.buttons.code, { action: 'bindingCode', personId }),
    ...bound.map(({ channel, account }) =>
      changeButton(`${texts.buttons.revoke} · ${labelIn(turn, channel)}`, { action: 'askRevoke', personId, channel, account }),
    ),
  ];
  return sayCard(turn, { heading: `${texts.headings.list} · ${describe(turn, personId)}`, lines: [...lines, ...also], buttons });
};

const testChannel = (turn: Turn, personId: PersonId, channel: string): readonly Notice[] => {
  const { person, change, message } = turn;
  const texts = textsOf(turn);
  const params = { by: person.id, name: person.name, ...(message.locale?.startsWith('en') ? { locale: 'en' } : {}) };
  change.notices.push({ to: personId, via: 'card', template: 'channel.test', params, reply: { channel }, decidedAt: change.now });
  const line = put(texts.testing, { person: describe(turn, personId) });
  return sayCard(turn, { heading: put(texts.headings.test, { channel: labelIn(turn, channel) }), lines: [line] });
};

/** A channel by its name, or by what it does: whichever brings text messages is meant by them. */
const channelMeant = ({ channels }: AccountDesk, said: string): ChannelInUse | undefined =>
  channels.find(({ name }) => name === said) ??
  (said === 'sms' || said === 'voice' ? channels.find(({ capabilities }) => capabilities.vias.includes(said)) : undefined);

/** Why the person or the channel of a command is not known, or what to do where both are. */
const withBoth = (
  turn: Turn,
  desk: AccountDesk,
  personId: PersonId | undefined,
  said: string | undefined,
  act: (personId: PersonId, channel: string) => Promise<readonly Notice[]>,
): readonly Notice[] | Promise<readonly Notice[]> => {
  const usable = byAccount(desk);
  if (usable.length === 0) return refuse(turn, 'noAccountsInUse');
  if (personId === undefined) return refuse(turn, 'noPerson');
  if (said === undefined) return refuse(turn, 'noChannel', { channels: labelsIn(turn, usable) });
  const named = { channel: labelIn(turn, said), channels: labelsIn(turn, usable) };
  const meant = channelMeant(desk, said);
  if (!meant) return refuse(turn, 'notInUse', named);
  return meant.capabilities.goesByAccount ? act(personId, meant.name) : refuse(turn, 'noAccounts', named);
};

const doAs = async (
  turn: Turn,
  desk: AccountDesk,
  accounts: NonNullable<Understood['accounts']>,
  personId: PersonId | undefined,
): Promise<readonly Notice[]> => {
  const { act, channel, account } = accounts;
  switch (act) {
    case 'list': {
      if (personId !== undefined) return listOne(turn, personId, desk);
      const usable = byAccount(desk).filter(({ name }) => channel === undefined || name === channel);
      return usable.length === 0 ? refuse(turn, 'noAccountsInUse') : listAll(turn, usable);
    }
    case 'code':
      return personId === undefined ? refuse(turn, 'noPerson') : giveCode(turn, personId);
    case 'test': {
      const inUse = { channels: labelsIn(turn, desk.channels) };
      const meant = channel === undefined ? undefined : channelMeant(desk, channel);
      if (channel === undefined) return refuse(turn, 'noChannel', inUse);
      if (!meant) return refuse(turn, 'notInUse', { ...inUse, channel: labelIn(turn, channel) });
      return testChannel(turn, personId ?? turn.person.id, meant.name);
    }
    case 'revoke':
      return withBoth(turn, desk, personId, channel, (who, where) => proposeRevoking(turn, who, where));
    case 'bind':
      return withBoth(turn, desk, personId, channel, async (who, where) => {
        const named = { person: turn.world.directory.people.get(who)?.name ?? '', channel: labelIn(turn, where) };
        return account === undefined ? refuse(turn, 'noAccount', named) : proposeBinding(turn, who, where, account);
      });
  }
};

/** Namesakes are told apart by a button. */
const askWhich = (turn: Turn, accounts: NonNullable<Understood['accounts']>, ids: readonly PersonId[]): readonly Notice[] => {
  const texts = textsOf(turn);
  const { act, channel, account } = accounts;
  const more = { ...(channel === undefined ? {} : { channel }), ...(account === undefined ? {} : { account }) };
  const buttons = ids
    .slice(0, 6)
    .map((personId) => changeButton(describe(turn, personId), { action: 'chooseForAccount', act, personId, ...more }));
  return sayCard(turn, { heading: texts.headings.which, lines: [texts.whichHint], buttons });
};

/** Plain yes or no to what was proposed. */
const answerProposal = async (turn: Turn, said: Understood, desk: AccountDesk): Promise<readonly Notice[] | undefined> => {
  if (said.answer === undefined || turn.message.isGroup) return undefined;
  const { question } = await readDialogue(turn);
  if (question?.kind !== 'account' || turn.change.now - question.askedAt >= proposalMs) return undefined;
  // A check that came after the question is what they answer.
  if ((await readOwed(turn)).some(({ openedAt }) => openedAt >= question.askedAt)) return undefined;
  return pressAccounts(turn, said.answer === 'yes' ? question.pressed : { action: 'cancelAccount' }, desk);
};

/** What is said about accounts and channels; undefined for everything else. */
export const hearAccounts = async (turn: Turn, said: Understood, desk: AccountDesk): Promise<readonly Notice[] | undefined> => {
  if (said.intent !== 'accounts' || said.accounts === undefined) return answerProposal(turn, said, desk);
  if (!mayLookAfter(turn)) return turn.message.isGroup ? [] : refuse(turn, 'office');
  const { accounts, person } = said;
  if (accounts.name !== undefined) return refuse(turn, 'unknownPerson', { name: accounts.name });
  const ids = (person?.ids ?? []).filter((id) => !turn.world.directory.people.get(id)?.isDisabled);
  if (person && ids.length === 0) return refuse(turn, 'disabled', { person: person.name });
  return ids.length > 1 ? askWhich(turn, accounts, ids) : doAs(turn, desk, accounts, ids[0]);
};

const acts = ['code', 'bind', 'revoke', 'list', 'test'] as const;

/** A button of such a card; undefined for one that is about something else. */
export const pressAccounts = async (turn: Turn, value: unknown, desk: AccountDesk): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, personId, channel, account, act } = value as { readonly [key: string]: unknown };
  const ours = ['bindAccount', 'revokeAccount', 'askRevoke', 'cancelAccount', 'bindingCode', 'chooseForAccount', 'testChannel'];
  if (typeof action !== 'string' || !ours.includes(action)) return undefined;
  if (!mayLookAfter(turn)) return refuse(turn, 'office');
  if (action === 'cancelAccount') {
    await remember(turn, undefined);
    return [reply(turn, 'reply.undone', { lines: [] })];
  }
  const who = typeof personId === 'string' ? turn.world.directory.people.get(personId) : undefined;
  if (!who || who.isDisabled) return refuse(turn, 'moved');
  const where = desk.channels.find(({ name }) => name === channel)?.name;
  const which = typeof account === 'string' && /^[!-~]{1,200}$/u.test(account) ? account : undefined;
  if (action === 'bindingCode') return giveCode(turn, who.id);
  if (action === 'chooseForAccount') {
    const chosen = acts.find((one) => one === act);
    if (chosen === undefined) return refuse(turn, 'moved');
    const more = { ...(typeof channel === 'string' ? { channel } : {}), ...(which === undefined ? {} : { account: which }) };
    return doAs(turn, desk, { act: chosen, ...more }, who.id);
  }
  if (where === undefined) return refuse(turn, 'moved');
  if (action === 'testChannel') return testChannel(turn, who.id, where);
  if (which === undefined || !byAccount(desk).some(({ name }) => name === where)) return refuse(turn, 'moved');
  if (action === 'askRevoke') return proposeRevoking(turn, who.id, where);
  return action === 'bindAccount' ? bindNow(turn, who.id, where, which) : revokeNow(turn, who.id, where, which);
};
