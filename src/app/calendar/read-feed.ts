import type { FeedOwner } from '../../domain/feed/links.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import type { Holder, Shift } from '../../domain/roster/roster.ts';
import { shiftKey, type ShiftMarks } from '../../domain/roster/shift-marks.ts';
import { calendarTextsFor, type CalendarTexts } from '../../messages/calendar-texts.ts';
import type { Feed, FeedEvent, LinkSigner, WriteFeed } from '../../ports/links.ts';
import type { World } from '../world.ts';
import { refreshWorld } from '../world.ts';
import type { RosterHistory } from '../roster/roster-history.ts';
import { ownerOfToken } from './feed-links.ts';

/** Shifts that ended longer ago are left out. */
const pastMs = 62 * 86_400_000;
const mostEvents = 20_000;

const holderText = (directory: Directory, { role, personId }: Holder, texts: CalendarTexts): string =>
  texts.holder.replace('{role}', texts.roles[role]).replace('{name}', () => directory.people.get(personId)?.name ?? '');

const summaryOf = (directory: Directory, owner: FeedOwner, shift: Shift, texts: CalendarTexts): string => {
  const post = directory.posts.get(shift.postId)?.name ?? '';
  const own = shift.holders.find(({ personId }) => personId === owner);
  if (own) return texts.own.replace('{post}', () => post).replace('{role}', texts.roles[own.role]);
  const holders = shift.holders.map((holder) => holderText(directory, holder, texts));
  return texts.others.replace('{post}', () => post).replace('{holders}', () => holders.join(texts.comma) || texts.nobody);
};

const isAbout = ({ posts }: Directory, owner: FeedOwner, { postId, holders }: Shift): boolean =>
  owner === 'all' || posts.get(postId)?.unitId === owner || holders.some(({ personId }) => personId === owner);

export type FeedContext = {
  readonly directory: Directory;
  readonly marks: ShiftMarks;
  readonly bureau: string;
  readonly campaign: string;
  readonly timeZone: string;
  readonly now: number;
};

const nameOfFeed = ({ directory, campaign }: FeedContext, owner: FeedOwner, texts: CalendarTexts): string => {
  if (owner === 'all') return texts.feeds.all.replace('{name}', () => campaign);
  const unit = directory.units.get(owner);
  if (unit) return texts.feeds.unit.replace('{name}', () => shortNameOf(unit));
  return texts.feeds.person.replace('{name}', () => directory.people.get(owner)?.name ?? '');
};

/** The shifts of a person, a unit or everybody as they are stood, with who stands them and no number of anybody. */
export const feedOf = (context: FeedContext, owner: FeedOwner): Feed => {
  const { directory, marks, bureau, timeZone, now } = context;
  const texts = calendarTextsFor(undefined);
  const shifts = directory.roster.shifts.filter((shift) => shift.to > now - pastMs && isAbout(directory, owner, shift));
  const events = shifts.slice(0, mostEvents).map((shift): FeedEvent => {
    const key = shiftKey(shift);
    const mark = marks.get(key)?.mark ?? { sequence: 0, modifiedAt: now };
    const isOwn = owner !== 'all' && !directory.units.has(owner);
    return {
      // In one's own calendar a shift that went and came back is the same; it is another than the unit's.
      uid: `${key}${isOwn ? `-${owner}` : ''}@${bureau}.zaigang`,
      from: shift.from,
      to: shift.to,
      summary: summaryOf(directory, owner, shift, texts),
      ...mark,
    };
  });
  return { name: nameOfFeed(context, owner, texts), timeZone, events };
};

export type FeedDoor = {
  /** The calendar behind a link; undefined where the link opens nothing. */
  readonly read: (token: string) => Promise<{ readonly ics: string } | undefined>;
};

export const createFeedDoor = (
  world: World,
  parts: { readonly signer: LinkSigner; readonly write: WriteFeed; readonly history: () => Promise<RosterHistory> },
): FeedDoor => ({
  read: async (token) => {
    await refreshWorld(world);
    const { directory, settings, store } = world;
    const owner = await ownerOfToken({ signer: parts.signer, store, directory }, token);
    if (owner === undefined) return undefined;
    const { marks } = await parts.history();
    const context = {
      directory,
      marks,
      bureau: settings.bureau,
      campaign: settings.name,
      timeZone: settings.timeZone,
      now: world.clock.now(),
    };
    return { ics: await parts.write(feedOf(context, owner)) };
  },
});
