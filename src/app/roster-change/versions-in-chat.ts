import { normalise } from '../../domain/command/normalise.ts';
import { compile } from '../../domain/command/compiled-vocabulary.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { shiftDifferences, type ShiftDifference } from '../../domain/roster-change/shift-differences.ts';
import { applyOverrides } from '../../domain/roster/apply-overrides.ts';
import { emptyRoster } from '../../domain/roster/roster.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { rosterVersionsAsked } from '../../messages/vocabulary-roster-changes.ts';
import { vocabulary } from '../../messages/vocabulary.ts';
import { proveContact } from '../acts/answer.ts';
import { nameOf, readOwn, type Turn } from '../acts/speaker.ts';
import type { RosterHistory, RosterVersion } from '../roster/roster-history.ts';
import { instantText, spanText } from '../shift-change/say-duty.ts';
import { changeButton, put, refuseChange, refuseToOthers, sayCard, textsOf } from './change-card.ts';
import { differenceLines } from './say-differences.ts';

/** Which versions the roster has had, who changed it when and what that changed: for the office. */

type History = () => Promise<RosterHistory>;

const mostVersions = 12;
const mostButtons = 5;
const mostShifts = 20;

/** What a version changed of what was ahead as it began to count. */
const changedBy = (versions: readonly RosterVersion[], index: number): readonly ShiftDifference[] => {
  const { roster, at } = versions[index]!;
  return shiftDifferences(versions[index - 1]?.roster ?? emptyRoster, roster, at);
};

const headOf = (turn: Turn, versions: readonly RosterVersion[], index: number): string => {
  const texts = textsOf(turn);
  const { version, at, actor, by } = versions[index]!;
  const differences = changedBy(versions, index);
  const countOf = (type: ShiftDifference['type']): number => differences.filter((one) => one.type === type).length;
  return put(texts.lines.versionOf, {
    version,
    at: instantText(turn.world, at, shiftChangeTextsFor(turn.message.locale)),
    by: actor === undefined ? texts.changedBy.command : nameOf(turn.world, actor),
    how: texts.changedBy[by],
    added: countOf('added'),
    changed: countOf('changed'),
    gone: countOf('gone'),
  });
};

const showButton = (turn: Turn, { version }: RosterVersion) =>
  changeButton(put(textsOf(turn).buttons.showVersion, { version }), { action: 'showRosterVersion', version: String(version) });

const list = (turn: Turn, { versions }: RosterHistory): readonly Notice[] => {
  const texts = textsOf(turn);
  const first = Math.max(0, versions.length - mostVersions);
  const shown = versions.map((_, index) => index).slice(first);
  const lines = shown.toReversed().map((index) => headOf(turn, versions, index));
  const now = versions.at(-1);
  return sayCard(turn, {
    heading: texts.headings.versions,
    lines: [
      ...(now ? [put(texts.lines.versionNow, { version: now.version })] : []),
      ...lines,
      ...(first > 0 ? [put(texts.lines.earlier, { count: first })] : []),
    ],
    buttons: versions
      .slice(-mostButtons)
      .toReversed()
      .map((one) => showButton(turn, one)),
  });
};

const show = (turn: Turn, { versions }: RosterHistory, version: number): readonly Notice[] => {
  const texts = textsOf(turn);
  const words = shiftChangeTextsFor(turn.message.locale);
  const index = versions.findLastIndex((one) => one.version === version);
  const found = versions[index];
  if (!found) return refuseChange(turn, 'noVersion', { version: String(version) });
  const names = new Map(found.roster.posts.map(({ id, name }) => [id, name]));
  const nameOfPost = (postId: string): string => names.get(postId) ?? nameOf(turn.world, postId);
  const ahead = applyOverrides(found.roster)
    .shifts.filter(({ to }) => to > turn.change.now)
    .toSorted((a, b) => a.from - b.from);
  const shifts = ahead.slice(0, mostShifts).map((shift) => {
    const holders = shift.holders.map(({ role, personId }) => `${texts.roles[role]} ${nameOf(turn.world, personId)}`).join(texts.comma);
    return put(texts.lines.versionShift, {
      post: nameOfPost(shift.postId),
      span: spanText(turn.world, shift, words),
      holders: holders === '' ? texts.nobody : holders,
    });
  });
  return sayCard(turn, {
    heading: put(texts.headings.version, { version }),
    lines: [
      headOf(turn, versions, index),
      ...differenceLines(turn, changedBy(versions, index), nameOfPost).slice(1),
      ...(shifts.length === 0 ? [] : [texts.lines.stands, ...shifts]),
      ...(ahead.length > shifts.length ? [put(texts.lines.shiftsMore, { count: ahead.length - shifts.length })] : []),
    ],
    buttons: [changeButton(texts.buttons.versions, { action: 'rosterVersions' })],
  });
};

const isOffice = ({ world, person, change }: Turn): boolean => isOfOffice(world.directory, person.id, change.now);

const longestAsked = 60;

/** Undefined for any other message. */
export const hearVersions = async (turn: Turn, history: History): Promise<readonly Notice[] | undefined> => {
  const { text = '', isGroup } = turn.message;
  if (isGroup || text.length > longestAsked) return undefined;
  const asked = rosterVersionsAsked.exec(normalise(text, compile(vocabulary)).bare);
  if (!asked) return undefined;
  await readOwn(turn);
  proveContact(turn, 'contact');
  if (!isOffice(turn)) return refuseToOthers(turn, 'versionsOfOffice');
  const version = asked[1] ?? asked[2];
  return version === undefined ? list(turn, await history()) : show(turn, await history(), Number(version));
};

/** A button of such a card; undefined for one that is about something else. */
export const pressVersions = async (turn: Turn, value: unknown, history: History): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, version } = value as { readonly [key: string]: unknown };
  if (action !== 'showRosterVersion' && action !== 'rosterVersions') return undefined;
  if (!isOffice(turn)) return refuseToOthers(turn, 'versionsOfOffice');
  return action === 'rosterVersions' ? list(turn, await history()) : show(turn, await history(), Number(version));
};
