import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

it('answers English in English, and what is Chinese or belongs to no language in Chinese', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  const officer = story.person('东主班');
  for (const id of story.chat.everybody()) story.personById(id).ignores();
  for (const [text, answer] of [
    ['who is on duty now?', /^On duty/],
    ['现在谁值班', /^值班人员/],
    ['on post', /^Confirmed: on post/],
    ['ok', /^此前已确认/],
    ['东城区 roster', /^值班表/],
    ['qwertyuiop', /^可以这样用/],
  ] as const) {
    await officer.replies(text);
    expect(officer.texts().at(-1)).toMatch(answer);
    officer.ignores();
  }
});

it('keeps to the language that the chat names', async () => {
  const story = await startStory();
  const officer = story.person('东主班');
  await officer.replies('who is on duty now?', { locale: 'zh-CN' });
  officer.sees(/^值班人员/);
  await officer.replies('现在谁值班', { locale: 'en-US' });
  officer.sees(/^On duty/);
});
