import { expect, it } from 'vitest';
import { settings } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const ladderPeople = ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事'] as const;

const startNight = async () => {
  const posts = { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [180] }] };
  const story = await startStory({ at: '2021-08-27T02:59', settings: { posts } });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  return story;
};

it('leaves the group in peace at night, and puts it into the morning digest', async () => {
  const story = await startNight();
  await story.clock.passes('61m');
  story.group.sawNothing();
  expect(story.events('StepSkipped')).toMatchObject([{ data: { roles: ['groupChat'], reason: 'quietHours' } }]);
  expect(story.open()).toMatchObject([{ status: 'withOffice' }]);
  await story.clock.reaches('2021-08-27T07:00');
  story.group.sees(/值守简报[\s\S]*东城区/);
  for (const name of ladderPeople) story.person(name).ignores();
});

it('tells the office, people of the unit and nobody else at night', async () => {
  const story = await startNight();
  await story.clock.passes('46m');
  for (const name of ladderPeople) {
    expect(story.person(name).texts()).not.toEqual([]);
    story.person(name).ignores();
  }
  story.group.sawNothing();
});

it('says in a digest that there is nothing to say', async () => {
  const story = await startStory({ at: '2021-08-27T06:59' });
  await story.clock.passes('1m');
  story.group.sees(/值守简报/);
  expect(story.events('DigestSent')).toHaveLength(1);
});

it('says one digest for all that were missed while the service was away', async () => {
  const story = await startStory({ at: '2021-08-27T06:50', settings: { digestMinutes: [415, 420, 425] } });
  await story.clock.passesWhileAway('40m');
  story.group.sees(/值守简报/);
  await story.clock.passes('10m');
});
