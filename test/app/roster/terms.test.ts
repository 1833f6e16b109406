import { expect, it } from 'vitest';
import { tickCalendarJob } from '../../../jobs/tick-calendar.ts';
import { standingContacts } from '../../../src/app/contact/advance-round.ts';
import { at, idOf, organisation } from '../../support/invented.ts';
import { startStory, type Story } from '../../support/story.ts';

const watched = (story: Story): readonly string[] =>
  story.store.all().flatMap(({ aggregate }) => (aggregate.type === 'watch' ? [aggregate.state.subject] : []));

/** 东联系 hands over to 西联系 at eight in the evening. */
const handOverAt = at('2021-08-27T20:00');
const handedOver = {
  ...organisation,
  appointments: organisation.appointments.map((one) =>
    one.personId === idOf('东联系') ? { ...one, to: handOverAt } : one.personId === idOf('西联系') ? { ...one, from: handOverAt } : one,
  ),
};

it('watches whom an appointment names from the day it takes effect, and no longer than it lasts', async () => {
  const story = await startStory({ organisation: handedOver, at: '2021-08-27T19:58' });
  const job = tickCalendarJob(story.world);
  const both = [idOf('东联系'), idOf('西联系')];
  const found = () => [standingContacts(story.world), watched(story)].map((ids) => both.map((id) => ids.includes(id)));
  await job.run();
  expect(found()).toEqual([
    [true, false],
    [true, false],
  ]);
  await story.clock.passes('1m');
  await job.run();
  expect(watched(story)).not.toContain(idOf('西联系'));
  await story.clock.passes('1m');
  await job.run();
  expect(found()).toEqual([
    [false, true],
    [false, true],
  ]);
  expect(story.events('WatchEnded')).toMatchObject([{ data: { subject: idOf('东联系') } }]);
});
