import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { understand } from '../../src/domain/command/understand.ts';
import { vocabulary } from '../../src/messages/vocabulary.ts';
import { at, organisation } from '../support/invented.ts';
import { type Fuzz, withinWork } from './fuzz.ts';
import { longText, mutated, oddText } from './hostile.ts';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/phrases.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly unknown[]>
>;
const phrases = Object.values(fixture)
  .flat()
  .filter((phrase) => typeof phrase === 'string');
const often = fc
  .tuple(
    fc.constantFrom('1', '，', '请', '9月', '（', '到', '和', ' ', '。', '点', '一', '收到', 'D2SD', '周'),
    fc.integer({ min: 1, max: 20_000 }),
  )
  .map(([piece, times]) => piece.repeat(times).slice(0, 20_000));
const line = fc.oneof(
  { weight: 6, arbitrary: mutated(fc.constantFrom(...phrases)) },
  { weight: 2, arbitrary: oddText },
  { weight: 1, arbitrary: longText(20_000) },
  { weight: 1, arbitrary: often },
);

/** What `understand` of the command line answers to any line: one intent, quickly. */
export const words: Fuzz = {
  name: 'words',
  cases: 300,
  open: async () => {
    const { units, people } = organisation;
    const context = { now: at('2021-08-27T10:00'), timeZone: 'Asia/Shanghai', units, people };
    return {
      property: fc.asyncProperty(line, async (text) => {
        const { intent } = await withinWork(text.length * 3, { atLeast: 3_000, perKb: 300 }, async () =>
          understand(text, context, vocabulary),
        );
        if (typeof intent !== 'string') throw new Error('no intent');
      }),
      close: async () => {},
    };
  },
};
