import { expect, it } from 'vitest';
import { contentOf, createOnceIds } from '../../src/web/data/once-ids.ts';

it('says the same under the same id as long as no answer has come, and for two minutes at most', () => {
  let now = 0;
  const ids = createOnceIds(() => now);
  const first = ids.of('在岗');
  expect(ids.of('在岗')).toBe(first);
  expect(ids.of('不在')).not.toBe(first);
  ids.settle('在岗');
  const second = ids.of('在岗');
  expect(second).not.toBe(first);
  // whoever presses hours later answers another check
  now += 120_000;
  expect(ids.of('在岗')).not.toBe(second);
});

it('tells apart what is said by its words, values and files', () => {
  const file = (name: string): File => new File(['x'], name, { lastModified: 1 });
  const all = [{ text: '在' }, { text: '不在' }, { value: { action: 'onPost' } }].map((said) => contentOf(said));
  const withFiles = [contentOf({ text: '在' }, [file('a')]), contentOf({ text: '在' }, [file('b')])];
  expect(new Set([...all, ...withFiles]).size).toBe(5);
  expect(contentOf({ text: '在' }, [file('a')])).toBe(withFiles[0]);
});
