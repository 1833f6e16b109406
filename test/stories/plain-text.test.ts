import { expect, it } from 'vitest';
import { idOf } from '../support/invented.ts';
import { ignoreAll } from '../support/item-stories.ts';
import { startStory } from '../support/story.ts';

/** Whoever reads without cards, by SMS or in a client of their own, must be able to do what the card asks. */
it('says in plain text what the card says: until when, which code, and whom to call under which number', async () => {
  const story = await startStory({ at: '2021-08-27T09:59' });
  await story.clock.reaches('2021-08-27T10:09');
  let facts = 0;
  for (const to of story.chat.everybody())
    for (const { message } of story.chat.seenBy(to)) {
      for (const { value } of message.card?.facts ?? []) expect(message.text).toContain(value);
      facts += message.card?.facts.length ?? 0;
    }
  expect(facts).toBeGreaterThan(10);
  const asked = story.chat.seenBy(idOf('东主班'))[0]?.first;
  expect(asked?.text).toMatch(/^东城区 .*\n[\s\S]*10:10/u);
  // What the first line has said already is not said again.
  expect(asked?.text.match(/东城区/gu)).toHaveLength(1);
  ignoreAll(story);
});
