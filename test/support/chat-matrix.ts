import { expect } from 'vitest';
import { renderNotice } from '../../src/app/notices/render-notice.ts';
import { dialogueIdOf } from '../../src/app/world.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import { cardActs } from './chat-acts.ts';
import { idOf, organisation, type Name } from './invented.ts';
import { wholeText } from './recording-channel.ts';
import type { Story } from './story.ts';

/** Everybody tries every act, as pressed by a forger or typed; nothing of it is kept, so that one world serves them all. */

/** Whoever audits is of the office too: what keeps them from acting is that they audit, and nothing else. */
const players = {
  office: '冯主任',
  leader: '周局长',
  shiftLeader: '王带班',
  principal: '东局长',
  liaison: '东联络',
  onDuty: '东主班',
  /** Of the unit, and on duty at another time. */
  colleague: '次日班',
  otherLiaison: '西联络',
  elsewhere: '西主班',
  auditor: '陈干事',
  /** Was of the office once. */
  gone: '李联系',
} as const satisfies { readonly [role: string]: Name };

type Player = keyof typeof players;
type Role = Player | 'stranger' | 'unbound';

const known = Object.keys(players).filter((role) => role !== 'gone') as readonly Player[];
const nobodies: readonly Role[] = ['gone', 'stranger', 'unbound'];
const everyRole: readonly Role[] = [...known, ...nobodies];

export const settings = { auditors: organisation.people.filter(({ id }) => id === idOf(players.auditor)).map(({ mobile }) => mobile) };

/** Does in the office what whoever plays it must not have done before. */
export const clerk = 'm90';

const ofOffice = (personId: string) => ({ role: 'member', of: 'g1', personId, from: 0 }) as const;

/** The invented bureau, with one more in its office, and one who was of it and is disabled. */
export const people = {
  ...organisation,
  people: [
    ...organisation.people.map((one) => (one.id === idOf(players.gone) ? { ...one, isDisabled: true } : one)),
    { id: clerk, name: '吴干事', mobile: '13800000090' },
  ],
  appointments: [...organisation.appointments, ofOffice(idOf(players.gone)), ofOffice(clerk)],
};

export type Said = Partial<Pick<InboundMessage, 'text' | 'value' | 'files'>>;

/** `lent`: whose conversation is taken for the forger's own, as if they had been of the office a moment ago. */
export type World = { readonly story: Story; readonly tries: { readonly [name: string]: Said }; readonly lent?: Name };

const sourceOf = (role: Role): Pick<InboundMessage, 'channel' | 'from'> => {
  if (role === 'stranger') return { channel: 'webchat', from: 'm999' };
  // an account that is called as somebody of the office is, and is bound to nobody
  if (role === 'unbound') return { channel: 'wecom', from: idOf(players.office) };
  return { channel: 'webchat', from: idOf(players[role]) };
};

const lending = ({ store, world }: Story, from: string, lent: Name | undefined): Story['world'] => {
  if (lent === undefined) return world;
  const [own, theirs] = [dialogueIdOf(from), dialogueIdOf(idOf(lent))];
  const load: typeof store.load = async (ids) => {
    const found = await store.load(ids.map((id) => (id === own ? theirs : id)));
    return found.map((one, index) => one && { ...one, id: ids[index]! });
  };
  return { ...world, store: { ...store, load } };
};

type Outcome = {
  /** Rows of the ledger, but for that somebody is there. */
  readonly events: readonly string[];
  /** What else would be otherwise than before, but for the conversation itself. */
  readonly changes: readonly string[];
  readonly text: string;
  readonly replies: number;
};

/** Written for whoever says anything at all: what proves contact, and what was said last. */
const isOfTalk = (id: string, from: string): boolean => id.startsWith('w') || id === dialogueIdOf(from);

const tryAs = async (role: Role, name: string, { story, tries, lent }: World, isGroup = false): Promise<Outcome> => {
  const { world, clock, decide } = story;
  const source = sourceOf(role);
  const message: InboundMessage = {
    id: `t-${role}-${name}`,
    conversation: isGroup ? 'g:office' : source.from,
    isGroup,
    receivedAt: clock.now(),
    ...source,
    ...tries[name],
  };
  const identify = (channel: string, from: string) => (channel === 'webchat' ? world.directory.people.get(from) : undefined);
  const { transition, replies } = await decide(message, { world: lending(story, source.from, lent), identify });
  const { events, notices, writes, campaign } = transition;
  const texts = replies.map((notice) => {
    const { card, text } = renderNotice(world, notice, undefined, clock.now());
    return `${notice.template} ${text} ${card.lines.join(' ')} ${JSON.stringify(notice.params)}`;
  });
  return {
    events: events.map(({ event }) => event).filter((event) => event !== 'ContactProven'),
    changes: [
      ...notices.map(({ to, template }) => `${template} to ${to}`),
      ...writes.filter(({ id }) => !isOfTalk(id, source.from)).map(({ id }) => `state of ${id}`),
      ...(campaign ? ['the campaign'] : []),
    ],
    text: texts.join('\n'),
    replies: replies.length,
  };
};

/**
 * Who may, and what comes of it: rows of the ledger and what others are told, or, of a mere look, what the reader is told
 * while nothing is otherwise than before. Whoever is not named leaves nothing behind, and hears why.
 */
export type Row = readonly (readonly [who: string, comes: string | RegExp])[];

export const row = (who: string, comes: string | RegExp, ...more: Row): Row => [[who, comes], ...more];

const comesOf = (outcome: Outcome, comes: string | RegExp): boolean => {
  const left = leftBy(outcome);
  if (typeof comes !== 'string') return left.length === 0 && comes.test(outcome.text);
  return comes.split(' ').every((one) => left.some((text) => text === one || text.startsWith(`${one} to `)));
};

const leftBy = ({ events, changes }: Outcome): readonly string[] => [...events, ...changes];

/** Of the office, and may do nothing of its own: nobody is sent to them. */
const idle = organisation.people.filter(({ id }) => [idOf(players.gone), idOf(players.auditor)].includes(id)).map(({ mobile }) => mobile);

const isNamed = (who: string, role: Role): boolean =>
  who.split(' ').some((one) => one === role || (one === 'everybody' && !nobodies.includes(role)));

const faultOf = (role: Role, table: Row, outcome: Outcome): string | undefined => {
  const { replies, text } = outcome;
  const said = text.slice(0, 300);
  const may = table.filter(([who]) => isNamed(who, role));
  if (may.length > 0)
    return may.some(([, comes]) => comesOf(outcome, comes)) ? undefined : `may, and gets ${leftBy(outcome).join(', ')}: ${said}`;
  if (leftBy(outcome).length > 0) return `may not, and leaves ${leftBy(outcome).join(', ')}`;
  if (nobodies.includes(role)) return replies === 0 ? undefined : `is nobody, and is told ${said}`;
  if (table.some(([, comes]) => comesOf(outcome, comes))) return `may not, and is told ${said}`;
  if (idle.some((mobile) => text.includes(mobile))) return `is sent to somebody who cannot help: ${said}`;
  return replies === 0 || /undefined|NaN/u.test(text) ? `may not, and is not told why: ${said}` : undefined;
};

/** Before everybody nobody does what they may not do by themselves. */
const faultInGroup = async (role: Role, name: string, world: World, table: Row): Promise<string | undefined> => {
  if (table.some(([who]) => isNamed(who, role))) return undefined;
  const left = leftBy(await tryAs(role, name, world, true));
  return left.length > 0 ? `may not, and in the group leaves ${left.join(', ')}` : undefined;
};

/** What is otherwise than the table says, one line each. */
export const differencesIn = async (world: World, table: { readonly [name: string]: Row }): Promise<readonly string[]> => {
  const { store, chat } = world.story;
  const before = store.rows().length;
  const differences: string[] = [];
  for (const name of Object.keys(world.tries))
    for (const role of everyRole) {
      const expected = table[name];
      const fault = expected
        ? (faultOf(role, expected, await tryAs(role, name, world)) ?? (await faultInGroup(role, name, world, expected)))
        : 'has no row';
      if (fault !== undefined) differences.push(`${name}: ${role} ${fault}`);
    }
  expect(store.rows()).toHaveLength(before);
  for (const to of chat.everybody())
    for (const seen of chat.seenBy(to)) {
      seen.isRead = true;
      for (const { value, title } of seen.message.card?.buttons ?? [])
        expect(cardActs.has(value.action), `${title} on ${wholeText(seen.first)}`).toBe(true);
    }
  return differences;
};
