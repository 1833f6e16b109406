import { describe, expect, it } from 'vitest';
import { evolveCampaignRecord } from '../../../src/domain/campaign-record/campaign-record.ts';
import { changedMembers, sealedMembers } from '../../../src/domain/campaign-record/changed-members.ts';
import { takeDraft } from '../../../src/domain/campaign-record/take-draft.ts';

describe('what another campaign says otherwise', () => {
  it('is named member by member, down to the one that differs', () => {
    const before = {
      name: 'A',
      checks: {
        posts: {
          bands: [
            { from: '07:00', fixed: ['10:00'] },
            { from: '22:00', fixed: [] },
          ],
        },
      },
    };
    const after = {
      name: 'B',
      checks: {
        posts: {
          bands: [
            { from: '07:00', fixed: ['09:00'] },
            { from: '22:00', fixed: [] },
          ],
        },
      },
    };
    expect(changedMembers(before, after)).toEqual([
      { member: 'name', before: 'A', after: 'B' },
      { member: 'checks.posts.bands[0].fixed', before: ['10:00'], after: ['09:00'] },
    ]);
  });

  it('is nothing for the same said in another order, and a whole list where one is added', () => {
    expect(changedMembers({ limits: { a: 1, b: 2 } }, { limits: { b: 2, a: 1 } })).toEqual([]);
    const [change] = changedMembers({ phases: [{ phase: 'during' }] }, { phases: [{ phase: 'during' }, { phase: 'after' }] });
    expect(change).toEqual({ member: 'phases', before: [{ phase: 'during' }], after: [{ phase: 'during' }, { phase: 'after' }] });
  });

  it('names what comes and what goes, and of people only how many in a sealed row', () => {
    const changes = changedMembers({ readiness: { by: '2021-08-25' } }, { auditors: ['13800000001', '13800000002'] });
    expect(changes.map(({ member }) => member)).toEqual(['readiness', 'auditors']);
    expect(sealedMembers(changes)).toEqual([
      ['readiness', { by: '2021-08-25' }, null],
      ['auditors', null, 2],
    ]);
  });
});

describe('an edited form', () => {
  const words = { name: 'A', from: '2021-08-26T08:30', checks: { posts: { proof: 'code' } } };
  const shown = { ...words, timeZone: 'Asia/Shanghai', checks: { posts: { proof: 'code', bands: [1] }, onSite: { bands: [1] } } };

  it('gives only what was edited: what the file left out stays left out', () => {
    expect(takeDraft(words, shown, { ...shown, name: 'B' })).toEqual({ ...words, name: 'B' });
    expect(takeDraft(words, shown, shown)).toEqual(words);
  });

  it('takes parts of checks by themselves, so that one goes on following another', () => {
    const draft = { ...shown, checks: { ...shown.checks, posts: { proof: 'code', bands: [2] } } };
    expect(takeDraft(words, shown, draft)).toEqual({ ...words, checks: { posts: { proof: 'code', bands: [2] } } });
  });

  it('takes out what was taken out', () => {
    const { name: _, ...without } = shown;
    expect(takeDraft(words, shown, without)).toEqual({ from: words.from, checks: words.checks });
  });
});

it('is rebuilt from its row, without its words where they were removed', () => {
  const row = {
    at: 5,
    event: 'CampaignChanged',
    actor: 'm1',
    data: { version: 2, hash: 'h', fileHash: 'f', source: 'page', changed: [] },
  } as const;
  const rest = { version: 2, hash: 'h', fileHash: 'f', source: 'page', at: 5, by: 'm1' };
  expect(evolveCampaignRecord(undefined, { ...row, personal: { words: { name: 'A' } } })).toEqual({ ...rest, words: { name: 'A' } });
  expect(evolveCampaignRecord(undefined, row)).toEqual(rest);
  // whole where nothing was removed
  const personal = { words: { name: 'A' }, hash: 'whole', fileHash: 'whole file' };
  expect(evolveCampaignRecord(undefined, { ...row, personal })).toEqual({ ...rest, ...personal });
  expect(evolveCampaignRecord(undefined, { ...row, event: 'WatchEnded' })).toBeUndefined();
});
