import { expect, it } from 'vitest';
import type { Notice } from '../../../src/domain/escalation/notice.ts';
import { load, open, roles } from '../../support/roster-desk.ts';

const two = roles(['8月27日', '', '赵明', '李涛'], ['8月28日', '', '张伟', '周强']);
const changed = roles(['8月27日', '', '赵明', '李涛'], ['8月28日', '', '张伟', '赵明']);

/** What the last import has said to whom. */
const tellingDesk = async () => {
  const desk = await open();
  let told: readonly Notice[] = [];
  const { commitCampaign } = desk.store;
  const store = {
    ...desk.store,
    commitCampaign: (...[campaign, expected, events, notices = []]: Parameters<typeof commitCampaign>) => {
      told = notices;
      return commitCampaign(campaign, expected, events, notices);
    },
  };
  const nameOf = (id: string) => desk.campaign().organisation.people.find((person) => person.id === id)?.name;
  return {
    desk: { ...desk, store },
    told: () => told.map(({ to, params }) => [nameOf(to), ...(params!['lines'] as readonly string[])]),
  };
};

it('tells nobody by the first roster of a campaign', async () => {
  const { desk, told } = await tellingDesk();
  expect(await load(desk, [two])).toMatchObject({ ok: true });
  expect(told()).toEqual([]);
});

it('tells each person once what a later one changes for them, and nobody else', async () => {
  const { desk, told } = await tellingDesk();
  await load(desk, [two]);
  expect(await load(desk, [changed])).toMatchObject({ ok: true });
  expect(told()).toEqual([
    ['赵明', expect.stringMatching(/^新增：08-28\(周六\) 08:30 – 08-29 08:30 历下区 副班$/u)],
    ['周强', expect.stringMatching(/^取消：08-28\(周六\) 08:30 – 08-29 08:30 历下区 副班$/u)],
  ]);
});

it('tells nobody of shifts that are over', async () => {
  const { desk, told } = await tellingDesk();
  await load(desk, [two]);
  desk.at('2021-08-29T08:30:00+08:00');
  expect(await load(desk, [changed])).toMatchObject({ ok: true });
  expect(told()).toEqual([]);
});
