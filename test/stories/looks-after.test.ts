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
