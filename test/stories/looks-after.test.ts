import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

/** Whoever looks after a standing contact's duty is asked for them, and may answer in any way they answer for themselves. */

const onceADay = {
  bands: [
    {
      name: 'day',
      fromMinute: 540,
      toMinute: 1020,
      fixedMinutes: [630],
      random: 0,
      answerWindowMs: 600_000,
      silenceLimitMs: 900 * 3_600_000,
    },
  ],
  quietAfterPresenceMs: 0,
  proof: 'acknowledge',
} as const;

it.each(['收到', '在岗', '1'])('a check of somebody on leave is answered by a word of who stands in: %s', async (text) => {
  const story = await startStory({ at: '2021-08-27T12:00', settings: { standing: onceADay } });
  const [holder, substitute, head] = [story.person('东联络'), story.person('东联系'), story.person('东局长')];
  await holder.replies('8月28日请假 东联系');
  await holder.presses('confirmDuty');
  await substitute.presses('acceptDuty');
  await head.presses('approveDuty');
  const openOf = () => story.open().filter(({ subject, kind }) => kind === 'check' && subject === holder.id);
  await story.clock.reaches('2021-08-28T10:31');
  expect(openOf()).toHaveLength(1);
  await substitute.replies(text);
  expect(openOf()).toEqual([]);
  const answers = story.events('AnswerRecorded').filter(({ data }) => data['subject'] === holder.id);
  expect(answers.map(({ data }) => data['by'])).toEqual([substitute.id]);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
});

it('a silent standing contact whom the office takes care of is asked again only when as much time has passed as silence may last', async () => {
  const limitMs = 2 * 3_600_000;
  const silent = {
    ...onceADay,
    bands: [{ ...onceADay.bands[0], fromMinute: 0, toMinute: 1440, fixedMinutes: [], silenceLimitMs: limitMs }],
  };
  const story = await startStory({ at: '2021-08-27T09:00', settings: { standing: silent } });
  const about = story.person('东联络').id;
  const openOf = () => story.open().filter(({ subject, kind }) => kind === 'check' && subject === about);
  await story.clock.passes('2h');
  const [check] = openOf();
  await story.clock.passes('30m');
  await story.person('冯主任').pressesValue({ action: 'acknowledge', obligationId: check!.id });
  expect(story.events('ObligationTakenOver').map(({ obligationId }) => obligationId)).toEqual([check!.id]);
  expect(openOf()).toEqual([]);
  // a minute before the limit, so that it is never passed unasked
  await story.clock.passes('118m');
  expect(openOf()).toEqual([]);
  await story.clock.passes('1m');
  expect(openOf()).toHaveLength(1);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
});
