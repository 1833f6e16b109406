import { expect, it } from 'vitest';
import { checklist, type ChecklistFacts, checklistSteps, type ChecklistStep } from '../../../src/domain/setting-up/checklist.ts';
import { pageChecklistTexts } from '../../../src/messages/page-setup-start-texts.ts';

const hourMs = 3_600_000;

const ready: ChecklistFacts = {
  now: 100,
  campaign: { fromAt: 50, toAt: 200, isBuiltIn: false },
  contacts: { units: 3, people: 9, noPhone: [], noLiaison: [] },
  roster: { posts: 2, ahead: 40, gapPosts: [], gaps: 0 },
  accounts: { areNeeded: true, people: 9, unbound: [] },
  channels: { used: ['wecom'], untested: [], failed: [] },
  weakPosts: [],
  hasGroup: true,
  signIn: { hasOpenId: false, office: 2, reachable: 1, isOpen: false },
  hasHeartbeat: true,
  backup: { lastAt: 10 * hourMs, now: 12 * hourMs },
  rehearsedAt: 90,
};

const standing = (facts: Partial<ChecklistFacts>): readonly string[] =>
  checklist({ ...ready, ...facts }).flatMap(({ step, state, about }) => (state === 'done' ? [] : [`${step} ${state} ${about}`]));

it('is done where everything is there', () => {
  expect(standing({})).toEqual([]);
  expect(checklist(ready).map(({ step }) => step)).toEqual(checklistSteps);
});

it.each<[Partial<ChecklistFacts>, string]>([
  [{ campaign: { ...ready.campaign, isBuiltIn: true } }, 'campaign look builtIn'],
  [{ now: 200 }, 'campaign todo over'],
  [{ contacts: { ...ready.contacts, people: 0 } }, 'contacts todo none'],
  [{ contacts: { ...ready.contacts, noPhone: ['A'] } }, 'contacts look noPhone'],
  [{ contacts: { ...ready.contacts, noLiaison: ['U'] } }, 'contacts look noLiaison'],
  [{ roster: { ...ready.roster, ahead: 0 } }, 'roster todo none'],
  [{ roster: { ...ready.roster, gaps: 3, gapPosts: ['P'] } }, 'roster look gaps'],
  [{ accounts: { areNeeded: true, people: 9, unbound: ['A'] } }, 'accounts look some'],
  [{ accounts: { areNeeded: true, people: 1, unbound: ['A'] } }, 'accounts todo some'],
  [{ channels: { used: [], untested: [], failed: [] } }, 'channels todo none'],
  [{ channels: { used: ['wecom'], untested: ['wecom'], failed: [] } }, 'channels look untested'],
  [{ channels: { used: ['wecom'], untested: [], failed: ['wecom'] } }, 'channels todo failed'],
  [{ weakPosts: ['P'] }, 'ladders look weak'],
  [{ hasGroup: false }, 'group look none'],
  [{ signIn: { ...ready.signIn, office: 0 } }, 'signIn todo nobody'],
  [{ signIn: { ...ready.signIn, reachable: 0 } }, 'signIn todo noWay'],
  [{ hasHeartbeat: false }, 'watched look none'],
  [{ backup: { lastAt: undefined, now: 0 } }, 'backup todo none'],
  [{ backup: { lastAt: 0, now: 27 * hourMs } }, 'backup look old'],
  [{ rehearsedAt: undefined }, 'rehearsal unknown none'],
])('names what is missing: %j', (facts, line) => expect(standing(facts)).toEqual([line]));

it('has a sentence for each way that a step may stand, in both languages, with nothing left to fill in', () => {
  const all: readonly Partial<ChecklistFacts>[] = [
    {},
    { now: 200 },
    { now: 10 },
    { campaign: { ...ready.campaign, isBuiltIn: true } },
    { accounts: { areNeeded: false, people: 9, unbound: [] } },
    { signIn: { ...ready.signIn, hasOpenId: true } },
    { signIn: { ...ready.signIn, isOpen: true } },
  ];
  for (const texts of Object.values(pageChecklistTexts))
    for (const facts of all)
      for (const { step, about, counts } of checklist({ ...ready, ...facts })) {
        const sentence = texts.steps[step satisfies ChecklistStep]?.about[about];
        expect([step, about, typeof sentence]).toEqual([step, about, 'string']);
        const wanted = [...(sentence ?? '').matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!);
        expect(wanted.filter((name) => counts[name] === undefined)).toEqual([]);
      }
});
