import { askCode, forgetCodeAt, tryCode, type PendingCode } from '../../domain/binding/one-time-code.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Stored, Transition, Write } from '../../ports/store.ts';
import { bindingTextsOf } from '../../messages/binding-texts.ts';
import type { World } from '../world.ts';
import { bindAccount, type Load } from './bind-account.ts';

/** Somebody whom no account says who they are. */
export type Stranger = { readonly channel: string; readonly account: string; readonly text: string; readonly locale?: string };

const codeDigits = 6;

/** A code to be read off a phone. */
export const newCode = (world: World): string =>
  String(Math.floor(world.secrets.draw(world.secrets.newSeed(), 'code') * 10 ** codeDigits)).padStart(codeDigits, '0');

/** Salted with whom it is for: six digits by themselves are quickly tried. */
export const digestOf = (world: World, id: string, code: string): string => world.secrets.sha256(`${id} ${code}`);

/** As people write them: in full width, in groups, with dashes. */
const mobilePattern = /(?<!\d)\d{3}[ -]?\d{4}[ -]?\d{4}(?!\d)/u;
const codePattern = /(?<!\d)\d{3}[ -]?\d{3}(?!\d)/u;

const bare = (found: RegExpExecArray | null): string | undefined => found?.[0].replaceAll(/[ -]/gu, '');

const readNumbers = (text: string): { readonly mobile: string | undefined; readonly code: string | undefined } => {
  const plain = text.normalize('NFKC');
  const mobile = bare(mobilePattern.exec(plain));
  return { mobile, code: bare(codePattern.exec(plain.replace(mobilePattern, ' '))) };
};

const codeIdOf = (channel: string, account: string): string => `y${channel}:${account}`;
/** Of a code that the office gives out: for whatever account the person comes with. */
export const officeCodeIdOf = (personId: string): string => `y${personId}`;

const codeOf = (stored: Stored | undefined): PendingCode | undefined =>
  stored?.aggregate.type === 'code' ? stored.aggregate.state : undefined;

const writeCode = (id: string, stored: Stored | undefined, state: PendingCode): Write => ({
  id,
  expected: stored?.version ?? 0,
  aggregate: { type: 'code', state },
  dueAt: forgetCodeAt(state),
});

/** Sends a code to the phone on file. A number of nobody's gets the same words, and no code: nothing is learnt about anybody. */
const sendCode = async (world: World, { channel, account, locale = '' }: Stranger, mobile: string): Promise<string> => {
  const texts = bindingTextsOf(locale);
  if (world.hasSms === false) return texts.askOffice;
  const person = world.directory.byMobile.get(mobile);
  const isKnown = person !== undefined && !person.isDisabled;
  const id = codeIdOf(channel, account);
  const [stored] = await world.store.load([id]);
  const code = newCode(world);
  const now = world.clock.now();
  const wanted = { personId: person?.id ?? '', digest: isKnown ? digestOf(world, id, code) : '' };
  const asked = askCode(codeOf(stored), wanted, now);
  if (asked.status === 'tooMany') return texts.tooMany;
  const notice: Notice = { to: wanted.personId, via: 'sms', template: 'binding.code', params: { code, locale } };
  const notices = isKnown ? [notice] : [];
  const events = [{ at: now, event: 'BindingCodeSent', channel, data: { personId: wanted.personId }, personal: { account } }] as const;
  const [result] = await world.store.commit([{ writes: [writeCode(id, stored, asked.pending)], events, notices }], world.campaignVersion);
  return result === 'committed' ? texts.codeSent : texts.again;
};

const takeCode = async (world: World, { channel, account, locale = '' }: Stranger, id: string, code: string): Promise<string> => {
  const texts = bindingTextsOf(locale);
  const [stored] = await world.store.load([id]);
  const tried = tryCode(codeOf(stored), digestOf(world, id, code), world.clock.now());
  if (tried.pending === undefined) return texts.spent;
  const write = writeCode(id, stored, tried.pending);
  if (tried.status !== 'right') {
    const [result] = await world.store.commit([{ writes: [write], events: [], notices: [] }], world.campaignVersion);
    return result === 'committed' ? texts[tried.status] : texts.again;
  }
  const person = world.directory.people.get(tried.personId);
  if (!person || person.isDisabled) return texts.wrong;
  const way = id === codeIdOf(channel, account) ? 'code' : 'office';
  await bindAccount(world, { channel, account, personId: person.id, way }, [write]);
  return texts.bound.replace('{name}', person.name);
};

/**
 * What an account hears that belongs to nobody: how to be bound, and how that goes on. It learns nothing about anybody,
 * and can do nothing else.
 */
export const talkToStranger = async (world: World, stranger: Stranger): Promise<string> => {
  const { mobile, code } = readNumbers(stranger.text);
  const { channel, account } = stranger;
  if (mobile !== undefined && code !== undefined) {
    const person = world.directory.byMobile.get(mobile);
    return takeCode(world, stranger, officeCodeIdOf(person?.id ?? ''), code);
  }
  if (code !== undefined) return takeCode(world, stranger, codeIdOf(channel, account), code);
  if (mobile !== undefined) return sendCode(world, stranger, mobile);
  const texts = bindingTextsOf(stranger.locale ?? '');
  return world.hasSms === false ? texts.askOffice : texts.how;
};

/** A code for somebody who comes with an account of theirs, given out by the office; the one before holds no more. */
export const decideOfficeCode = async (
  world: World,
  load: Load,
  { personId, by }: { readonly personId: string; readonly by?: string },
): Promise<{ readonly code: string; readonly decided: Transition } | 'tooMany'> => {
  const id = officeCodeIdOf(personId);
  const [stored] = await load([id]);
  const code = newCode(world);
  const now = world.clock.now();
  const asked = askCode(codeOf(stored), { personId, digest: digestOf(world, id, code) }, now);
  if (asked.status === 'tooMany') return 'tooMany';
  const events = [
    { at: now, event: 'BindingCodeSent', ...(by === undefined ? {} : { actor: by }), data: { personId, way: 'office' } },
  ] as const;
  return { code, decided: { writes: [writeCode(id, stored, asked.pending)], events, notices: [] } };
};

/** The same, committed at once. */
export const makeOfficeCode = async (
  world: World,
  personId: string,
  by?: string,
): Promise<{ readonly code: string } | 'tooMany' | 'busy'> => {
  const made = await decideOfficeCode(world, (ids) => world.store.load(ids), { personId, ...(by === undefined ? {} : { by }) });
  if (made === 'tooMany') return made;
  const [result] = await world.store.commit([made.decided], world.campaignVersion);
  return result === 'committed' ? { code: made.code } : 'busy';
};
