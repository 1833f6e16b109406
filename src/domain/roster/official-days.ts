import type { DayTable } from './shift-hours.ts';

const days = (from: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => Temporal.PlainDate.from(from).add({ days: index }).toString());

/** The State Council's notices on public holidays for 2021 (of 2020-11-25) and 2022 (of 2021-10-25). */
export const officialDays: DayTable = {
  holidays: [
    ...days('2021-01-01', 3),
    ...days('2021-02-11', 7),
    ...days('2021-04-03', 3),
    ...days('2021-05-01', 5),
    ...days('2021-06-12', 3),
    ...days('2021-09-19', 3),
    ...days('2021-10-01', 7),
    ...days('2022-01-01', 3),
    ...days('2022-01-31', 7),
    ...days('2022-04-03', 3),
    ...days('2022-04-30', 5),
    ...days('2022-06-03', 3),
    ...days('2022-09-10', 3),
    ...days('2022-10-01', 7),
  ],
  makeUpWorkdays: [
    '2021-02-07',
    '2021-02-20',
    '2021-04-25',
    '2021-05-08',
    '2021-09-18',
    '2021-09-26',
    '2021-10-09',
    '2022-01-29',
    '2022-01-30',
    '2022-04-02',
    '2022-04-24',
    '2022-05-07',
    '2022-10-08',
    '2022-10-09',
  ],
};

/** The official tables, and what a campaign adds to them. */
export const officialDaysAnd = (own: DayTable): DayTable => ({
  holidays: [...new Set([...officialDays.holidays, ...own.holidays])],
  makeUpWorkdays: [...new Set([...officialDays.makeUpWorkdays, ...own.makeUpWorkdays])],
});
