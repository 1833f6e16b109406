import type { SheetSpec, Value } from './workbooks.ts';

/** A roster as it is meant, and the many ways in which people write the same thing down. */
export type Meant = {
  readonly units: readonly string[];
  /** ISO dates without a hole. */
  readonly dates: readonly string[];
  /** The officers of a unit on a day: first and second. */
  readonly team: (unit: number, day: number) => readonly [string, string];
  readonly mobile: (name: string) => string;
};

export type DateStyle = (iso: string) => Value;
export type PeopleStyle = (people: readonly { readonly name: string; readonly mobile: string }[]) => string;
export type Layout = (meant: Meant, date: DateStyle, people: PeopleStyle) => readonly SheetSpec[];

const parts = (iso: string): { y: number; m: number; d: number } => {
  const [y = 0, m = 0, d = 0] = iso.split('-').map(Number);
  return { y, m, d };
};

const weekday = (iso: string): string => '一二三四五六日'[Temporal.PlainDate.from(iso).dayOfWeek - 1] ?? '';

const full = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

export const dateStyles: Readonly<Record<string, DateStyle>> = {
  'month and day with weekday': (iso) => `${parts(iso).m}月${parts(iso).d}日 星期${weekday(iso)}`,
  'points and weekday in brackets': (iso) => `${parts(iso).m}.${parts(iso).d}(周${weekday(iso)})`,
  'wide brackets': (iso) => full(`${parts(iso).m}月${parts(iso).d}日(周${weekday(iso)})`),
  slash: (iso) => `${parts(iso).m}/${parts(iso).d}`,
  iso: (iso) => iso,
  'year, points': (iso) => iso.replaceAll('-', '.'),
  'a date cell': (iso) => new Date(`${iso}T00:00:00Z`),
  'year in words': (iso) => `${parts(iso).y}年${parts(iso).m}月${parts(iso).d}日\n星期${weekday(iso)}`,
  'a dash between': (iso) => `${parts(iso).m}-${parts(iso).d}`,
  'one number': (iso) => Number(iso.replaceAll('-', '')),
};

export const peopleStyles: Readonly<Record<string, PeopleStyle>> = {
  'run together, a line each': (people) => people.map(({ name, mobile }) => `${name}${mobile}`).join('\n'),
  'with a comma': (people) => people.map(({ name, mobile }) => `${name} ${mobile}`).join('、'),
  'names only': (people) => people.map(({ name }) => name).join('、'),
  'spaces between': (people) => people.map(({ name }) => name).join(' '),
  'spaces within two characters': (people) => people.map(({ name }) => (name.length === 2 ? [...name].join('  ') : name)).join(';'),
  'full width, dashed': (people) =>
    people.map(({ name, mobile }) => `${name}(${full(`${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}`)})`).join(','),
  'country code': (people) => people.map(({ name, mobile }) => `${name} +86 ${mobile}`).join('/'),
  'numbers after names': (people) => `${people.map(({ name }) => name).join('、')}\n${people.map(({ mobile }) => mobile).join('、')}`,
  'labelled in the cell': (people) =>
    people.map(({ name, mobile }, index) => `${index === 0 ? '主班' : '副班'}:${name}${mobile}`).join('\n'),
};

const cellOf = (meant: Meant, people: PeopleStyle, unit: number, day: number): string =>
  people(meant.team(unit, day).map((name) => ({ name, mobile: meant.mobile(name) })));

const note = '备注:值班时间为当日8:30至次日8:30,手机24小时保持畅通。';

const title = (meant: Meant): string => `保障期间值班表(${parts(meant.dates[0] ?? '').y}年${parts(meant.dates[0] ?? '').m}月起)`;

const across = (row: number, columns: number): string => `A${row}:${String.fromCharCode(64 + columns)}${row}`;

export const layouts: Readonly<Record<string, Layout>> = {
  'a matrix of days by units': (meant, date, people) => [
    {
      name: '汇总',
      rows: [
        [title(meant)],
        ['日期', ...meant.units],
        ...meant.dates.map((iso, day) => [date(iso), ...meant.units.map((_, unit) => cellOf(meant, people, unit, day))]),
        [note],
      ],
      merges: [across(1, meant.units.length + 1)],
    },
  ],
  'units down, days across': (meant, date, people) => [
    {
      name: '汇总',
      rows: [
        [title(meant)],
        ['序号', '单位', ...meant.dates.map(date)],
        ...meant.units.map((name, unit) => [unit + 1, name, ...meant.dates.map((_, day) => cellOf(meant, people, unit, day))]),
        [note],
      ],
      merges: [across(1, 3)],
    },
  ],
  'one sheet a unit, two roles': (meant, date, people) =>
    meant.units.map((name, unit) => ({
      name: `${name}值班表`,
      rows: [
        [title(meant)],
        ['值班日期', '主班', '副班', '备注'],
        ...meant.dates.map((iso, day) => {
          const [first, second] = meant
            .team(unit, day)
            .map((one) => people([{ name: one, mobile: meant.mobile(one) }]).replace(/^..:/, ''));
          return [date(iso), first ?? '', second ?? '', ''];
        }),
        [note],
      ],
      merges: [across(1, 4), across(meant.dates.length + 3, 4)],
    })),
  'numbers in columns of their own under two headers': (meant, date) =>
    meant.units.map((name, unit) => ({
      name: `表${unit + 1}`,
      rows: [
        [`${name}${title(meant)}`],
        ['序号', '日期', '值班员(主班)', '', '值班员(副班)', ''],
        ['', '', '姓名', '联系电话', '姓名', '手机号码'],
        ...meant.dates.map((iso, day) => {
          const [first, second] = meant.team(unit, day);
          return [day + 1, date(iso), [...first].join(' '), Number(meant.mobile(first)), second, meant.mobile(second)];
        }),
        [note],
      ],
      merges: ['A1:F1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:F2'],
    })),
  'a list of days and units': (meant, date, people) => [
    {
      name: '值班安排',
      rows: [
        [title(meant)],
        ['单位', '日期', '值班人员', '备注'],
        ...meant.units.flatMap((name, unit) => meant.dates.map((iso, day) => [name, date(iso), cellOf(meant, people, unit, day), ''])),
        [note],
      ],
      merges: ['A1:D1'],
    },
  ],
  'one person a row': (meant, date) => [
    {
      name: '值班安排',
      rows: [
        [title(meant)],
        ['日期', '单位', '岗位', '姓名', '手机'],
        ...meant.dates.flatMap((iso, day) =>
          meant.units.flatMap((name, unit) =>
            meant.team(unit, day).map((one, seat) => [date(iso), name, seat === 0 ? '主班' : '副班', one, meant.mobile(one)]),
          ),
        ),
        [note],
      ],
      merges: ['A1:E1'],
    },
  ],
  'roles under each unit': (meant, date, people) => [
    {
      name: '汇总',
      rows: [
        [title(meant)],
        ['日期', ...meant.units.flatMap((name) => [name, ''])],
        ['', ...meant.units.flatMap(() => ['主班', '副班'])],
        ...meant.dates.map((iso, day) => [
          date(iso),
          ...meant.units.flatMap((_, unit) =>
            meant.team(unit, day).map((one) => people([{ name: one, mobile: meant.mobile(one) }]).replace(/^..:/, '')),
          ),
        ]),
        [note],
      ],
      merges: ['A2:A3', ...meant.units.map((_, unit) => `${String.fromCharCode(66 + unit * 2)}2:${String.fromCharCode(67 + unit * 2)}2`)],
    },
  ],
  'two tables side by side': (meant, date, people) => {
    const half = Math.ceil(meant.dates.length / 2);
    return meant.units.map((name, unit) => ({
      name,
      rows: [
        [title(meant)],
        ['日期', '值班人员', '日期', '值班人员'],
        ...meant.dates.slice(0, half).map((iso, day) => {
          const other = meant.dates[day + half];
          return [
            date(iso),
            cellOf(meant, people, unit, day),
            other ? date(other) : '',
            other ? cellOf(meant, people, unit, day + half) : '',
          ];
        }),
        [note],
      ],
      merges: ['A1:D1'],
    }));
  },
  'month and day in two columns': (meant, _date, people) => [
    {
      name: '汇总',
      rows: [
        [title(meant)],
        ['月', '日', '星期', ...meant.units],
        ...meant.dates.map((iso, day) => [
          parts(iso).m,
          parts(iso).d,
          weekday(iso),
          ...meant.units.map((_, unit) => cellOf(meant, people, unit, day)),
        ]),
        [note],
      ],
      merges: ['A1:C1'],
    },
  ],
};
