import { createMemoryFiles } from '../../adapters/memory/memory-files.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import { createDesk, type Looked } from '../../src/app/desk/desk.ts';
import type { Offer } from '../../src/app/desk/offer.ts';
import { createBoard } from '../../src/app/items/board.ts';
import { inputsOf, isForm } from '../../src/app/items/chat/item-form.ts';
import { typeOfAction } from '../../src/app/items/chat/item-actions.ts';
import type { ItemRefusal } from '../../src/domain/items/item-refusal.ts';
import { wantsMore } from '../../src/domain/items/next-actions.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import { accountTextsFor } from '../../src/messages/account-texts.ts';
import { itemTextsFor } from '../../src/messages/item-texts.ts';
import { rosterChangeTextsFor } from '../../src/messages/roster-change-texts.ts';
import type { CardInput } from '../../src/ports/channel.ts';
import { speech } from '../../src/wiring/speech.ts';
import { fileOf } from './item-stories.ts';
import type { Story } from './story.ts';

/** Holds what the page offers to what the bot does: each act is tried by everybody, and nothing of it is committed. */

type Value = { readonly action: string; readonly [key: string]: string | undefined };

const boardOf = ({ store }: Story) =>
  createBoard(store, {
    rows: async (after, limit) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  });

export const offersFor = (story: Story, looked: Looked, personId: string): Promise<readonly Offer[]> =>
  createDesk(story.world, boardOf(story), channels)(looked, personId, 'zh-CN');

const channels = [{ name: 'wecom', capabilities: { goesByAccount: true } as never }];

/** What somebody might put in; a date that lies ahead, and the first of what is to be chosen from. */
const filled = (inputs: readonly CardInput[] = []): { readonly [id: string]: string } =>
  Object.fromEntries(
    inputs.flatMap(({ id, type, choices = [], value }) => {
      if (type === 'choice') return choices.length === 0 ? [] : [[id, value ?? choices.at(-1)!.value]];
      return [[id, type === 'date' ? (value ?? '2021-09-05') : type === 'time' ? '17:00' : '写明']];
    }),
  );

const refusals: readonly string[] = [
  'reply.refused',
  'reply.expired',
  'reply.already',
  'reply.standIn',
  'reply.dutyRefused',
  'reply.handoverRefused',
];

const isRefusal = ({ template, params }: Notice): boolean => {
  if (template === 'reply.itemRefused') return !wantsMore(params?.['refused'] as ItemRefusal);
  if (template === 'reply.rosterChange') return params?.['heading'] === rosterChangeTextsFor(undefined).refused;
  if (template === 'reply.accounts') return params?.['heading'] === accountTextsFor(undefined).headings.refused;
  return refusals.includes(template);
};

const ofFigures: readonly string[] = ['appeal', 'upholdAppeal', 'rejectAppeal', 'withdrawAppeal', 'showReport', 'dropReport'];

/** What the bot would say to it, and whether that is a no. `subject`: something must have been recorded about it. */
const tryAct = async (story: Story, personId: string, value: Value, subject: string | undefined): Promise<boolean> => {
  const { world } = story;
  const message = {
    id: `t${personId}${JSON.stringify(value)}`,
    channel: 'webchat',
    conversation: personId,
    isGroup: false,
    from: personId,
    receivedAt: world.clock.now(),
    value,
    ...(value.action === 'report' || value.action === 'draft' || value.action === 'sign' ? { files: [fileOf('扫描件.pdf')] } : {}),
  };
  const deps = {
    world,
    board: boardOf(story),
    identify: (_: string, from: string) => world.directory.people.get(from),
    channels,
    pageUrl: 'http://127.0.0.1:1/',
    workbooks: { reader: { read: async () => [] } as never, files: createMemoryFiles() },
    reports: { reports: story.figures.reports, readFigures: story.figures.readFigures, baseUrl: () => 'http://127.0.0.1:1/' },
    ...speech(world),
  };
  const { transition, replies } = await decideMessage(deps, message);
  if (replies.length === 0 || replies.some(isRefusal)) return false;
  // of figures nothing is refused with a word of its own
  if (ofFigures.includes(value.action))
    return transition.events.some(({ event }) => event.startsWith('Appeal') || event.startsWith('Report'));
  // what was so already is said again, and no more: nothing comes of it
  const { requestId, proposalId } = value;
  const about = requestId ?? proposalId;
  if (about !== undefined) return transition.events.some(({ itemId }) => itemId === about);
  return subject === undefined || transition.events.some(({ data }) => data['subject'] === subject);
};

/** Acts that mean one thing whatever they are called. */
const meaningOf = ({ action, no, whose, kind }: Value): string =>
  [
    action === 'takeOver' ? 'acknowledge' : action,
    action === 'finishSubtask' ? no : undefined,
    whose,
    action === 'askDuty' ? kind : undefined,
  ]
    .filter(Boolean)
    .join(' ');

/** Everything that a button could say about one thing, with what it must be told. */
type About = {
  readonly obligationId?: string;
  readonly itemId?: string;
  readonly requestId?: string;
  readonly appealId?: string;
  readonly reportId?: string;
};

export const triesOn = (story: Story, about: About) => {
  const { obligationId, itemId, requestId, appealId, reportId } = about;
  // a word about one's own post, wherever it is said
  const isHelp = obligationId?.startsWith('oh') === true;
  const ofObligation = ['acknowledge', 'passOn', ...(isHelp ? [] : ['notOnPost']), 'remind'].map((action) => ({ action, obligationId }));
  const ofHandover = ['acceptHandover', 'delayHandover'].map((action) => ({ action, obligationId }));
  const item = story.store.all().find(({ id }) => id === itemId)?.aggregate;
  const state = item?.type === 'item' ? item.state : undefined;
  const texts = itemTextsFor(undefined);
  const tries: Value[] = [];
  if (obligationId?.startsWith('okh')) tries.push(...ofHandover, { action: 'noteHandover', note: '写明', obligationId });
  else if (obligationId !== undefined)
    tries.push(...ofObligation, { action: 'recordCall', result: 'busy', obligationId }, { action: 'appeal', obligationId, reason: '写明' });
  for (const action of ['upholdAppeal', 'rejectAppeal', 'withdrawAppeal'])
    if (appealId !== undefined) tries.push({ action, appealId, reason: '写明' });
  for (const action of ['showReport', 'dropReport']) if (reportId !== undefined) tries.push({ action, reportId });
  if (requestId !== undefined)
    for (const action of ['acceptDuty', 'declineDuty', 'approveDuty', 'withdrawDuty', 'undoDuty']) tries.push({ action, requestId });
  if (requestId !== undefined) tries.push({ action: 'refuseDuty', requestId, reason: '人手不足' });
  if (state)
    for (const [action, type] of Object.entries(typeOfAction)) {
      const inputs = isForm(type) ? inputsOf(story.world, state, type, {}, texts, story.world.clock.now()) : [];
      const no = ['accept', 'return', 'check', 'sign', 'submit'].includes(type) ? { no: String(state.versions.length) } : {};
      const asked = type === 'approve' || type === 'reject' ? { no: String(state.extensions.length) } : {};
      if (type === 'finishSubtask') for (const one of state.subtasks) tries.push({ action, itemId: state.id, no: String(one.no) });
      else tries.push({ action, itemId: state.id, ...filled(inputs), ...no, ...asked });
    }
  return tries;
};

export type Difference = { readonly who: string; readonly act: string; readonly isOffered: boolean; readonly isDone: boolean };

/** Everybody tries everything that is offered to anybody, and everything else there is. What is offered to them must be what is done. */
export const compareOffers = async (story: Story, looked: Looked, tries: readonly Value[], subject?: string) => {
  const people = story.world.directory.organisation.people.map(({ id }) => id);
  const offered = new Map<string, readonly Offer[]>();
  for (const id of people) offered.set(id, await offersFor(story, looked, id));
  const known = new Map<string, Value>(tries.map((value) => [meaningOf(value), value]));
  for (const offers of offered.values())
    for (const { value, inputs } of offers) {
      const whole: Value = { ...value, ...filled(inputs) };
      if (!known.has(meaningOf(whole))) known.set(meaningOf(whole), whole);
    }
  const differences: Difference[] = [];
  let count = 0;
  for (const id of people)
    for (const [act, value] of known) {
      const own = offered.get(id)!.find((offer) => meaningOf(offer.value) === act);
      const isOffered = own !== undefined;
      const isDone = await tryAct(
        story,
        id,
        own ? { ...own.value, ...filled(own.inputs) } : value,
        act === 'notOnPost' ? subject : undefined,
      );
      if (isOffered) count += 1;
      if (isOffered !== isDone) differences.push({ who: story.world.directory.people.get(id)!.name, act, isOffered, isDone });
    }
  return { differences, count, acts: [...new Set([...offered.values()].flat().map(({ value }) => value.action))].toSorted() };
};
