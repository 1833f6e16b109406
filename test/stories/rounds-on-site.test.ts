import { expect, it } from 'vitest';
import { at, calmBand, settings } from '../support/invented.ts';
import { ignoreAll } from '../support/item-stories.ts';
import { startStory } from '../support/story.ts';

/** The team is in the east on Friday; posts are asked at ten, at eleven where the team is, and at noon everywhere. */
const fixed = (...fixedMinutes: readonly number[]) => ({ ...settings.posts, bands: [{ ...calmBand, fixedMinutes }] });
const visit = { phase: 'onSite', unit: '东城区', fromAt: at('2021-08-27T09:00'), toAt: at('2021-08-28T09:00') } as const;
const during = settings.phases;

it('asks posts at the fixed times that hold where they are', async () => {
  const story = await startStory({ at: '2021-08-27T09:55' });
  await story.restartWith({ posts: fixed(600, 720), onSite: fixed(660, 720), phases: [...during, visit] });
  const asked = (): readonly unknown[] => story.events('CheckOpened').map(({ data }) => data['subject']);
  const answered = async (names: readonly ('赵主班' | '东主班' | '西主班')[]): Promise<void> => {
    for (const name of names) await story.person(name).replies('在岗');
  };
  await story.clock.reaches('2021-08-27T10:01');
  expect(asked()).toEqual(['p1', 'p3']);
  await answered(['赵主班', '西主班']);
  await story.clock.reaches('2021-08-27T11:01');
  expect(asked()).toEqual(['p1', 'p3', 'p2']);
  await answered(['东主班']);
  await story.clock.reaches('2021-08-27T12:01');
  expect(asked()).toEqual(['p1', 'p3', 'p2', 'p1', 'p2', 'p3']);
  expect(story.events('RoundAsked').map(({ data }) => data['asked'])).toEqual([2, 1, 3]);
  expect(story.events('RoundOpened').map(({ data }) => data['where'])).toEqual(['elsewhere', 'onSite', undefined]);
  // The day after the team has gone, at ten again.
  await answered(['赵主班', '东主班', '西主班']);
  await story.clock.reaches('2021-08-28T10:01');
  expect(asked().slice(6)).toEqual(['p1', 'p2', 'p3']);
  ignoreAll(story);
});
