import type { FileRef } from '../../src/domain/items/item.ts';
import type { Button, OutgoingMessage } from '../../src/ports/channel.ts';
import type { Organisation } from '../../src/domain/organisation/organisation.ts';
import { createRng, type Rng } from '../../src/app/rehearsal/rng.ts';
import type { Feature } from './scenario.ts';
import type { Timeline } from './timeline.ts';

/** What somebody types or presses. */
export type Said = { readonly text?: string; readonly value?: unknown; readonly files?: readonly FileRef[] };

export type PeopleParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly has: (feature: Feature) => boolean;
  readonly organisation: () => Organisation;
  /** From then on everybody does their part, and promptly. */
  readonly healAt: number;
  readonly untilAt: number;
  readonly says: (from: string, said: Said) => void;
  /** Ids of obligations, for those who press what is not theirs. */
  readonly openIds: () => readonly string[];
  /** Whether a card was about leave, swaps, signs of life or changes of the roster, and is seen to. */
  readonly seesTo: (to: string, message: OutgoingMessage) => boolean;
};

type Person = {
  readonly id: string;
  readonly rng: Rng;
  readonly habits: ReadonlySet<Feature>;
  readonly asleep: readonly (readonly [number, number])[];
  /** Asked for a sign of life before they have come on duty, they give none. */
  readonly isSilentAhead: boolean;
  readonly kept: Button['value'][];
};

const minute = 60_000;
const hour = 60 * minute;
const yes = ['收到', '在岗', '到', '在', '1'] as const;
const nonsense = [
  '吃饭了吗',
  '收到？',
  '十分钟后到',
  '没收到',
  '???',
  '今晚谁值班',
  '我的班次',
  '明天请假',
  '1z',
  'hello',
  '代张三答:在岗',
] as const;
const habitsOfPeople: readonly Feature[] = [
  'late',
  'asleep',
  'forgetful',
  'answersTwice',
  'oldCards',
  'notOnPost',
  'callsForHelp',
  'undoes',
  'passesOn',
  'startsChecks',
  'officeSlow',
];

/** The people of the bureau, each with habits of their own; they only know what their chat shows them. */
export const createPeople = (parts: PeopleParts) => {
  const { timeline, seed, has, healAt, says } = parts;
  const people = new Map<string, Person>();
  const crowd = createRng(seed, 'crowd');
  /** Buttons by which others take their posts over. */
  const ofOthers: Button['value'][] = [];

  const personOf = (id: string): Person => {
    const known = people.get(id);
    if (known) return known;
    const rng = createRng(seed, `person ${id}`);
    const habits = new Set(habitsOfPeople.filter((habit) => rng.chance(0.4) && has(habit)));
    const startAt = timeline.now();
    const asleep = [0, 1].map((): readonly [number, number] => {
      const from = startAt + rng.between(0, 40) * hour;
      return [from, from + rng.between(1, 8) * hour];
    });
    const isSilentAhead = has('silentAhead') && createRng(seed, `ahead ${id}`).chance(0.5);
    const person: Person = { id, rng, habits, asleep: habits.has('asleep') ? asleep : [], isSilentAhead, kept: [] };
    people.set(id, person);
    return person;
  };

  const isHealed = (): boolean => timeline.now() >= healAt;
  const does = (person: Person, habit: Feature, share: number): boolean =>
    !isHealed() && person.habits.has(habit) && person.rng.chance(share);

  const isOffice = (id: string): boolean => parts.organisation().appointments.some((a) => a.of === 'g1' && a.personId === id);

  const codeOn = (message: OutgoingMessage): string | undefined => message.card?.facts.find(({ value }) => /^\d{4}$/u.test(value))?.value;

  const answer = (person: Person, message: OutgoingMessage, buttons: readonly Button[]): void => {
    const code = codeOn(message);
    const old = does(person, 'oldCards', 0.3) ? person.kept[0] : undefined;
    const button = buttons.find(({ value }) => value.action === 'acknowledge');
    if (old) says(person.id, { value: old });
    else if (code !== undefined) says(person.id, { text: code });
    else if (button && person.rng.chance(0.6)) says(person.id, { value: button.value });
    else says(person.id, { text: person.rng.pick(yes) });
  };

  /** What somebody does who is asked whether they are there. */
  const beAsked = (person: Person, message: OutgoingMessage, buttons: readonly Button[]): void => {
    const { rng } = person;
    const press = (action: string): Said | undefined => {
      const button = buttons.find(({ value }) => value.action === action);
      return button && { value: button.value };
    };
    if (does(person, 'callsForHelp', 0.08)) {
      says(person.id, rng.chance(0.5) ? { text: '求援' } : (press('help') ?? { text: '3' }));
      if (rng.chance(0.6)) timeline.at(timeline.now() + rng.between(1, 40) * minute, () => says(person.id, { text: '撤销' }));
      return;
    }
    if (does(person, 'notOnPost', 0.2))
      return says(person.id, rng.chance(0.5) ? { text: '不在' } : (press('notOnPost') ?? { text: '不在' }));
    if (does(person, 'passesOn', 0.15)) return says(person.id, press('passOn') ?? { text: '转下一人' });
    const takeOver = buttons.find(({ value }) => value.action === 'acceptHandover');
    if (takeOver) {
      if (does(person, 'late', 0.3)) return says(person.id, press('delayHandover') ?? { text: '暂时不能接班' });
      return says(person.id, rng.chance(0.5) ? { value: takeOver.value } : { text: rng.pick(['接班', '收到', '在岗', '已接班']) });
    }
    answer(person, message, buttons);
    if (does(person, 'answersTwice', 0.5)) timeline.at(timeline.now() + rng.between(0, 90_000), () => answer(person, message, buttons));
    if (does(person, 'undoes', 0.15)) timeline.at(timeline.now() + rng.between(5_000, 300_000), () => says(person.id, { text: '撤销' }));
  };

  /** What somebody does who is told of somebody else's silence. */
  const beTold = (person: Person, buttons: readonly Button[]): void => {
    const { rng } = person;
    const calls = buttons.filter(({ value }) => value.action === 'recordCall');
    if (calls.length > 0) {
      if (isHealed() || rng.chance(0.6)) says(person.id, { value: rng.pick(calls).value });
      return;
    }
    if (does(person, 'passesOn', 0.2)) {
      const on = buttons.find(({ value }) => value.action === 'passOn');
      return on && says(person.id, { value: on.value });
    }
    const share = isHealed() ? 1 : isOffice(person.id) ? 0.6 : 0.15;
    for (const { value } of buttons) if (value.action === 'acknowledge' && rng.chance(share)) says(person.id, { value });
  };

  const delayOf = (person: Person): number | undefined => {
    const { rng } = person;
    const now = timeline.now();
    if (isHealed()) return rng.between(2_000, 60_000);
    const sleep = person.asleep.find(([from, to]) => from <= now && now < to);
    if (sleep) return rng.chance(0.5) ? sleep[1] - now + rng.between(0, 10 * minute) : undefined;
    if (does(person, 'forgetful', 0.4)) return undefined;
    if (does(person, 'officeSlow', 0.5)) return rng.between(hour, 3 * hour);
    if (does(person, 'late', 0.5)) return rng.between(9 * minute, 50 * minute);
    return rng.between(2_000, 4 * minute);
  };

  const receive = (message: OutgoingMessage): void => {
    const { card, to } = message;
    if (!card || message.isUpdate || card.buttons.length === 0) return;
    const reader = to.startsWith('g:') ? crowd.pick(parts.organisation().people.filter(({ id }) => isOffice(id))).id : to;
    if (parts.seesTo(reader, message)) return;
    const person = personOf(reader);
    if (person.isSilentAhead && card.buttons.some(({ value }) => value.action === 'confirmReach')) return;
    for (const { value } of card.buttons) if (value.action === 'acknowledge') person.kept.push(value);
    for (const { value } of card.buttons) if (value.action === 'acceptHandover' && ofOthers.push(value) > 20) ofOthers.shift();
    if (card.tone !== 'asking' && card.tone !== 'alert') return;
    const delayMs = delayOf(person);
    if (delayMs === undefined) return;
    timeline.at(timeline.now() + delayMs, () => {
      if (card.tone === 'asking') beAsked(person, message, card.buttons);
      else beTold(person, card.buttons);
    });
  };

  const anybody = (): Person => personOf(crowd.pick(parts.organisation().people).id);

  /** Things that people do without being asked. */
  const doSomething = (): void => {
    const person = anybody();
    const openId = parts.openIds().length > 0 ? crowd.pick(parts.openIds()) : undefined;
    const pressed = {
      action: crowd.pick(['acknowledge', 'notOnPost', 'passOn', 'recordCall', 'help']),
      obligationId: openId,
      result: 'onPost',
    };
    const dice = crowd.next();
    if (has('strangers') && dice < 0.15) says('m9999', openId === undefined ? { text: '在岗' } : { value: pressed });
    else if (has('wrongPeople') && dice < 0.25 && ofOthers.length > 0) says(person.id, { value: crowd.pick(ofOthers) });
    else if (has('wrongPeople') && dice < 0.45) says(person.id, openId === undefined ? { text: '在岗' } : { value: pressed });
    else if (has('nonsense') && dice < 0.7)
      says(person.id, crowd.chance(0.2) ? { value: { action: 'dance' } } : { text: crowd.pick(nonsense) });
    else if (has('undoes') && dice < 0.75) says(person.id, { text: '撤销' });
    else if (person.habits.has('startsChecks') && dice < 0.9) says(person.id, { text: crowd.chance(0.5) ? '全员点名' : '查岗' });
    else if (dice > 0.97) says(person.id, { text: '在岗' });
  };

  const ramble = (): void => {
    if (isHealed()) return;
    doSomething();
    timeline.at(timeline.now() + crowd.between(minute, 40 * minute), ramble);
  };
  timeline.at(timeline.now() + minute, ramble);

  return { receive };
};
