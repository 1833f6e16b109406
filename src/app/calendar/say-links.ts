import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { evolveFeedLinks, firstLinks, linkNoOf, mayHandOut, type FeedLinks, type FeedOwner } from '../../domain/feed/links.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { calendarTextsFor } from '../../messages/calendar-texts.ts';
import type { Button } from '../../ports/channel.ts';
import type { LinkSigner } from '../../ports/links.ts';
import { isAuditor } from '../acts/auditing.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';
import { put, readInto } from '../change.ts';
import { feedTokenOf, linksId } from './feed-links.ts';

/** What links are made of in a conversation. */
export type LinkMaker = {
  readonly signer: LinkSigner;
  /** Ends with `/`. */
  readonly baseUrl: () => string;
};

const readFeedLinks = async ({ world, change }: Turn): Promise<FeedLinks> => {
  if (!change.entries.has(linksId)) {
    const [stored] = await world.store.load([linksId]);
    readInto(change, linksId, stored);
  }
  const aggregate = change.entries.get(linksId)?.aggregate;
  return aggregate?.type === 'links' ? aggregate.state : firstLinks;
};

const linkLine = (turn: Turn, { signer, baseUrl }: LinkMaker, links: FeedLinks, owner: FeedOwner): string => {
  const { link, feeds } = calendarTextsFor(turn.message.locale);
  const kind = owner === 'all' ? 'all' : turn.world.directory.units.has(owner) ? 'unit' : 'person';
  const name = owner === 'all' ? turn.world.settings.name : nameOf(turn.world, owner);
  const url = `${baseUrl()}calendar/${feedTokenOf(signer, links, owner)}.ics`;
  return link.replace('{name}', () => feeds[kind].replace('{name}', () => name)).replace('{url}', () => url);
};

const refuse = (turn: Turn): readonly Notice[] => {
  const { heading, refused } = calendarTextsFor(turn.message.locale);
  return [reply(turn, 'reply.links', { heading, lines: [refused] })];
};

/** Whose links are meant: those of the units named, else one's own, and the bureau's too for the office. */
const meant = ({ world, person, change }: Turn, said: Understood): readonly FeedOwner[] => {
  const units = (said.units ?? []).map(({ id }) => id);
  if (units.length > 0) return units;
  return isOffice(world.directory, person.id, change.now) ? [person.id, 'all'] : [person.id];
};

const mayAll = ({ world, person, change }: Turn, owners: readonly FeedOwner[]): boolean =>
  owners.every((owner) => mayHandOut(world.directory, person.id, owner, change.now));

/** Gives somebody the links that are theirs to have, in their own conversation. */
export const sayLinks = async (turn: Turn, said: Understood, maker: LinkMaker): Promise<readonly Notice[]> => {
  const owners = meant(turn, said);
  if (!mayAll(turn, owners)) return refuse(turn);
  const links = await readFeedLinks(turn);
  const texts = calendarTextsFor(turn.message.locale);
  const lines = owners.map((owner) => linkLine(turn, maker, links, owner));
  const hints = owners.includes('all') ? [texts.hint, texts.officeHint] : [texts.hint];
  return [reply(turn, 'reply.links', { heading: texts.heading, lines: [...lines, ...hints], owners })];
};

const reset = async (turn: Turn, owners: readonly FeedOwner[], maker: LinkMaker): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  // Whoever audits changes what is theirs alone, also where they are of the office.
  if (isAuditor(world, person) && owners.some((owner) => owner !== person.id)) return [reply(turn, 'reply.refused', { reason: 'auditor' })];
  if (!mayAll(turn, owners)) return refuse(turn);
  let links = await readFeedLinks(turn);
  for (const owner of owners) {
    const data = { owner, no: linkNoOf(links, owner) + 1 };
    const event: LedgerEvent = { at: change.now, event: 'CalendarLinkReset', actor: person.id, channel: message.channel, data };
    change.events.push(event);
    links = evolveFeedLinks(links, event);
  }
  put(change, linksId, { type: 'links', state: links }, null);
  const texts = calendarTextsFor(message.locale);
  const lines = [texts.reset, ...owners.map((owner) => linkLine(turn, maker, links, owner))];
  return [reply(turn, 'reply.links', { heading: texts.heading, lines, owners })];
};

/** Takes back one's own link, or for the office those of the units named, and gives a new one. */
export const resetLinks = (turn: Turn, said: Understood, maker: LinkMaker): Promise<readonly Notice[]> => {
  const units = (said.units ?? []).map(({ id }) => id);
  return reset(turn, units.length > 0 ? units : [turn.person.id], maker);
};

/** Buttons of a card with links: one for each owner. */
export const linkButtons = ({ template, params = {}, to }: Notice): readonly Button[] => {
  const { owners, locale } = params;
  if (template !== 'reply.links' || !Array.isArray(owners)) return [];
  const { buttons } = calendarTextsFor(locale);
  return (owners as readonly string[]).slice(0, 3).flatMap((owner): readonly Button[] => {
    if (owner !== to && owner !== 'all' && owners.length > 1) return [];
    return [{ title: owner === 'all' ? buttons.resetAll : buttons.reset, value: { action: 'resetCalendarLink', owner } }];
  });
};

/** A button of such a card; undefined for one that is about something else. */
export const pressLinks = async (turn: Turn, value: unknown, maker: LinkMaker | undefined): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null || maker === undefined) return undefined;
  const { action, owner } = value as { readonly [key: string]: unknown };
  if (action !== 'resetCalendarLink') return undefined;
  return typeof owner === 'string' ? reset(turn, [owner], maker) : refuse(turn);
};
