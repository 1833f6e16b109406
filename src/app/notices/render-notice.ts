import { readFailureCause } from '../../domain/escalation/channel-failure.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { resolveRole } from '../../domain/escalation/resolve.ts';
import { lateMsOf } from '../../domain/escalation/lateness.ts';
import { askingTemplates, ownEndOf } from '../../domain/escalation/announce.ts';
import { isEnded, isItemClock, type CallResult, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Template } from '../../domain/escalation/template.ts';
import { toIso } from '../../domain/local-time.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import { fill, type ButtonKey, type Catalogue, type FactKey } from '../../messages/catalogue.ts';
import { en } from '../../messages/en.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import type { Button, Card, OutgoingMessage } from '../../ports/channel.ts';
import { nameOf, subjectsOfPerson, timeOf } from '../acts/speaker.ts';
import { isHandoverNotice, renderHandoverNotice } from '../handover/render-handover.ts';
import { itemButtons, myItemsButton } from '../items/cards/item-buttons.ts';
import { isProposalNotice, renderProposal } from '../roster-change/render-proposal.ts';
import { isAppealNotice, renderAppeal, verdictButtons } from '../figures/render-appeal.ts';
import { isReportNotice, renderReport } from '../figures/render-report.ts';
import { isDutyNotice, renderDutyNotice } from '../shift-change/render-duty.ts';
import { isItemNotice, renderItemNotice } from '../items/cards/render-item.ts';
import { linkButtons } from '../calendar/say-links.ts';
import { isTestNotice, renderTest } from '../ahead/say-ahead.ts';
import { carriedButtons } from '../roster-change/change-card.ts';
import { draftButtons } from '../draft/draft-in-chat.ts';
import { readinessButtons } from '../items/phases/readiness-buttons.ts';
import { phaseButtons } from '../items/phases/say-phase.ts';
import { itemLines, valuesOfItem, type ItemOf } from './render-items.ts';
import type { World } from '../world.ts';

const catalogueOf = (notice: Notice): Catalogue => (notice.params?.['locale'] === 'en' ? en : zhCN);

type Values = { readonly [name: string]: string | undefined };

const namesOf = (world: World, ids: readonly string[], words: Catalogue): string =>
  ids
    .map((id) => nameOf(world, id))
    .filter(Boolean)
    .join(words.comma);

const gapOf = (world: World, cause: string): string => {
  const [from, to] = cause.split(' ').map(Number);
  if (!from || !to) return '';
  return `${toIso(world.settings.timeZone, from, 'minute').slice(5, 16)} – ${toIso(world.settings.timeZone, to, 'minute').slice(5, 16)}`.replaceAll(
    'T',
    ' ',
  );
};

const minutesIn = (ms: number, words: Catalogue): string => words.minutes.replace('{count}', String(Math.max(1, Math.round(ms / 60_000))));

const silentOf = (cause: string): readonly string[] => /silent (\d+) of (\d+)/u.exec(cause)?.slice(1) ?? [];

/** A subscriber to webhooks by its own name. */
const channelNamed = (channel: string, words: Catalogue): string => {
  const [kind = '', name] = channel.split(':');
  return words.channels[channel] ?? (name === undefined ? channel : `${words.channels[kind] ?? kind} ${name}`);
};

/** Not of what reaches no people. */
const ofPeople = (o: Obligation, count: 'failed' | 'tried'): string | undefined => {
  const failure = readFailureCause(o.cause ?? '');
  return failure === undefined || failure.tried === 0 ? undefined : failure[count].toString();
};

/** With their numbers: the office rings them. */
const toBeRung = (world: World, cause: string, words: Catalogue): string => {
  const { unreached = [], unreachedCount = 0 } = readFailureCause(cause) ?? {};
  const named = unreached.map((id) => `${nameOf(world, id)} ${world.directory.people.get(id)?.mobile ?? ''}`.trim());
  return [...named, ...(unreachedCount > unreached.length ? ['…'] : [])].join(words.comma);
};

/** What a pattern may say of an obligation, each found when a pattern has a place for it. */
const valuesOfObligation: { readonly [name: string]: (world: World, o: Obligation, words: Catalogue, now: number) => string | undefined } =
  {
    post: (world, o) => nameOf(world, o.subject),
    onDuty: (world, o, words, now) => namesOf(world, resolveRole(world.directory, 'onDuty', o.subject, now), words),
    answerBy: (world, o) => timeOf(world, o.answerBy),
    askedAt: (world, o) => timeOf(world, o.openedAt),
    silentFor: (_, o, words, now) => {
      const silentMs = Math.max(0, (o.endedAt ?? now) - o.openedAt);
      return minutesIn(silentMs, words);
    },
    caller: (world, o) => nameOf(world, o.openedBy ?? ''),
    by: (world, o) => nameOf(world, o.endedBy ?? (o.kind === 'restore' ? (o.openedBy ?? '') : '')),
    endedAt: (world, o) => (o.endedAt === undefined ? undefined : timeOf(world, o.endedAt)),
    reason: (_, o, words) => words.reasons[o.endReason ?? ''] ?? words.reasons['undone'],
    gap: (world, o) => gapOf(world, o.cause ?? ''),
    silent: (_, o) => silentOf(o.cause ?? '')[0],
    asked: (_, o) => silentOf(o.cause ?? '')[1],
    failed: (_, o) => ofPeople(o, 'failed'),
    tried: (_, o) => ofPeople(o, 'tried'),
    untaken: (_, o) => {
      const failure = readFailureCause(o.cause ?? '');
      return failure?.tried === 0 ? failure.failures.toString() : undefined;
    },
    failures: (_, o) => readFailureCause(o.cause ?? '')?.failures.toString(),
    window: (_, o) => readFailureCause(o.cause ?? '')?.minutes.toString(),
    instead: (_, o, words) =>
      readFailureCause(o.cause ?? '')
        ?.by.map(({ channel, people }) => fill(words.reachedBy, { channel: channelNamed(channel, words), count: String(people) }))
        .join(words.comma),
    unreachedCount: (_, o) =>
      readFailureCause(o.cause ?? '')
        ?.unreachedCount.toString()
        .replace(/^0$/u, ''),
    unreached: (world, o, words) => toBeRung(world, o.cause ?? '', words),
    over: (_, o, words) => {
      const { channel } = readFailureCause(o.cause ?? '') ?? {};
      return channel && channelNamed(channel, words);
    },
  };

const valuesOfParams = (notice: Notice, words: Catalogue): Values => {
  const { lines, result, reason, channels, left, ...rest } = notice.params ?? {};
  const values: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(rest)) values[key] = Array.isArray(value) ? value.join(words.comma) : String(value);
  for (const [key, names] of Object.entries({ channels, left }))
    if (Array.isArray(names)) values[key] = names.map((name: string) => channelNamed(name, words)).join(words.comma);
  if (Array.isArray(lines)) values['list'] = lines.join(words.comma);
  if (typeof result === 'string') values['result'] = words.callResults[result as CallResult];
  if (typeof reason === 'string') values['refusal'] = words.refusals[reason as keyof Catalogue['refusals']] ?? words.refusals.unknown;
  return values;
};

const buttonsFor: { readonly [template in Template]?: readonly ButtonKey[] } = {
  'check.ask': ['acknowledge', 'notOnPost', 'passOn', 'help'],
  'check.remind': ['acknowledge', 'notOnPost', 'passOn', 'help'],
  'check.coDuty': ['acknowledge', 'notOnPost', 'passOn', 'help'],
  'postEmpty.ask': ['acknowledge', 'notOnPost', 'passOn', 'help'],
  'restore.ask': ['acknowledge', 'notOnPost', 'passOn', 'help'],
  'check.alert': ['takeOver', 'passOn'],
  'check.missed': ['takeOver', 'passOn'],
  'check.callForOffice': ['onPost', 'noAnswer', 'busy', 'invalidNumber', 'hungUp', 'standIn'],
  'postEmpty.alert': ['takeOver', 'passOn'],
  'restore.told': ['takeOver'],
  'restore.alert': ['takeOver'],
  'help.alert': ['takeOver'],
  'channelFailure.alert': ['takeOver'],
  'rosterGap.alert': ['takeOver'],
  'reply.helpAsked': ['help'],
  'reply.helpCalled': ['undo'],
};

const callKeys: readonly string[] = ['onPost', 'noAnswer', 'busy', 'invalidNumber', 'hungUp', 'standIn'];

const buttonOf = (key: ButtonKey, obligationId: string | undefined, words: Catalogue): Button => {
  const about = obligationId === undefined ? {} : { obligationId };
  const title = words.buttons[key];
  if (callKeys.includes(key)) return { title, value: { action: 'recordCall', result: key, ...about } };
  const style =
    key === 'acknowledge' || key === 'takeOver'
      ? ({ style: 'positive' } as const)
      : key === 'help'
        ? ({ style: 'destructive' } as const)
        : {};
  // To those above, acknowledging is taking over: one action, whoever presses it.
  return { title, value: { action: key === 'takeOver' ? 'acknowledge' : key, ...about }, ...style };
};

/** The letter by which a short reply names this obligation; none where there is only one. */
const shortCodeOf = (world: World, to: string, o: Obligation, now: number): string | undefined => {
  // Whoever has no second post, and looks after nobody's checks, has nothing to tell apart.
  const posts = world.directory.postsOf.get(to);
  if (world.directory.substitutes.size === 0 && (posts === undefined || (posts.length === 1 && posts[0] === o.subject))) return undefined;
  const { now: held, lately } = subjectsOfPerson(world, to, now);
  const index = lately.indexOf(o.subject);
  // Posts of a shift that is over have letters too, but are no reason to show one on the card of the only post there is.
  const isOneOfSeveral = held.length > 2 || (held.length > 1 && !held.includes(o.subject));
  return isOneOfSeveral && index >= 0 && index < 26 ? `1${String.fromCodePoint(97 + index)}` : undefined;
};

const factsOf = (world: World, notice: Notice, o: Obligation, words: Catalogue, now: number): Card['facts'] => {
  if (o.itemId !== undefined) return [];
  const phones = (ids: readonly string[]) =>
    ids.map((id) => `${nameOf(world, id)} ${world.directory.people.get(id)?.mobile ?? ''}`.trim()).join(words.comma);
  const isAsking = askingTemplates.includes(notice.template);
  const isToGroup = notice.to.startsWith('g:');
  const facts: [FactKey, string | undefined][] = [['post', nameOf(world, o.subject)]];
  if (o.kind !== 'channelFailure' && o.kind !== 'rosterGap') facts.push(['askedAt', timeOf(world, o.openedAt)]);
  if (isAsking) facts.push(['answerBy', timeOf(world, o.answerBy)], ['code', o.code], ['reply', shortCodeOf(world, notice.to, o, now)]);
  else if (!isToGroup && !isEnded(o) && isPostId(o.subject))
    facts.push(
      ['phone', phones(resolveRole(world.directory, 'onDuty', o.subject, now))],
      ['landline', world.directory.posts.get(o.subject)?.landline],
      ['deliveredLate', o.deliveredLateMs === undefined ? undefined : minutesIn(o.deliveredLateMs, words)],
    );
  return facts.flatMap(([key, value]) => (value ? [{ name: words.facts[key], value }] : []));
};

/** Said of an item's clock that runs: somebody owes something, in time still. */
const clockTemplates: readonly Template[] = [
  'item.receipt',
  'item.due',
  'item.subtask',
  'item.review',
  'item.approval',
  'item.closing',
  'item.followUp',
  'item.interim',
];

const toneOf = (template: Template): Card['tone'] => {
  if (clockTemplates.includes(template)) return 'asking';
  if (template === 'item.overdue') return 'alert';
  if (template === 'item.over') return 'done';
  if (askingTemplates.includes(template)) return 'asking';
  if (template.endsWith('.alert') || template === 'check.missed' || template === 'check.callForOffice') return 'alert';
  return template.startsWith('end.') || template === 'help.allClear' ? 'done' : 'neutral';
};

type Message = Catalogue['messages'][Template];
const placesByMessage = new WeakMap<Message, readonly string[]>();

/** The names of the places in a message's patterns. */
const placesIn = (message: Message): readonly string[] => {
  const known = placesByMessage.get(message);
  if (known) return known;
  const patterns = [message.title, ...(message.lines ?? [])].join(' ');
  const places = [...new Set(Array.from(patterns.matchAll(/\{(\w+)\}/gu), (match) => match[1]!))];
  placesByMessage.set(message, places);
  return places;
};

const valuesOf = (world: World, notice: Notice, o: Obligation | undefined, words: Catalogue, now: number, itemOf: ItemOf): Values => {
  const values: Record<string, string | undefined> = {};
  if (o) for (const place of placesIn(words.messages[notice.template])) values[place] = valuesOfObligation[place]?.(world, o, words, now);
  const itemId = notice.itemId ?? o?.itemId;
  if (itemId !== undefined) Object.assign(values, valuesOfItem(world, notice.to, itemId, o, itemOf, words, now));
  return notice.params === undefined ? values : Object.assign(values, valuesOfParams(notice, words));
};

const linesOf = (notice: Notice, words: Catalogue, values: Values): readonly string[] =>
  (words.messages[notice.template].lines ?? []).flatMap((pattern): readonly string[] => {
    if (pattern === '{each}') return (notice.params?.['lines'] as readonly string[] | undefined) ?? [];
    const line = fill(pattern, values);
    return line === undefined ? [] : [line];
  });

/** What was decided a while ago says so: nobody shall take a late message for a fresh one. */
const lateLines = (world: World, notices: readonly Notice[], words: Catalogue, now: number): readonly string[] => {
  const lateMs = Math.max(
    0,
    ...notices.map(({ decidedAt, isUpdate }) => (isUpdate ? 0 : (lateMsOf(decidedAt ?? now, now, world.lateFromMs) ?? 0))),
  );
  return lateMs === 0 ? [] : [words.late.replace('{minutes}', minutesIn(lateMs, words))];
};

const noItem = (): undefined => undefined;

/** A notice in words: the card and the same as plain text. `o` is the obligation as it is now; `itemOf` gives the items that were read. */
export const renderNotice = (
  world: World,
  notice: Notice,
  o: Obligation | undefined,
  now: number,
  itemOf: ItemOf = noItem,
): { readonly card: Card; readonly text: string } => {
  const words = catalogueOf(notice);
  if (o && isTestNotice(notice)) return renderTest(world, notice, o);
  if (isHandoverNotice(notice)) return renderHandoverNotice(world, notice, o, now, itemOf, words);
  if (isProposalNotice(notice)) return renderProposal(world, notice, o, now, itemOf.proposal?.(notice.itemId ?? o?.itemId ?? ''));
  if (isAppealNotice(notice)) return renderAppeal(world, notice, o, now, itemOf.appeal?.(notice.itemId ?? o?.itemId ?? ''));
  if (isReportNotice(notice)) return renderReport(world, notice, o, now, itemOf.report?.(notice.itemId ?? o?.itemId ?? ''));
  if (isDutyNotice(notice)) return renderDutyNotice(world, notice, o, now, itemOf.request ?? noItem);
  if (isItemNotice(notice)) return renderItemNotice(world, notice, itemOf, words, now);
  const values = valuesOf(world, notice, o, words, now, itemOf);
  const title = fill(words.messages[notice.template].title, values) ?? words.messages[notice.template].title;
  const lines = [...linesOf(notice, words, values), ...lateLines(world, [notice], words, now)];
  const facts = o ? factsOf(world, notice, o, words, now) : [];
  const item = o?.itemId === undefined || isEnded(o) ? undefined : itemOf(o.itemId);
  const buttons = item
    ? itemButtons(world, item, notice.to, notice.params?.['locale'], now)
    : [
        ...(buttonsFor[notice.template] ?? []).map((key) => buttonOf(key, o?.id, words)),
        ...phaseButtons(world, notice),
        ...readinessButtons(world, notice),
        ...draftButtons(notice),
        ...carriedButtons(notice),
        ...linkButtons(notice),
        ...verdictButtons(world, notice, o, now),
      ];
  const about = o ? `${nameOf(world, o.subject)} ` : '';
  const hint = askingTemplates.includes(notice.template) ? words.replyHint : '';
  // The post is named in the first line.
  const told = facts.filter(({ name }) => name !== words.facts.post).map(({ name, value }) => `${name} ${value}`);
  const text = [`${about}${title}`, ...lines, ...told, hint].filter((line) => line.trim() !== '').join('\n');
  return { card: { title, tone: toneOf(notice.template), lines, facts, buttons }, text };
};

/** Platforms show no more, and nobody reads more. */
const mostButtons = 12;

const endOf = (o: Obligation): Template =>
  o.kind === 'reachTest'
    ? 'ahead.testOver'
    : (ownEndOf(o) ??
      (o.kind === 'handover'
        ? 'handover.over'
        : o.kind === 'substitute' || o.kind === 'consent'
          ? 'duty.over'
          : isItemClock(o)
            ? 'item.over'
            : o.status === 'answered'
              ? 'end.answered'
              : o.status === 'takenOver'
                ? 'end.takenOver'
                : 'end.withdrawn'));

/** What must be typed to answer this one of several: its letter, its digits. */
const repliesTo = (world: World, notice: Notice, o: Obligation, words: Catalogue, now: number): readonly string[] => {
  if (isEnded(o) || !askingTemplates.includes(notice.template)) return [];
  const digits = o.code === undefined ? [] : [`${words.facts.code} ${o.code}`];
  return [shortCodeOf(world, notice.to, o, now) ?? [], digits].flat();
};

/** Everything held for one recipient as one message that says how many and which. */
export const renderBundle = (
  world: World,
  parts: readonly { readonly notice: Notice; readonly o: Obligation }[],
  now: number,
  itemOf: ItemOf = noItem,
): { readonly card: Card; readonly text: string } => {
  const words = catalogueOf(parts[0]!.notice);
  const title = words.bundle.replace('{count}', String(parts.length));
  const ofItems = parts.filter(({ o }) => isItemClock(o));
  const rendered = parts
    .filter(({ o }) => !isItemClock(o))
    .map(({ notice, o }) => {
      // How late they come is said once, below.
      const { decidedAt: _, ...said } = notice;
      return { notice, o, ...renderNotice(world, isEnded(o) ? { ...said, template: endOf(o) } : said, o, now) };
    });
  const eachLine = rendered.map(({ notice, card, o }) =>
    [
      ...repliesTo(world, notice, o, words, now),
      `${nameOf(world, o.subject)} ${timeOf(world, o.openedAt)}`,
      card.title,
      ...(isEnded(o) ? card.lines : []),
    ].join(' · '),
  );
  const open = rendered.filter(({ o }) => !isEnded(o));
  const lines = [
    ...itemLines(ofItems, itemOf, words),
    ...eachLine,
    ...lateLines(
      world,
      parts.filter(({ o }) => !isEnded(o)).map(({ notice }) => notice),
      words,
      now,
    ),
  ];
  const isAsking = parts.every(({ notice }) => askingTemplates.includes(notice.template));
  // One button answers all that is one's own; what is somebody else's is taken over one by one.
  const buttons: Button[] = isAsking
    ? (open[0]?.card.buttons ?? []).map((button) => ({ ...button, value: { action: button.value.action } }))
    : open.flatMap(({ card, o }) =>
        card.buttons.slice(0, 1).map((button) => ({ ...button, title: `${button.title} · ${nameOf(world, o.subject)}` })),
      );
  // What the items are, and what can be done with each, is one press away.
  if (ofItems.some(({ o }) => !isEnded(o))) buttons.push(...myItemsButton(parts[0]!.notice));
  const tone = parts.every(({ o }) => isEnded(o)) ? 'done' : isAsking ? 'asking' : 'alert';
  return { card: { title, tone, lines, facts: [], buttons: buttons.slice(0, mostButtons) }, text: [title, ...lines].join('\n') };
};

/** Everybody of a round has the same last minute: the latest instant is kept in words. */
const isoOf = (() => {
  let last = { timeZone: '', at: Number.NaN, iso: '' };
  return (timeZone: string, at: number): string => {
    if (last.at !== at || last.timeZone !== timeZone) last = { timeZone, at, iso: toIso(timeZone, at) };
    return last.iso;
  };
})();

/** What contracts promise beside each card that wants an answer. */
export const askingOf = (world: World, notice: Notice, o: Obligation | undefined): OutgoingMessage['asking'] => {
  if (!o || notice.stepNo === undefined || notice.isUpdate) return undefined;
  return {
    obligationId: o.id,
    ...(o.itemId === undefined ? {} : { itemId: o.itemId }),
    kind: o.kind,
    stepNo: notice.stepNo,
    answerBy: isoOf(world.settings.timeZone, o.answerBy),
  };
};
