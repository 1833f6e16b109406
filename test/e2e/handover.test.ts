import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { castOf, ledgerOf, play, rosterOf, type Cast, type Player, type Row } from './cast.ts';

type Shift = readonly [postId: string, from: number, to: number, holders: readonly (readonly [role: string, personId: string])[]];

const boundaryAt = Date.parse('2021-08-28T08:30+08:00');

/**
 * Ten campaign minutes a second, over one morning: whoever comes for the first time is there long before, gives no sign of
 * life, and accepts only when those above them have heard of it. Only what has been heard moves the test on.
 */
describe('posts that nobody takes over', () => {
  let demo: Demo;
  let cast: Cast;
  let shifts: readonly Shift[];
  const players: Player[] = [];
  const join = async (...people: readonly Parameters<typeof play>[1][]): Promise<readonly Player[]> => {
    const joined = await Promise.all(people.map((person) => play(demo, person)));
    players.push(...joined);
    return joined;
  };
  beforeAll(async () => {
    demo = await startDemo({
      campaign: { ...onlyTheRoundOfTen, reachTest: { ahead: 'PT1H15M', answerBefore: 'PT40M', again: 'P14D' } },
      env: { CLOCK_SCALE: '600', CLOCK_START: '2021-08-28T00:30+08:00' },
    });
    cast = await castOf(demo);
    shifts = (await ledgerOf(demo)).flatMap((row) => (row.event === 'RosterChanged' ? (row.data['shifts'] as readonly Shift[]) : []));
  });
  afterAll(async () => {
    for (const { line } of players) line.end();
    await demo.stop();
  });

  const rowWith = async (fits: (row: Row) => boolean): Promise<Row> => {
    const rows = await eventually(
      () => ledgerOf(demo),
      (all) => all.some(fits),
      120_000,
    );
    return rows.find(fits)!;
  };
  const standing = async (post: string): Promise<readonly string[]> =>
    (await rosterOf(demo)).find((one) => one.post === post)!.holders.map(({ personId }) => personId);
  /** The officers who come at the boundary and do not stand there before. */
  const comingTo = (post: string) => {
    const { postId, holders } = cast.posts.find((one) => one.post === post)!;
    const next = shifts.find(([id, from]) => id === postId && from === boundaryAt)!;
    return next[3]
      .filter(([role, personId]) => role !== 'shiftLeader' && !holders.some((holder) => holder.personId === personId))
      .map(([, personId]) => cast.person(personId));
  };

  it('are listed ahead, climb to shift leader and liaison, and are held until somebody accepts', { timeout: 300_000 }, async () => {
    const [led, district] = ['局机关', '历下区'];
    const [toLed, toDistrict] = [comingTo(led), comingTo(district)];
    const comings = [...toLed, ...toDistrict];
    const before = await Promise.all([standing(led), standing(district)]);
    const [office, leader, liaison, ...newcomers] = await join(
      cast.office()[0]!,
      cast.onPost(led, 'shiftLeader'),
      cast.byRole('liaison', district),
      ...comings,
    );

    const listed = await rowWith(({ event }) => event === 'UnreachableListed');
    const unreached = (listed.data['people'] as readonly (readonly [string])[]).map(([personId]) => personId);
    expect(unreached).toEqual(expect.arrayContaining(comings.map(({ id }) => id)));
    await office!.hears(/人在首班前联系不上/u);

    await leader!.hears(new RegExp(`未按时接班：${led}`, 'u'));
    await liaison!.hears(new RegExp(`未按时接班：${district}[\\s\\S]*${toDistrict[0]!.name}`, 'u'));
    expect(await Promise.all([standing(led), standing(district)])).toEqual(before);

    for (const [post, [first]] of [
      [led, toLed],
      [district, toDistrict],
    ] as const) {
      const { id } = first!;
      await newcomers.find((one) => one.id === id)!.asks('接班', /已接班/u);
      const accepted = await rowWith(({ event, actor }) => event === 'HandoverAccepted' && actor === id);
      expect(accepted.data).toMatchObject({ isLate: true });
      await eventually(
        () => standing(post),
        (people) => people.includes(id),
      );
    }
  });
});
