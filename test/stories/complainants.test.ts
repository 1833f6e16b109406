import { expect, it } from 'vitest';
import { draftOf, ignoreAll, startWith } from '../support/item-stories.ts';

/** Who complained is said to those who must answer them, in the chat as on the page. */

const text = '举报人王小明，家住和平小区3号楼2单元501室，电话138-0000-1111。反映工地夜间施工扬尘';
const number = 'D2SD202108280012';

it.each([
  ['东联络', true],
  ['东局长', true],
  ['冯主任', true],
  ['东主班', false],
] as const)('%s reads in the chat who complained: %s', async (name, isSeen) => {
  const story = await startWith(draftOf(12, { text }));
  ignoreAll(story);
  await story.person(name).replies(number);
  const said = story.person(name).texts().at(-1)!;
  expect(said).toContain(number);
  expect(said).toContain('工地夜间施工扬尘');
  const complainant = ['王小明', '和平小区3号楼', '138-0000-1111'];
  expect(complainant.filter((word) => said.includes(word))).toEqual(isSeen ? complainant : []);
  ignoreAll(story);
});
