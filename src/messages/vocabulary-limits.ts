import type { TokenReader } from '../domain/command/read-dates.ts';
import type { LimitToken, LimitVocabulary } from '../domain/items/limit-words.ts';
import { dateReaders, readNumber } from './vocabulary-dates.ts';
import { folds } from './vocabulary-signs.ts';

const sticky = (source: string): RegExp => new RegExp(source, 'yu');

const numeral = '一二两三四五六七八九十百半';
const number = `(?<![\\d.${numeral}])(\\d{1,3}(?:\\.\\d)?|[${numeral}]{1,4}|[数几])`;

/** Up to 999, with a half: `三`, `十五`, `一百八十`, `1.5`, `半`. Not a number: `几`. */
const readCount = (text: string): number => {
  if (text === '半') return 0.5;
  const [hundreds, rest] = text.includes('百') ? text.split('百') : ['', text];
  const whole = /^[\d.]+$/.test(text) ? Number(text) : readNumber(rest!);
  return text.includes('百') ? readNumber(hundreds!) * 100 + (rest ? whole : 0) : whole;
};

type Unit = (LimitToken & { readonly type: 'within' })['unit'];

/** Undefined where a part of a day is meant, or nobody knows how many. */
const within = (text: string, unit: Unit, times = 1): LimitToken | undefined => {
  const count = readCount(text) * times;
  if (!Number.isFinite(count)) return undefined;
  return unit === 'hour' || Number.isInteger(count) ? { type: 'within', count, unit } : undefined;
};

const counted = (unit: string, name: Unit, times = 1): TokenReader<LimitToken> => ({
  pattern: sticky(`${number}个?${unit}`),
  read: (match) => within(match[1]!, name, times),
});

const filler = (source: string): TokenReader<LimitToken> => ({ pattern: sticky(source), read: () => ({ type: 'filler' }) });

/** Longer readings first. `前` before the dates' readers: in a limit `前天` is no date. */
const limitReaders: readonly TokenReader<LimitToken>[] = [
  counted('(?:工作日|工作天)', 'workday'),
  counted('半(?:小时|钟头)', 'hour', 1),
  counted('(?:小时|钟头)', 'hour'),
  counted('(?:分钟)', 'hour', 1 / 60),
  counted('(?:自然日|日历天|日历日)', 'day'),
  counted('(?:周|星期|礼拜)(?=之?以?内|$)', 'day', 7),
  counted('月(?=之?以?内)', 'month'),
  { pattern: sticky(`半个?月(?=之?以?内|$)`), read: () => ({ type: 'within', count: 15, unit: 'day' }) },
  counted('[日天](?=之?以?内)', 'day'),
  {
    pattern: sticky(`(?:限|不超过|最多)(?:期|时)?${number.replace(/^\(\?<!.*?\]\)/, '')}[日天]`),
    read: (match) => within(match[1]!, 'day'),
  },
  counted('天(?!前)', 'day'),
  { pattern: sticky('(?:本|当)月(\\d{1,2})[日号]'), read: (m) => ({ type: 'date', day: Number(m[1]) }) },
  // `3日` may be three days or the third: not read, unless something else says it.
  filler(`${number}日`),
  // Reports in writing are commonly owed within the hour; nothing shorter is asked for in writing.
  { pattern: sticky('立即|立刻|即刻|马上|立行立改|第一时间'), read: () => ({ type: 'atOnce', hours: 1 }) },
  filler('(?:自|从)?(?:即日|收到|接到|交办|转办|接件|受理|通知|印发|下发)[^\\d一二两三四五六七八九十]{0,10}?(?:之日)?(?:起|后)'),
  {
    pattern: sticky('(20\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?!\\d)'),
    read: (m) => ({ type: 'date', year: Number(m[1]), month: Number(m[2]), day: Number(m[3]) }),
  },
  {
    pattern: sticky('(?:(\\d{4})年)?(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:底|末)'),
    read: (m) => ({ type: 'monthEnd', month: readNumber(m[2]!), offset: 0, ...(m[1] && { year: Number(m[1]) }) }),
  },
  { pattern: sticky('下个?月(?:底|末)'), read: () => ({ type: 'monthEnd', offset: 1 }) },
  { pattern: sticky('(?:本|这个?|当)?月(?:底|末)'), read: () => ({ type: 'monthEnd', offset: 0 }) },
  { pattern: sticky('年底'), read: () => ({ type: 'monthEnd', month: 12, offset: 0 }) },
  filler('之?以?前|之?以?内'),
];

export const limitVocabulary: LimitVocabulary = {
  folds: { ...folds, 內: '内' },
  readers: [...limitReaders, ...dateReaders],
  unless: /每[日天周月个]|另行|长期|节前|节后|节日|(?<=[日号天时点\d])(?:之|以)?后(?!督)/u,
  fromThen: /[日号天]起/u,
  noise: /\(?(?:一式)?[\d一二两三四五六七八九十]+(?:份|套|式|章|册|页)\)?/gu,
};
