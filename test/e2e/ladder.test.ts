import type { Activity } from 'botframework-directlinejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { askingOf, buttonsOf, cardOf, castOf, ledgerOf, play, textOf, type Cast, type Player, type Row } from './cast.ts';

/** Ten campaign minutes a second: two posts stay silent, one until the office acts, one until the group has heard of it. */
describe('an unanswered check, seen from above', () => {
  let demo: Demo;
  let cast: Cast;
  let office: Player;
  let group: Player;
  let tianqiao: Player;
  let licheng: readonly Player[];
  const players = (): readonly Player[] => [office, group, tianqiao, ...licheng];
  beforeAll(async () => {
    demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600', CLOCK_START: '2021-08-27T09:30+08:00' } });
    cast = await castOf(demo);
    const [chief] = cast.office();
    [office, group, tianqiao, ...licheng] = await Promise.all([
      play(demo, chief!),
      play(demo, chief!, { conversation: 'group' }),
      play(demo, cast.onPost('天桥区', 'coDuty')),
      play(demo, cast.onPost('历城区', 'onDuty')),
      play(demo, cast.onPost('历城区', 'coDuty')),
    ]);
  });
  afterAll(async () => {
    for (const { line } of players()) line.end();
    await demo.stop();
  });

  const checkAt = async (post: string): Promise<string> => {
    const { postId } = cast.posts.find((one) => one.post === post)!;
    const rows = await eventually(
      () => ledgerOf(demo),
      (all) => all.some((row) => row.event === 'CheckOpened' && row.data['subject'] === postId),
    );
    return rows.find((row) => row.event === 'CheckOpened' && row.data['subject'] === postId)!.obligationId!;
  };
  const rowsOf = async (obligationId: string): Promise<readonly Row[]> =>
    (await ledgerOf(demo)).filter((row) => row.obligationId === obligationId);
  const offersToTakeOver = (obligationId: string) => (activity: Activity) =>
    textOf(activity).includes('岗位失联') &&
    buttonsOf(activity).some((data) => data['action'] === 'acknowledge' && data['obligationId'] === obligationId);
  const takesOver = async (card: Activity, obligationId: string): Promise<void> => {
    const value = buttonsOf(card).find((data) => data['action'] === 'acknowledge' && data['obligationId'] === obligationId);
    await office.line.says('', { text: undefined, value });
  };

  it('reaches the office, whose member takes over by the button; then the unit is asked to man its post again', async () => {
    const obligationId = await checkAt('天桥区');
    const asked = await tianqiao.hears((activity) => askingOf(activity)?.obligationId === obligationId);
    expect(textOf(asked)).toMatch(/请代本岗应答/u);
    const card = await office.hears(offersToTakeOver(obligationId));
    expect(textOf(card)).toMatch(/天桥区/u);
    const since = office.now();
    await takesOver(card, obligationId);
    await office.hears(/已由您接管[\s\S]*天桥区/u, since);

    const restore = await tianqiao.hears((activity) => askingOf(activity)?.kind === 'restore');
    expect(textOf(restore)).toMatch(/请恢复值守/u);
    const closed = await tianqiao.hears((activity) => (activity.type as string) === 'messageUpdate' && activity.id === asked.id);
    expect(JSON.stringify(cardOf(closed))).toMatch(new RegExp(`已接管.*${office.name}`, 'u'));
    await tianqiao.asks('在岗', /已确认在岗/u);

    const rows = await rowsOf(obligationId);
    expect(rows.find((row) => row.event === 'ObligationMissed')).toBeDefined();
    expect(rows.at(-1)).toMatchObject({ event: 'ObligationTakenOver', actor: office.id });
    const restored = await eventually(
      () => rowsOf(askingOf(restore)!.obligationId),
      (all) => all.some((row) => row.event === 'AnswerRecorded'),
    );
    expect(restored[0]).toMatchObject({ event: 'ObligationOpened', actor: office.id, data: { kind: 'restore' } });
    expect(restored.find((row) => row.event === 'AnswerRecorded')).toMatchObject({ actor: tianqiao.id });
  });

  it('reaches the group after an hour, and the end stands on the same card', async () => {
    const obligationId = await checkAt('历城区');
    const alert = await group.hears(/历城区[\s\S]*查岗无应答/u);
    const rows = await rowsOf(obligationId);
    const steps = rows.filter((row) => row.event === 'StepFired' || row.event === 'StepSkipped');
    const isClimbing = steps.slice(0, 9).map((row) => [row.data['stepNo'], row.data['afterMs']]);
    expect(isClimbing).toEqual([0, 3, 6, 8, 10, 20, 30, 45, 60].map((minutes, stepNo) => [stepNo, minutes * 60_000]));

    const card = await office.hears(offersToTakeOver(obligationId));
    await takesOver(card, obligationId);
    const over = await group.hears((activity) => (activity.type as string) === 'messageUpdate' && activity.id === alert.id);
    expect(JSON.stringify(cardOf(over))).toMatch(/已接管/u);
    const after = await eventually(
      () => rowsOf(obligationId),
      (all) => all.some((row) => row.event === 'ObligationTakenOver'),
    );
    expect(
      after.findIndex((row) => row.event === 'StepFired' && row.seq > after.find((one) => one.event === 'ObligationTakenOver')!.seq),
    ).toBe(-1);
    // whoever stayed silent is asked anew, for the post has to be manned again
    await Promise.all(licheng.map((player) => player.hears((activity) => askingOf(activity)?.kind === 'restore')));
  });
});
