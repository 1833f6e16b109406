import { describe, expect, it } from 'vitest';
import { recordReceipts } from '../../src/app/notices/record-receipts.ts';
import { startStory } from '../support/story.ts';

/** A platform that takes messages and says nothing of anybody's having them, until it is said to have. */
const start = async () => {
  const story = await startStory();
  const [officer, co] = [story.person('东主班'), story.person('东副班')];
  for (const one of [officer, co]) one.channelAnswers({ status: 'sent', isDelivered: false });
  await story.clock.passes('1m');
  const check = story.open().find((o) => o.kind === 'check' && o.asked.includes(officer.id))!;
  const hasRead = (to: string) =>
    recordReceipts(story.world, [{ to, about: [{ obligationId: check.id, stepNo: 0 }], channel: 'feishu', outcome: { status: 'read' } }]);
  const rows = (...names: readonly string[]) => story.events(...names).filter((row) => row.obligationId === check.id);
  /** The rest of the bureau is not what this is about. */
  const over = (): void => {
    for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
    story.group.ignores();
  };
  return { story, officer, check, hasRead, rows, over };
};

describe('what becomes of a message', () => {
  it('stands in the ledger hop by hop; read is no answer, and silence after it is somebody’s own', async () => {
    const { story, officer, check, hasRead, rows, over } = await start();
    await hasRead(officer.id);
    await story.settle();
    expect(story.open().map(({ id }) => id)).toContain(check.id);
    const hops = rows('StepFired', 'NoticeSent', 'NoticeDelivered', 'NoticeRead');
    expect(hops.map(({ event }) => event)).toEqual(['StepFired', 'NoticeSent', 'NoticeDelivered', 'NoticeRead']);
    expect(hops.at(-1)).toMatchObject({ channel: 'feishu', data: { to: officer.id, stepNo: 0 } });
    expect(story.obligations().find(({ id }) => id === check.id)).toMatchObject({ isRead: true, isDelivered: true, status: 'open' });
    await story.clock.passes('45m');
    expect(rows('ObligationMissed')).toMatchObject([{ data: { isDelivered: true, isRead: true } }]);
    over();
  });

  it('is not a miss of theirs where no channel said that it reached them', async () => {
    const { story, rows, over } = await start();
    await story.clock.passes('45m');
    const [verdict] = rows('ObligationMissed');
    expect(verdict!.data).toMatchObject({ isDelivered: false });
    expect(verdict!.data).not.toHaveProperty('isRead');
    expect(rows('NoticeDelivered', 'NoticeRead')).toEqual([]);
    over();
  });

  it('is told of others too, and makes nobody’s silence theirs', async () => {
    const { story, check, hasRead, rows, over } = await start();
    await hasRead(story.person('东联络').id);
    expect(rows('NoticeDelivered')).toEqual([]);
    expect(story.obligations().find(({ id }) => id === check.id)).not.toHaveProperty('isRead');
    expect(rows('NoticeRead')).toHaveLength(1);
    over();
  });
});
