import type { DateReader } from '../domain/command/vocabulary.ts';
import type { DateToken, PartOfDay } from '../domain/command/period.ts';

const digitOf: { readonly [numeral: string]: number } = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Up to 99, in digits or in Chinese: `12`, `十二`, `二十`, `廿` is not used in chat. */
export const readNumber = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const ten = text.includes('十') ? (tens ? (digitOf[tens] ?? NaN) : 1) : 0;
  return ten * 10 + (ones ? (digitOf[ones] ?? NaN) : 0);
};

const readYear = (text: string | undefined): number | undefined => {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return text.length === 2 ? 2000 + Number(text) : Number(text);
  return Number([...text].map((numeral) => digitOf[numeral]).join(''));
};

const number = '(?:\\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';
const sticky = (source: string): RegExp => new RegExp(source, 'yu');

const date = (day: number, month?: number, year?: number): DateToken => ({
  type: 'date',
  day,
  ...(month !== undefined && { month }),
  ...(year !== undefined && { year }),
});

const namedMonth = (month: number, year?: number): DateToken => ({ type: 'namedMonth', month, ...(year !== undefined && { year }) });

const word = (words: string, token: DateToken | readonly DateToken[]): DateReader => ({ pattern: sticky(words), read: () => token });

const day = (offset: number): DateToken => ({ type: 'day', offset });
const part = (name: PartOfDay): DateToken => ({ type: 'part', part: name });

const weekdayOf: { readonly [name: string]: number } = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7 };
const weekOf: { readonly [name: string]: number } = { 上上: -2, 上: -1, 这: 0, 本: 0, 这个: 0, 下: 1, 下个: 1, 上个: -1, 下下: 2 };

const readChineseWeekday = (match: RegExpExecArray): DateToken => {
  const week = match[1] ? weekOf[match[1]] : undefined;
  const at = week === undefined ? {} : { week };
  return match[2] === '末' ? { type: 'weekend', ...at } : { type: 'weekday', weekday: weekdayOf[match[2]!] ?? 1, ...at };
};

const partNames: { readonly [name: string]: PartOfDay } = {
  凌晨: 'earlyMorning',
  清晨: 'morning',
  早上: 'morning',
  早晨: 'morning',
  上午: 'morning',
  中午: 'noon',
  下午: 'afternoon',
  傍晚: 'evening',
  晚上: 'evening',
  晚间: 'night',
  夜里: 'night',
  夜间: 'night',
  半夜: 'night',
  深夜: 'night',
  通宵: 'night',
  夜班: 'night',
  晚班: 'night',
  晚: 'night',
  夜: 'night',
  白天: 'day',
  日间: 'day',
  白班: 'day',
};

const readMinutes = (text: string | undefined): number => {
  if (!text) return 0;
  if (text === '半') return 30;
  if (text === '一刻') return 15;
  if (text === '三刻') return 45;
  return readNumber(text);
};

const chinese: readonly DateReader[] = [
  {
    pattern: sticky(`(?:(\\d{4}|\\d{2}|[二〇零一二三四五六七八九]{4})年)?(${number})月份?(${number})[日号]?(?!\\d|个|天|周)`),
    read: (m) => date(readNumber(m[3]!), readNumber(m[2]!), readYear(m[1])),
  },
  { pattern: sticky(`(?:(\\d{4}|\\d{2})年)?(${number})月份?(?!\\d)`), read: (m) => namedMonth(readNumber(m[2]!), readYear(m[1])) },
  { pattern: sticky('(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})(?!\\d)'), read: (m) => date(Number(m[3]), Number(m[2]), Number(m[1])) },
  { pattern: sticky('(?<!\\d|\\d\\.)(\\d{1,2})[./](\\d{1,2})(?![\\d%]|\\.\\d|天|个|小时|万|米)'), read: (m) => readShortDate(m) },
  { pattern: sticky('(?<![\\d-])(\\d{2})-(\\d{2})(?![\\d-])'), read: (m) => readShortDate(m) },
  { pattern: sticky(`(?:未来|今后|接下来|最近|近)(${number})[天日]`), read: (m) => ({ type: 'coming', days: readNumber(m[1]!) }) },
  { pattern: sticky(`(${number})天(?:以|之)?后`), read: (m) => day(readNumber(m[1]!)) },
  { pattern: sticky(`(${number})个?(?:周|星期|礼拜)(?:以|之)?后`), read: (m) => day(7 * readNumber(m[1]!)) },
  { pattern: sticky(`(${number})(?:个)?(?:整)?(?:天|日(?!期|内))`), read: (m) => readLength(m) },
  { pattern: sticky(`(?<!\\d)(${number})号(?!楼|线|院|门|工地|井|地块|桥|路|厅|口|机|仓|车)`), read: (m) => date(readNumber(m[1]!)) },
  {
    pattern: sticky(`(${number})(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天末])`),
    read: (m) => ({ type: 'length', days: 7 * readNumber(m[1]!) }),
  },
  word('大后天', day(3)),
  word('后(?:天|日)', day(2)),
  word('明(?:天|日|儿个?|(?=[晚早夜]))|次日|第二天', day(1)),
  word('大前天', day(-3)),
  word('前(?:天|日)', day(-2)),
  word('昨(?:天|日|儿|(?=[晚夜早]))', day(-1)),
  word('今(?:天|日|儿个?)?(?:的)?(?:夜里|夜间|夜班|晚上|晚间|晚班|晚|夜)', part('night')),
  word('当晚', part('night')),
  word('今(?:天|日|儿个?)|当天|当日', day(0)),
  word('今(?=早)', day(0)),
  { pattern: sticky('(上上|下下|上个?|下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末])(?!期)'), read: readChineseWeekday },
  { pattern: sticky('(上上|下下|上个?|下个?|这个?|本)(?:周|星期|礼拜)'), read: (m) => ({ type: 'week', offset: weekOf[m[1]!] ?? 0 }) },
  word('(?:上个?月)', { type: 'month', offset: -1 }),
  word('(?:下个?月)', { type: 'month', offset: 1 }),
  word('(?:本月|这个?月|当月)', { type: 'month', offset: 0 }),
  {
    pattern: sticky(`(${number})(?:点钟?|时)(半|一刻|三刻|${number}(?=分))?分?(?!后)`),
    read: (m) => ({ type: 'clock', hour: readNumber(m[1]!), minute: readMinutes(m[2]) }),
  },
  { pattern: sticky(`(?:${Object.keys(partNames).join('|')})`), read: (m) => part(partNames[m[0]]!) },
  word('(?<=[明今昨天])早(?!已)|早(?=[\\d一二三四五六七八九十])', part('morning')),
  word('国庆节?', [date(1, 10), { type: 'through' }, date(7, 10)]),
  word('元旦节?', date(1, 1)),
  word('五一|劳动节', date(1, 5)),
  // Their dates are the calendar office's to say: better asked for than guessed.
  word('中秋节?|端午节?|春节|除夕|清明节?|节假日', date(0, 1)),
  word('现在|目前|当前|此刻|这会儿|眼下|这时候', { type: 'now' }),
];

const readLength = (match: RegExpExecArray): DateToken | undefined => {
  const days = readNumber(match[1]!);
  // "19日" after a dash is a date; "3日" alone as well: people count in 天.
  return match[0].endsWith('日') ? date(days) : { type: 'length', days };
};

/** `9.3` and `09-03`; `24/7` is none. */
const readShortDate = (match: RegExpExecArray): DateToken | undefined => {
  const [month, dayOfMonth] = [Number(match[1]), Number(match[2])];
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31 ? date(dayOfMonth, month) : undefined;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const monthNumber = (name: string): number => months.indexOf(name.slice(0, 3)) + 1;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekdayWord = '(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const inEnglish = (source: string): RegExp => sticky(`(?<![a-z])${source}(?![a-z])`);

const readEnglishWeekday = (match: RegExpExecArray): DateToken => {
  const weekday = weekdays.indexOf(match[2]!.slice(0, 3)) + 1;
  const week = match[1] === 'next' ? 1 : match[1] === 'last' ? -1 : undefined;
  return { type: 'weekday', weekday, ...(week !== undefined && { week }) };
};

const english: readonly DateReader[] = [
  {
    pattern: inEnglish(`${monthWord}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?`),
    read: (m) => date(Number(m[2]), monthNumber(m[1]!), readYear(m[3])),
  },
  {
    pattern: inEnglish(`(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${monthWord}(?: (\\d{4}))?`),
    read: (m) => date(Number(m[1]), monthNumber(m[2]!), readYear(m[3])),
  },
  { pattern: inEnglish('(?:the )?(\\d{1,2})(?:st|nd|rd|th)'), read: (m) => date(Number(m[1])) },
  {
    pattern: inEnglish('(january|february|march|april|june|july|august|september|october|november|december)'),
    read: (m) => namedMonth(monthNumber(m[1]!)),
  },
  { pattern: inEnglish('day after tomorrow'), read: () => day(2) },
  { pattern: inEnglish('tomorrow'), read: () => day(1) },
  { pattern: inEnglish('yesterday'), read: () => day(-1) },
  { pattern: inEnglish('(?:tonight|this evening)'), read: () => part('night') },
  { pattern: inEnglish('today'), read: () => day(0) },
  {
    pattern: inEnglish('(next|last|this)? ?weekend'),
    read: (m) => ({ type: 'weekend', ...(m[1] === 'next' && { week: 1 }), ...(m[1] === 'last' && { week: -1 }) }),
  },
  { pattern: inEnglish(`(?:(next|last|this|on) )?${weekdayWord}`), read: readEnglishWeekday },
  { pattern: inEnglish('next week'), read: () => ({ type: 'week', offset: 1 }) },
  { pattern: inEnglish('last week'), read: () => ({ type: 'week', offset: -1 }) },
  { pattern: inEnglish('(?:this|the) week'), read: () => ({ type: 'week', offset: 0 }) },
  { pattern: inEnglish('next month'), read: () => ({ type: 'month', offset: 1 }) },
  { pattern: inEnglish('this month'), read: () => ({ type: 'month', offset: 0 }) },
  { pattern: inEnglish('in (\\d{1,2}) days?'), read: (m) => day(Number(m[1])) },
  {
    pattern: inEnglish('(\\d{1,2}|a|one|two|three) days?(?! off)'),
    read: (m) => ({ type: 'length', days: { a: 1, one: 1, two: 2, three: 3 }[m[1]!] ?? Number(m[1]) }),
  },
  { pattern: inEnglish('(?:at )?(\\d{1,2})(?::(\\d{2}))? ?(am|pm)'), read: (m) => readEnglishClock(m) },
  { pattern: inEnglish('(?:at |in the )?night'), read: () => part('night') },
  { pattern: inEnglish('(?:in the )?morning'), read: () => part('morning') },
  { pattern: inEnglish('(?:in the )?afternoon'), read: () => part('afternoon') },
  { pattern: inEnglish('(?:in the )?evening'), read: () => part('evening') },
  { pattern: inEnglish('(?:right )?now'), read: () => ({ type: 'now' }) },
  { pattern: inEnglish('(?:to|until|till|through)'), read: () => ({ type: 'through' }) },
];

const readEnglishClock = (match: RegExpExecArray): DateToken => {
  const hour = Number(match[1]) % 12;
  return { type: 'clock', hour: match[3] === 'pm' ? hour + 12 : hour, minute: Number(match[2] ?? 0), part: 'morning' };
};

const shared: readonly DateReader[] = [
  {
    pattern: sticky('(?<!\\d)(\\d{1,2}):(\\d{2})(?::\\d{2})?(?!\\d)'),
    read: (m) => ({ type: 'clock', hour: Number(m[1]), minute: Number(m[2]) }),
  },
  { pattern: sticky(' ?(?:到|至|~|～|—|–|-)+ ?'), read: () => ({ type: 'through' }) },
];

/** Longer readings first: `9月3日` before `9月`. */
export const dateReaders: readonly DateReader[] = [...chinese, ...english, ...shared];
