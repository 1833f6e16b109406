import { describe, expect, it } from 'vitest';
import { decideItem } from '../../../src/domain/items/decide-item.ts';
import type { ItemRefusal } from '../../../src/domain/items/item-refusal.ts';
import { at } from '../../support/invented.ts';
import {
  handIn,
  hour,
  itemContext,
  personOf,
  signing,
  signsOff,
  tellItem,
  type Act,
  type Actor,
  type ItemStory,
} from '../../support/items.ts';

const everybody: readonly Actor[] = [
  '东联络',
  '东联系',
  '东局长',
  '东主班',
  '次日班',
  '西联络',
  '西主班',
  '冯主任',
  '陈干事',
  '组长',
  '组员',
  '外人',
];

/** Who is let through, and who is told that it is not theirs. */
const allowed = (story: ItemStory, act: Act): readonly Actor[] =>
  everybody.filter((name) => {
    const { refusal } = decideItem(story.item(), { ...act, personId: personOf(name), channel: 'x' }, itemContext, story.now());
    return refusal === undefined || refusal === ('ownWork' satisfies ItemRefusal);
  });

const received = (over: Parameters<typeof tellItem>[0] = {}): ItemStory => {
  const story = tellItem(over);
  story.does('东联络', { type: 'receive' });
  return story;
};

const ofUnit: readonly Actor[] = ['东联络', '东联系', '东局长', '东主班'];
const leaders: readonly Actor[] = ['东联络', '东联系', '东局长'];
const office: readonly Actor[] = ['冯主任', '陈干事'];

describe('who may do what', () => {
  it('the unit’s named people and whoever stands its post now; off duty nobody', () => {
    expect(allowed(tellItem(), { type: 'receive' })).toEqual(ofUnit);
    expect(allowed(received(), { type: 'report', text: '到了', files: [] })).toEqual(ofUnit);
    expect(allowed(received(), handIn('好了'))).toEqual(ofUnit);
  });

  it('plans and dates only those who lead the unit', () => {
    const story = received();
    const subtasks = [{ title: '洒水', ownerId: personOf('次日班'), dueAt: story.now() + hour }];
    expect(allowed(story, { type: 'split', subtasks })).toEqual(leaders);
    expect(allowed(story, { type: 'extend', toAt: at('2021-09-02T00:00'), reason: '雨' })).toEqual(leaders);
    // whoever is named for a piece, on duty or not, reports on it, drafts, and asks for its date
    story.does('东联络', { type: 'split', subtasks });
    expect(allowed(story, { type: 'finishSubtask', no: 1 })).toEqual([...leaders, '次日班']);
    expect(allowed(story, { type: 'extend', toAt: story.now() + 2 * hour, reason: '雨', subtaskNo: 1 })).toEqual([...leaders, '次日班']);
    expect(allowed(story, { type: 'report', text: '到了', files: [] })).toContain('次日班');
    expect(allowed(story, handIn('好了'))).toContain('次日班');
    expect(allowed(story, { type: 'reassign', no: 1, ownerId: personOf('东主班') })).toEqual(leaders);
  });

  it('checks, signs and hands in: the unit; accepts, returns and closes: the office; looks again: all but outsiders', () => {
    const story = received();
    story.does('东联系', handIn('好了'));
    expect(allowed(story, { type: 'check' })).toEqual(ofUnit);
    story.does('东联络', { type: 'check' });
    expect(allowed(story, signing(story))).toEqual(ofUnit);
    story.does('东联系', signing(story));
    expect(allowed(story, { type: 'submit' })).toEqual(ofUnit);
    story.does('东联系', { type: 'submit' });
    expect(allowed(story, { type: 'accept' })).toEqual(office);
    expect(allowed(story, { type: 'return', reason: '缺', fault: 'other' })).toEqual(office);
    story.does('陈干事', { type: 'accept' });
    expect(allowed(story, { type: 'close' })).toEqual(office);
    story.does('陈干事', { type: 'close' });
    expect(allowed(story, { type: 'followUp', passed: true, text: '好' })).toEqual([...ofUnit, ...office, '组长', '组员']);
  });

  it('urges, withdraws and moves outer limits: the office', () => {
    const story = received();
    expect(allowed(story, { type: 'urge' })).toEqual(office);
    expect(allowed(story, { type: 'withdrawItem', reason: '误录' })).toEqual(office);
    const move = { level: 'team', toAt: at('2021-09-10T00:00'), consentOf: '督察组', consentRef: '1号函', reason: '雨' } as const;
    expect(allowed(story, { type: 'moveOuter', ...move })).toEqual(office);
  });
});

describe('nobody’s own work', () => {
  it('is checked, signed, accepted, closed or looked at again by themselves', () => {
    const story = received();
    story.does('东联系', handIn('好了'));
    expect(story.refused('东联系', { type: 'check' })).toBe('ownWork');
    story.does('东主班', { type: 'check' });
    story.does('东联系', signing(story));
    story.does('东联系', { type: 'submit' });
    story.does('陈干事', { type: 'accept' });
    story.does('冯主任', { type: 'close' });
    for (const name of ['东联系', '东局长', '陈干事', '冯主任'] as const)
      expect(story.refused(name, { type: 'followUp', passed: true, text: '好' })).toBe('ownWork');
    // the same unit, another person: districts look again themselves
    story.does('东主班', { type: 'followUp', passed: true, text: '好' });
  });

  it('is signed by a principal who drafted or checked it', () => {
    const drafted = received();
    drafted.does('东局长', handIn('好了'));
    drafted.does('东联络', { type: 'check' });
    expect(drafted.refused('东联络', signing(drafted))).toBe('ownWork');
    const checked = received();
    checked.does('东联系', handIn('好了'));
    checked.does('东局长', { type: 'check' });
    expect(checked.refused('东联络', signing(checked))).toBe('ownWork');
    // another draft, checked by somebody else, finds its signature
    signsOff(checked);
  });

  it('cannot become the principal’s: no subtask is theirs', () => {
    const story = received({ kind: 'petition', unitIds: ['u2', 'u3'] });
    const subtask = (ownerId: string) => ({ type: 'split' as const, subtasks: [{ title: '洒水', ownerId, dueAt: story.now() + hour }] });
    expect(story.refused('东联络', subtask(personOf('东局长')))).toBe('ownWork');
    story.does('东联络', subtask(personOf('东联系')));
    expect(story.refused('东联络', { type: 'reassign', no: 1, ownerId: personOf('东局长') })).toBe('ownWork');
    // another unit's principal signs nothing here
    story.does('东联络', subtask(personOf('西局长')));
  });

  it.each(['rectificationPlan', 'rectificationReport', 'assigned'])(
    '%s of an office of three is brought to its end by these three',
    (kind) => {
      const story = tellItem({ unitIds: ['g1'], kind });
      if (story.item().status === 'handedOver') story.does('陈干事', { type: 'receive' });
      story.does('陈干事', handIn('好了'));
      expect(story.refused('陈干事', { type: 'check' })).toBe('ownWork');
      story.does('办公室三', { type: 'check' });
      // who carries the signed paper has not made it
      story.does('办公室三', signing(story));
      expect(story.item().versions[0]!.signedBy).toBe(personOf('冯主任'));
      story.does('办公室三', { type: 'submit' });
      for (const name of ['陈干事', '冯主任'] as const) {
        expect(story.refused(name, { type: 'accept' })).toBe('ownWork');
        expect(story.refused(name, { type: 'return', reason: '缺', fault: 'other' })).toBe('ownWork');
      }
      story.does('办公室三', { type: 'accept' });
      for (const name of ['陈干事', '冯主任'] as const) expect(story.refused(name, { type: 'close' })).toBe('ownWork');
      expect(story.does('办公室三', { type: 'close' }).status).toBe('closed');
    },
  );

  it('is struck off the list by themselves', () => {
    const story = tellItem({ unitIds: ['g1'], kind: 'dailyReport' });
    story.does('陈干事', { type: 'receive' });
    story.does('陈干事', handIn('好了'));
    story.does('陈干事', { type: 'submit' });
    story.does('办公室三', { type: 'accept' });
    expect(story.refused('陈干事', { type: 'close' })).toBe('ownWork');
    story.does('冯主任', { type: 'close' });
  });
});

describe('why not', () => {
  const story = received();
  it.each<readonly [string, Actor, Act, ItemRefusal]>([
    ['there is nothing to check', '东联络', { type: 'check' }, 'noDraft'],
    ['there is nothing to sign', '东联络', { type: 'sign', signedOn: '2021-08-28' }, 'noDraft'],
    ['there is nothing to hand in', '东联络', { type: 'submit' }, 'noDraft'],
    ['a hand-in says nothing', '东联络', handIn('  '), 'noText'],
    ['a hand-in has no file', '东联络', handIn('好了', { files: [] }), 'noFile'],
    ['a report says nothing', '东联络', { type: 'report', text: ' ', files: [] }, 'noText'],
    ['a plan has no pieces', '东联络', { type: 'split', subtasks: [] }, 'noText'],
    [
      'a piece has no name',
      '东联络',
      { type: 'split', subtasks: [{ title: ' ', ownerId: personOf('东主班'), dueAt: story.now() + hour }] },
      'noText',
    ],
    [
      'a piece is another unit’s person’s',
      '东联络',
      { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('西主班'), dueAt: story.now() + hour }] },
      'unknownPerson',
    ],
    [
      'a piece is due before now',
      '东联络',
      { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('东主班'), dueAt: story.now() }] },
      'datePast',
    ],
    [
      'a piece is due after the whole',
      '东联络',
      { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('东主班'), dueAt: at('2021-09-01T00:01') }] },
      'beyondOuterLimit',
    ],
    ['there is no such piece', '东联络', { type: 'finishSubtask', no: 9 }, 'unknownSubtask'],
    ['there is no such piece', '东联络', { type: 'reassign', no: 9, ownerId: 'm7' }, 'unknownSubtask'],
    ['it has been received', '东联系', { type: 'receive' }, 'alreadyDone'],
    ['nothing was asked', '东局长', { type: 'approve' }, 'noExtension'],
    ['nothing was asked', '东局长', { type: 'reject', reason: '不行' }, 'noExtension'],
    ['nothing was handed in', '陈干事', { type: 'accept' }, 'notSubmitted'],
    ['nothing was accepted', '陈干事', { type: 'close' }, 'notAccepted'],
    ['nothing was closed', '组员', { type: 'followUp', passed: true, text: '好' }, 'notClosed'],
    ['no reason is given', '陈干事', { type: 'withdrawItem', reason: ' ' }, 'noReason'],
  ])('%s (%s)', (_, name, act, refusal) => expect(story.refused(name, act)).toBe(refusal));

  it('is unknown', () => {
    const command = { type: 'receive', personId: 'm1', channel: 'x' } as const;
    expect(decideItem(undefined, command, itemContext, 0)).toEqual({ events: [], refusal: 'unknownItem' });
  });

  it('a signature needs a scan with the seal and a date that can be', () => {
    const signed = received();
    signed.passes(hour);
    signed.does('东联系', handIn('好了'));
    signed.does('东联络', { type: 'check' });
    expect(signed.refused('东联系', { type: 'sign', signedOn: '2021-08-28' })).toBe('noSeal');
    signed.comes('2021-09-02T10:00');
    const sign = signing(signed) as Extract<Act, { type: 'sign' }>;
    for (const signedOn of ['2021-08-27', '2021-09-03', '2021-08-32', '2021-08-00', '2021-13-01', '20210829', '', '2021-8-29'])
      expect(signed.refused('东联系', { ...sign, signedOn })).toBe('signatureDate');
    signed.does('东联系', { ...sign, signedOn: '2021-08-31' });
    expect(signed.refused('东联系', sign)).toBe('alreadyDone');
    expect(signed.refused('东联络', { type: 'check' })).toBe('alreadyDone');
  });

  it('a unit without a principal has nobody to sign', () => {
    const directory = {
      ...itemContext.directory,
      appointedTo: new Map([...itemContext.directory.appointedTo].filter(([key]) => key !== 'principal u2')),
    };
    const alone = tellItem({}, { ...itemContext, directory });
    alone.does('东联络', { type: 'receive' });
    alone.does('东联系', handIn('好了'));
    alone.does('东联络', { type: 'check' });
    expect(alone.refused('东联系', signing(alone))).toBe('noPrincipal');
  });

  it('what lies with the office waits for the office', () => {
    const waiting = received();
    signsOff(waiting);
    expect(waiting.refused('东联系', handIn('还有'))).toBe('underReview');
    expect(waiting.refused('东联系', { type: 'check' })).toBe('underReview');
    expect(waiting.refused('东联系', signing(waiting))).toBe('underReview');
    expect(waiting.refused('东联系', { type: 'submit' })).toBe('alreadyDone');
    expect(waiting.refused('东联络', { type: 'extend', toAt: at('2021-09-03T00:00'), reason: '雨' })).toBe('underReview');
    waiting.does('陈干事', { type: 'accept' });
    expect(waiting.refused('冯主任', { type: 'accept' })).toBe('alreadyDone');
    waiting.does('陈干事', { type: 'close' });
    expect(waiting.refused('冯主任', { type: 'close' })).toBe('alreadyDone');
    expect(waiting.refused('东联系', handIn('还有'))).toBe('ended');
  });

  it('what is withdrawn is over for everybody', () => {
    const over = received();
    expect(over.does('陈干事', { type: 'withdrawItem', reason: '重复' })).toMatchObject({ status: 'withdrawn', endReason: '重复' });
    expect(over.clocks()).toEqual([]);
    expect(over.refused('东联络', { type: 'receive' })).toBe('ended');
  });
});
