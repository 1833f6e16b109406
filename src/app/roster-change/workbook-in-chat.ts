import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { FileRef } from '../../domain/items/item.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { hasFaults } from '../../domain/organisation/finding.ts';
import { findDoubled } from '../../domain/roster-change/find-doubled.ts';
import { shiftDifferences, type ShiftDifference } from '../../domain/roster-change/shift-differences.ts';
import type { Files } from '../../ports/files.ts';
import type { Campaign } from '../../ports/store.ts';
import type { WorkbookReader } from '../../ports/workbook.ts';
import { readDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';
import { begunOf } from '../items/chat/item-dialogue.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { aboutRosters } from '../../messages/vocabulary-roster-changes.ts';
import { toOutcome } from '../roster/import-outcome.ts';
import { rulesText } from '../shift-change/say-duty.ts';
import { changeIdOf, keepUndoable, sayApplied, tellPeople } from './apply-sentence.ts';
import { changeButton, put, refuseChange, refuseToOthers, sayCard, textsOf } from './change-card.ts';
import { readWorkbook, type ReadWorkbook, type WorkbookAnswers } from './read-workbook.ts';
import { undoableList } from './undoable-list.ts';
import { differenceLines } from './say-differences.ts';

/** A workbook dropped into the chat: read, its faults shown by cell, what it changes shown by shift, applied by one tap. */

export type ChatWorkbooks = Pick<WorkbookAnswers, 'refusesMobile'> & { readonly reader: WorkbookReader; readonly files: Files };

const workbookName = /\.xlsx?$|\.et$|\.xlsm$/iu;
const faultsShown = 8;
const mostDoubled = 5;

/** Files of the office that come with no word, or with a word about rosters; others belong to items. */
const candidate = (turn: Turn, said: Understood | undefined): FileRef | undefined => {
  const { files = [], text = '', isGroup } = turn.message;
  const isMeant = text.trim() === '' || (aboutRosters.test(text) && said?.item === undefined);
  return isGroup || !isMeant ? undefined : files.find(({ name }) => workbookName.test(name));
};

/** Undefined where no workbook came that is a roster or a contact list. */
export const hearWorkbook = async (
  turn: Turn,
  workbooks: ChatWorkbooks | undefined,
  said?: Understood,
): Promise<readonly Notice[] | undefined> => {
  const file = workbooks && candidate(turn, said);
  if (!file) return undefined;
  // An act on an item that waits for files takes them.
  const begun = begunOf(await readDialogue(turn), turn.change.now);
  if (begun?.itemId !== undefined) return undefined;
  const { world, person, change } = turn;
  const isOffice = isOfOffice(world.directory, person.id, change.now);
  const read = await readFile(turn, workbooks, file);
  if (!read) return undefined;
  // A list of people without a word may be what a unit owes; a roster is nobody's but the office's.
  const isWordless = (turn.message.text ?? '').trim() === '';
  if (!isOffice) return isWordless && read.workbook.kind === 'contacts' ? undefined : refuseToOthers(turn, 'officeOnly');
  return show(turn, file, read, 0);
};

const readFile = async (
  turn: Turn,
  { reader, files, ...answers }: ChatWorkbooks,
  file: Pick<FileRef, 'sha256' | 'name'>,
): Promise<{ readonly campaign: Campaign; readonly workbook: ReadWorkbook } | undefined> => {
  const bytes = await files.get(file.sha256);
  if (!bytes) return undefined;
  const campaign = await turn.world.store.loadCampaign();
  const { settings } = turn.world;
  const workbook = await readWorkbook(reader, { bytes, fileName: file.name }, campaign, settings, turn.change.now, turn.person.id, answers);
  return workbook && { campaign, workbook };
};

type Shown = { readonly campaign: Campaign; readonly workbook: ReadWorkbook };

const show = (turn: Turn, file: Pick<FileRef, 'sha256' | 'name'>, { campaign, workbook }: Shown, from: number): readonly Notice[] => {
  const texts = textsOf(turn);
  const locale = turn.message.locale?.startsWith('en') ? 'en' : 'zh-CN';
  const { errors, warnings } = toOutcome(workbook.findings, {}, locale, true, false);
  const carried = { sha256: file.sha256, name: file.name, kind: workbook.kind };
  if (hasFaults(workbook.findings)) {
    const shown = errors.slice(from, from + faultsShown);
    const rest = errors.length - from - shown.length;
    return sayCard(turn, {
      heading: put(texts.headings.faults, { file: file.name, count: errors.length }),
      lines: [
        ...(errors.length > faultsShown
          ? [put(texts.lines.faultCount, { count: errors.length, from: from + 1, to: from + shown.length })]
          : []),
        ...shown.map((one) => put(texts.lines.faultAt, one as unknown as { readonly [name: string]: string }).replace(/^ *[:：]/u, '')),
        ...(rest > 0 ? [put(texts.lines.more, { count: rest })] : []),
        texts.lines.correct,
      ],
      buttons:
        rest > 0 ? [changeButton(texts.buttons.more, { action: 'workbookFaults', ...carried, from: String(from + faultsShown) })] : [],
    });
  }
  const differences = differencesOf(turn, campaign, workbook);
  const isNothing = workbook.kind === 'roster' && differences.length === 0 && workbook.isSameRoster;
  const lines = [
    ...(workbook.kind === 'roster'
      ? [...differenceLines(turn, differences, nameIn(workbook)), ...doubledLines(turn, campaign, workbook)]
      : [put(texts.lines.contactCounts, workbook.counts)]),
    ...(warnings.length > 0 ? [put(texts.lines.warnings, { count: warnings.length })] : []),
  ];
  if (isNothing) return sayCard(turn, { heading: put(texts.headings.nothing, { file: file.name }), lines });
  const value = { action: 'applyWorkbook', ...carried, version: String(campaign.version), digest: digestOf(turn, workbook) };
  return sayCard(turn, {
    heading: put(texts.headings[workbook.kind], { file: file.name }),
    lines: [...lines, texts.lines.tap],
    buttons: [
      changeButton(texts.buttons.applyFile, value, 'positive'),
      changeButton(texts.buttons.cancel, { action: 'cancelRosterChange' }),
    ],
  });
};

/** Whoever it would put on two posts at once, one of them perhaps of a unit that the list does not name. */
const doubledLines = (turn: Turn, { roster }: Campaign, { campaign }: ReadWorkbook): readonly string[] => {
  const doubled = findDoubled(roster, campaign.roster, turn.change.now).slice(0, mostDoubled);
  const rules = rulesText(turn.world, doubled, shiftChangeTextsFor(turn.message.locale));
  return doubled.length === 0 ? [] : [put(textsOf(turn).lines.breaks, { rules })];
};

/** A post may be there only once the list counts. */
const nameIn =
  ({ campaign }: ReadWorkbook) =>
  (postId: string): string =>
    campaign.roster.posts.find(({ id }) => id === postId)?.name ?? postId;

const differencesOf = (turn: Turn, { roster }: Campaign, { campaign }: ReadWorkbook): readonly ShiftDifference[] =>
  shiftDifferences(roster, campaign.roster, turn.change.now);

const digestOf = ({ world }: Turn, { campaign }: ReadWorkbook): string =>
  world.secrets.sha256(JSON.stringify([campaign.roster.shifts, campaign.roster.posts, campaign.organisation.appointments])).slice(0, 16);

const apply = async (turn: Turn, workbooks: ChatWorkbooks, pressed: Pressed): Promise<readonly Notice[]> => {
  const file = fileOf(pressed);
  const read = file && (await readFile(turn, workbooks, file));
  if (!file || !read) return refuseChange(turn, 'fileGone');
  const { campaign, workbook } = read;
  // Exactly what was shown: the same file read against the same campaign.
  const isShown = String(campaign.version) === pressed['version'] && digestOf(turn, workbook) === pressed['digest'];
  if (!isShown || hasFaults(workbook.findings)) return refuseChange(turn, 'moved');
  const { change, message } = turn;
  const texts = textsOf(turn);
  change.campaign = workbook.campaign;
  change.events.push(...workbook.events.map((event) => ({ ...event, channel: message.channel })));
  if (workbook.kind === 'contacts')
    return sayCard(turn, { heading: texts.headings.contactsApplied, lines: [put(texts.lines.contactCounts, workbook.counts)] });
  const differences = differencesOf(turn, campaign, workbook);
  const told = tellPeople(turn, campaign.roster, workbook.campaign.roster, workbook.campaign.organisation);
  const undoable = {
    id: changeIdOf(turn.person.id, turn.change.now, workbook.campaign.roster.version),
    name: file.name,
    ...undoableList(campaign.roster, workbook, differences),
  };
  // what is over already is not taken back: there is no shift ahead until which it could be
  const kept = differences.length === 0 ? undefined : await keepUndoable(turn, undoable, workbook.campaign.roster);
  const version = put(texts.lines.version, { version: workbook.campaign.roster.version });
  return sayApplied(turn, texts.headings.rosterApplied, [...differenceLines(turn, differences, nameIn(workbook)), version], told, kept);
};

type Pressed = { readonly [key: string]: unknown };

const sha256Pattern = /^[0-9a-f]{64}$/u;

const fileOf = ({ sha256, name }: Pressed): Pick<FileRef, 'sha256' | 'name'> | undefined =>
  typeof sha256 === 'string' && sha256Pattern.test(sha256) && typeof name === 'string' && name.length <= 300 ? { sha256, name } : undefined;

/** A button of such a card; undefined for one that is about something else. */
export const pressWorkbook = async (
  turn: Turn,
  pressed: Pressed,
  workbooks: ChatWorkbooks | undefined,
): Promise<readonly Notice[] | undefined> => {
  const { action, from } = pressed;
  if ((action !== 'applyWorkbook' && action !== 'workbookFaults') || !workbooks) return undefined;
  const { world, person, change } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return refuseToOthers(turn, 'officeOnly');
  if (action === 'applyWorkbook') return apply(turn, workbooks, pressed);
  const file = fileOf(pressed);
  const read = file && (await readFile(turn, workbooks, file));
  if (!file || !read) return refuseChange(turn, 'fileGone');
  const at = Number(from);
  return show(turn, file, read, Number.isSafeInteger(at) && at >= 0 ? at : 0);
};
