import type { DutyRole } from '../../src/domain/roster/roster.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { foldText } from './grid.ts';
import { appointmentRoleIn, dutyRoleIn, exactKind, partKind } from './header-words.ts';
import { findPhones } from './phones.ts';
import type { Phone } from './phones.ts';

export type ReadPerson = {
  readonly name: string;
  readonly mobile?: string;
  readonly landline?: string;
  readonly email?: string;
  readonly title?: string;
  /** Where the cell itself says it: `A: …` or a word in brackets behind the name. */
  readonly role?: DutyRole;
};

export type PeopleProblem = {
  readonly code: 'ZG_NAME_UNCLEAR' | 'ZG_PHONE_INVALID' | 'ZG_SECOND_PHONE' | 'ZG_NAME_MISSING';
  readonly text: string;
};

export type ReadPeople = {
  readonly people: readonly ReadPerson[];
  /** Numbers beside no name: a column of numbers alone. */
  readonly phones: readonly Phone[];
  readonly problems: readonly PeopleProblem[];
};

type Token =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'phone'; readonly phone: Phone }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'label'; readonly role: DutyRole }
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'break' };

export type NameOracle = (name: string) => boolean;

const isChinese = (text: string): boolean => /^[\p{Script=Han}\u00b7]+$/u.test(text);
const isName = (text: string): boolean =>
  (isChinese(text) && text.length >= 2 && text.length <= (text.includes('\u00b7') ? 20 : 6)) || /^[A-Za-z][A-Za-z .'-]+$/.test(text);

export const isEmptyMark = (text: string): boolean => {
  const bare = text.replace(/\s+/g, '');
  return bare === '' || (vocabulary.emptyMarks as readonly string[]).includes(bare);
};

/** Single characters in a row, put together as names that are known; null where some are not. */
const joinKnown = (singles: readonly string[], isKnown: NameOracle): readonly string[] | null => {
  if (singles.length === 0) return [];
  for (let length = 2; length <= Math.min(4, singles.length); length += 1) {
    const name = singles.slice(0, length).join('');
    const rest = isKnown(name) ? joinKnown(singles.slice(length), isKnown) : null;
    if (rest) return [name, ...rest];
  }
  return null;
};

/** Two single characters are a name with a space in it, and so are three; more are pairs, unless the surname is a long one. */
const joinSingles = (singles: readonly string[], isKnown: NameOracle): readonly string[] | null => {
  const known = joinKnown(singles, isKnown);
  if (known) return known;
  const isLongSurname = (vocabulary.compoundSurnames as readonly string[]).includes(singles.slice(0, 2).join(''));
  if (singles.length === 2 || singles.length === 3 || (singles.length === 4 && isLongSurname)) return [singles.join('')];
  if (singles.length % 2 !== 0) return null;
  return Array.from({ length: singles.length / 2 }, (_, index) => singles.slice(index * 2, index * 2 + 2).join(''));
};

/** Names in a piece of text between separators, where spaces stand within names and between them alike. */
const splitNames = (words: readonly string[], isKnown: NameOracle): readonly string[] | null => {
  const names: string[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? '';
    if (word.length > 1) {
      const next = words[index + 1];
      const isSurname = (vocabulary.compoundSurnames as readonly string[]).includes(word);
      const takesNext = next !== undefined && isChinese(next) && (isSurname || (isKnown(word + next) && !isKnown(word)));
      names.push(takesNext ? word + next : word);
      index += takesNext ? 2 : 1;
      continue;
    }
    let end = index;
    while (end < words.length && words[end]?.length === 1) end += 1;
    const follower = words[end];
    if (end - index === 1) {
      if (follower === undefined || follower.length > 3) return null;
      names.push(word + follower);
      index = end + 1;
      continue;
    }
    const joined = joinSingles(words.slice(index, end), isKnown);
    if (!joined) return null;
    names.push(...joined);
    index = end;
  }
  return names;
};

/** Names that run together without anything between them, where all of them are known. */
const splitKnown = (text: string, isKnown: NameOracle): readonly string[] => {
  if (text.length < 4 || isKnown(text)) return [text];
  for (let length = 2; length <= 4; length += 1) {
    const head = text.slice(0, length);
    if (!isKnown(head)) continue;
    const rest = text.slice(length);
    const tail = isKnown(rest) ? [rest] : splitKnown(rest, isKnown);
    if (tail.length > 0 && tail.every(isKnown)) return [head, ...tail];
  }
  return [text];
};

/** A word that is a title and nothing else: `deputy head`, or a section's name with a title behind it. */
const titleOf = (word: string): string | undefined => {
  const end = vocabulary.titleEnds.find((title) => word.endsWith(title));
  if (end === undefined || word.length < 2) return undefined;
  const before = word.slice(0, word.length - end.length);
  const isBare = before === '' || (vocabulary.titleStarts as readonly string[]).includes(before);
  return isBare || vocabulary.bodyMarks.some((mark) => before.includes(mark)) ? word : undefined;
};

/** A title may follow the name without a space: the name is what stands before it. */
const cutTitle = (word: string, isKnown: NameOracle): { name: string; title?: string } => {
  if (word.length < 4 || isKnown(word)) return { name: word };
  const end = vocabulary.titleEnds.find((title) => word.endsWith(title));
  if (end === undefined) return { name: word };
  const at = word.length - end.length;
  const from = (vocabulary.titleStarts as readonly string[]).includes(word[at - 1] ?? '') ? at - 1 : at;
  return from >= 2 && from <= 4 ? { name: word.slice(0, from), title: word.slice(from) } : { name: word };
};

const nameTokens = (text: string, isFirst: boolean, isKnown: NameOracle, problems: PeopleProblem[]): readonly Token[] => {
  const bare = text.replace(/[()*#:]/g, ' ').trim();
  if (isEmptyMark(bare)) return [];
  if (/^[A-Za-z]/.test(bare) && isName(bare)) return [{ kind: 'name', name: bare.replace(/\s+/g, ' ') }];
  const words = bare.split(/\s+/).filter((word) => !(vocabulary.joiners as readonly string[]).includes(word));
  const titles = words.filter((word, index) => (index > 0 || !isFirst) && word.length > 1 && titleOf(word) !== undefined && !isKnown(word));
  const names = splitNames(
    words.filter((word) => !titles.includes(word)),
    isKnown,
  );
  if (!names) {
    problems.push({ code: 'ZG_NAME_UNCLEAR', text: bare });
    return [];
  }
  const tokens: Token[] = [];
  for (const word of names) {
    const { name, title } = cutTitle(word, isKnown);
    for (const one of splitKnown(name, isKnown)) {
      if (isName(one)) tokens.push({ kind: 'name', name: one });
      else problems.push({ code: 'ZG_NAME_UNCLEAR', text: one });
    }
    if (title !== undefined) tokens.push({ kind: 'title', text: title });
  }
  return [...tokens, ...titles.map((title): Token => ({ kind: 'title', text: title }))];
};

const phoneMark = '\ue000';

/** `Zhao Ming: 138…`, where nothing else in front of the number is a name. */
const isNameBefore = (label: string, next: string | undefined, tokens: readonly Token[]): boolean => {
  const hasName = tokens
    .slice(tokens.findLastIndex(({ kind }) => kind === 'break' || kind === 'phone') + 1)
    .some(({ kind }) => kind === 'name');
  const isLabel = (vocabulary.numberLabels as readonly string[]).includes(label);
  const isHeading = isLabel || exactKind(label) !== undefined || partKind(label) !== undefined || appointmentRoleIn(label) !== undefined;
  return next?.trim().startsWith(phoneMark) === true && !hasName && !isHeading && isName(label);
};

const separators = /[\u3001,;/|\n\u3002]/;

const tokenise = (text: string, isKnown: NameOracle, problems: PeopleProblem[]): readonly Token[] => {
  const phones = findPhones(text);
  let marked = '';
  let at = 0;
  for (const { index, length } of phones) {
    marked += text.slice(at, index) + phoneMark;
    at = index + length;
  }
  marked += text.slice(at);
  const tokens: Token[] = [];
  let nextPhone = 0;
  const pieces = marked
    .split(/(\ue000|\([^()]*\)|[\u3001,;/|\n\u3002]|[^\s\u3001,;/|\n:()\ue000]+:)/)
    .filter((piece) => piece !== undefined && piece.trim() !== '');
  for (const [index, piece] of pieces.entries()) {
    if (piece.includes(phoneMark)) {
      for (const char of piece) {
        const phone = char === phoneMark ? phones[nextPhone++] : undefined;
        if (phone) tokens.push({ kind: 'phone', phone });
      }
    } else if (piece.startsWith('(') && piece.endsWith(')')) tokens.push({ kind: 'remark', text: piece.slice(1, -1) });
    else if (separators.test(piece) && piece.length === 1) tokens.push({ kind: 'break' });
    else if (piece.endsWith(':') && piece.length > 1) {
      const role = dutyRoleIn(piece);
      const name = piece.slice(0, -1);
      if (role) tokens.push({ kind: 'label', role });
      else if (isNameBefore(name, pieces[index + 1], tokens)) tokens.push({ kind: 'name', name });
    } else tokens.push(...nameTokens(piece, !tokens.some(({ kind }) => kind === 'name'), isKnown, problems));
  }
  return tokens;
};

type Draft = { name: string; mobile?: string; landline?: string; title?: string; role?: DutyRole };

const giveTitle = (draft: Draft | undefined, text: string): void => {
  if (!draft) return;
  const role = dutyRoleIn(text);
  if (role) draft.role = role;
  else if (titleOf(text) !== undefined) draft.title ??= text;
};

/** Numbers go to the name before them; several names and then as many numbers go in pairs. */
const givePhones = (drafts: readonly Draft[], run: readonly Draft[], phones: readonly Phone[], problems: PeopleProblem[]): void => {
  const usable = phones.filter(({ kind }) => kind !== 'invalid');
  const mobiles = usable.filter(({ kind }) => kind === 'mobile');
  if (run.length > 1 && mobiles.length === run.length) {
    for (const [index, draft] of run.entries()) draft.mobile = mobiles[index]?.digits ?? '';
    return;
  }
  const owner = drafts.at(-1);
  if (!owner) return;
  for (const { kind, digits } of usable) {
    if (kind === 'landline') owner.landline ??= digits;
    else if (owner.mobile === undefined) owner.mobile = digits;
    else if (owner.mobile !== digits) problems.push({ code: 'ZG_SECOND_PHONE', text: digits });
  }
};

/** The people that a cell names, with whatever stands beside each: several by separators, line breaks or spaces. */
export const readPeople = (cellText: string, isKnown: NameOracle = () => false): ReadPeople => {
  const text = foldText(cellText);
  const problems: PeopleProblem[] = [];
  const tokens = tokenise(text, isKnown, problems);
  const drafts: Draft[] = [];
  const loose: Phone[] = [];
  let role: DutyRole | undefined;
  let run: Draft[] = [];
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index];
    if (!token) break;
    index += 1;
    if (token.kind === 'label') role = token.role;
    else if (token.kind === 'remark' || token.kind === 'title') giveTitle(drafts.at(-1), token.text);
    else if (token.kind === 'name') {
      const draft: Draft = role === undefined ? { name: token.name } : { name: token.name, role };
      drafts.push(draft);
      run.push(draft);
    } else if (token.kind === 'phone') {
      const phones: Phone[] = [token.phone];
      for (let ahead = index; ahead < tokens.length; ahead += 1) {
        const next = tokens[ahead];
        if (next?.kind === 'phone') {
          phones.push(next.phone);
          index = ahead + 1;
        } else if (next?.kind !== 'break') break;
      }
      problems.push(
        ...phones.filter(({ kind }) => kind === 'invalid').map(({ digits }): PeopleProblem => ({ code: 'ZG_PHONE_INVALID', text: digits })),
      );
      if (run.length === 0 && drafts.length === 0) loose.push(...phones);
      else givePhones(drafts, run, phones, problems);
      run = [];
    }
  }
  return settleLoose(drafts, loose, problems);
};

/** A number in front of the only name belongs to it. */
const settleLoose = (drafts: readonly Draft[], loose: readonly Phone[], problems: PeopleProblem[]): ReadPeople => {
  const [only] = drafts;
  if (only && drafts.length === 1 && only.mobile === undefined && loose.length > 0) {
    givePhones(drafts, drafts, loose, problems);
    return { people: drafts, phones: [], problems };
  }
  return { people: drafts, phones: loose, problems };
};
