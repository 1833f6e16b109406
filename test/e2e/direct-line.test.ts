import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, eventually, onlyTheRoundOfTen, startDemo } from '../support/demo.ts';
import { ledgerOf } from './cast.ts';

describe('the demo as npm start runs it', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600' } });
  }, 180_000);
  afterAll(() => demo.stop());

  it('asks a round at ten, hears most of the posts, and climbs to the group where one sleeps', async () => {
    const rows = await eventually(
      () => ledgerOf(demo),
      (all) => all.some((row) => row.event === 'StepFired' && JSON.stringify(row.data['roles']) === '["groupChat"]'),
      60_000,
    );
    const asked = rows.filter((row) => row.event === 'CheckOpened' && row.data['cause'] === 'round');
    expect(asked).toHaveLength(17);
    expect(rows.filter((row) => row.event === 'AnswerRecorded').length).toBeGreaterThanOrEqual(16);
    const missed = rows.filter((row) => row.event === 'ObligationMissed').map((row) => row.obligationId);
    const ladder = rows.filter((row) => row.event === 'StepFired' && row.obligationId === missed[0]).map((row) => row.data['afterMs']);
    expect(ladder.slice(0, 9)).toEqual([0, 3, 6, 8, 10, 20, 30, 45, 60].map((minutes) => minutes * 60_000));
    expect(new Set(rows.map((row) => row.seq)).size).toBe(rows.length);
  }, 180_000);
});
