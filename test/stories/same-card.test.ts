import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

it('changes the card that was pressed; an escalation brings buttons back, and the end takes them away everywhere', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  await story.clock.passes('61m');
  story.group.sees(/查岗无应答/);
  const check = story.open()[0]!;
  const inGroup = { isGroup: true, conversation: 'g:office', value: { action: 'acknowledge', obligationId: check.id } };
  expect(story.group.card(/查岗无应答/)).toMatch(/\[我来接管\]/);

  // Somebody unknown presses it: no effect, and nothing is said in the group.
  await story.personById('m999').replies('', inGroup);
  expect(story.group.card(/查岗无应答/)).toMatch(/\[我来接管\]/);
  expect(story.open().map(({ id }) => id)).toEqual([check.id]);

  // Somebody of the office does: the same card says so and has no button any more, and no other message comes.
  const said = story.group.texts().length;
  await story.person('冯主任').replies('', inGroup);
  expect(story.group.card(/查岗无应答/)).toMatch(/已接管[\s\S]*冯主任/);
  expect(story.group.card(/查岗无应答/)).not.toMatch(/\[/);
  expect(story.group.texts()).toHaveLength(said);
  for (const name of ['东主班', '东副班', '东联络', '东局长', '陈干事'] as const) {
    expect(story.person(name).card(/再次查岗|代本岗|查岗无应答|岗位失联/)).not.toMatch(/\[(?:我来接管|在岗)\]/);
    story.person(name).ignores();
  }
  story.person('冯主任').ignores();

  // The unit doesn't man its post again: with each step there is something to press again.
  await story.clock.passes('31m');
  story.person('陈干事').sees(/岗位仍未恢复值守[\s\S]*\[我来接管\]/);
  await story.clock.passes('30m');
  story.group.sees(/岗位仍未恢复值守[\s\S]*\[我来接管\]/);
  await story.person('东主班').presses('acknowledge', /请恢复值守/);
  expect(story.open()).toEqual([]);
  for (const to of story.chat.everybody()) {
    const chat = to.startsWith('g:') ? story.group : story.personById(to);
    expect(chat.card(/恢复|接管/)).not.toMatch(/\[(?:我来接管|在岗)\]/);
    chat.ignores();
  }
  expect(story.group.card(/岗位仍未恢复值守/)).toMatch(/已应答[\s\S]*东主班/);
  await story.clock.passes('1h');
});
