import { expect, it } from 'vitest';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { at, organisation } from '../support/invented.ts';
import { draftOf, fileOf, ignoreAll, itemIn } from '../support/item-stories.ts';
import { startStory } from '../support/story.ts';

const third = 'm20';
const ofThree = {
  ...organisation,
  people: [...organisation.people, { id: third, name: '第三人', mobile: '13800000020' }],
  appointments: [...organisation.appointments, { role: 'member' as const, of: 'g1', personId: third, from: 0 }],
};

it('lets an office of three finish the rectification plan that it owes itself, and nobody judge their own work', async () => {
  const story = await startStory({ at: '2021-09-27T09:00', organisation: ofThree });
  const plan = draftOf(1, {
    kind: 'rectificationPlan',
    unitIds: ['g1'],
    handedOverAt: at('2021-09-27T09:00'),
    limits: [{ level: 'unit', at: at('2021-10-27T00:00'), countedFromAt: at('2021-09-27T09:00'), rule: { type: 'instant' } }],
  });
  await handOver(story.world, { drafts: [plan] });
  await story.settle();
  const [preparer, head, checker] = [story.person('陈干事'), story.person('冯主任'), story.personById(third)];
  await preparer.replies('已办结 0001');
  await preparer.fills('draft', { outcome: 'done', text: '整改方案' });
  await preparer.replies('', { files: [fileOf('方案.pdf')] });
  preparer.ignores();
  await preparer.replies('数据审核 0001');
  preparer.sees(/不能审核、签批、接收或后督察本人经手的件/);
  await checker.replies('数据审核 0001');
  await checker.replies('登记签字 0001');
  await checker.fills('sign', { signedOn: '2021-09-27' });
  await checker.replies('', { files: [fileOf('盖章.pdf')] });
  await checker.replies('报送 0001');
  expect(itemIn(story, 1).status).toBe('submitted');
  ignoreAll(story);
  for (const name of [preparer, head]) {
    await name.replies('接收报送 0001');
    name.sees(/不能审核、签批、接收或后督察本人经手的件/);
  }
  await checker.replies('接收报送 0001');
  await checker.replies('销号 0001');
  expect(itemIn(story, 1)).toMatchObject({ status: 'closed', closedBy: third, versions: [{ signedBy: head.id, decidedBy: third }] });
  ignoreAll(story);
});
