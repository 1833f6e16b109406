import { expect, it } from 'vitest';
import { mixMoments } from '../../src/web/logic/timeline.ts';
import type { TimelineMoment } from '../../src/web/data/types.ts';

const moments = (...what: readonly TimelineMoment['what'][]): readonly TimelineMoment[] =>
  what.map((each, index) => ({ seq: index + 1, at: '2021-08-27T10:00:00+08:00', what: each }));
const shown = (...what: readonly TimelineMoment['what'][]): string =>
  mixMoments(moments(...what), 4)
    .map((one) => one.what)
    .join(' ');

it('leaves half of the list to what else went wrong, in the order in which it did', () => {
  const silent = ['noAnswer', 'noAnswer', 'undelivered', 'noAnswer', 'noAnswer'] as const;
  expect(shown(...silent, 'handoversLate', 'itemsOverdue', 'alarms')).toBe('noAnswer noAnswer handoversLate itemsOverdue');
  expect(shown('help', ...silent)).toBe('help noAnswer noAnswer undelivered');
  expect(shown(...silent)).toBe('noAnswer noAnswer undelivered noAnswer');
  expect(shown('alarms', 'help', 'empty', 'help', 'noAnswer')).toBe('alarms help empty noAnswer');
});
