import type { LimitLine } from '../domain/items/explain-limit.ts';
import type { LimitLevel } from '../domain/items/item.ts';
import type { Locale } from './import-errors.ts';

type LimitTexts = {
  readonly levels: { readonly [level in LimitLevel]: string };
  readonly lines: { readonly [key in LimitLine['key']]: string };
  readonly comma: string;
};

const texts: { readonly [locale in Locale]: LimitTexts } = {
  'zh-CN': {
    levels: { unit: '责任单位', bureau: '局', city: '市', province: '省', team: '督察组' },
    lines: {
      level: '{level}时限',
      countedFrom: '起算：{at}（交办）',
      naturalDays: '{count}个自然日，交办当日不计，最后一日为{lastDay}，节假日不顺延',
      workingDays: '{count}个工作日，交办当日不计，最后一日为{lastDay}',
      skipped: '不计入的休息日、节假日：{dates}',
      madeUp: '计入的调休上班日：{dates}',
      hours: '{count}小时，自交办时刻起连续计算',
      instant: '清单写明的时间',
      daily: '每日{time}',
      listed: '原定：{at}',
      extended: '{at} 经批准延期',
      consented: '{at} 经设定方同意调整',
      interim: '{at} 接收阶段性办结时定，为剩余部分的报送期限',
      again: '{at} 后督察未通过时定，为重新办理期限',
      met: '{at} 重新办理前已过，不再约束',
      due: '到期：{at}',
    },
    comma: '、',
  },
  en: {
    levels: { unit: 'the unit', bureau: 'the bureau', city: 'the city', province: 'the province', team: 'the inspection team' },
    lines: {
      level: 'Limit of {level}',
      countedFrom: 'Counted from {at} (handed over)',
      naturalDays: '{count} natural days, the day of handing over not counted; the last one is {lastDay}; holidays count',
      workingDays: '{count} working days, the day of handing over not counted; the last one is {lastDay}',
      skipped: 'Days off that do not count: {dates}',
      madeUp: 'Make-up workdays that count: {dates}',
      hours: '{count} hours without a break from the hour of handing over',
      instant: 'The time that the list states',
      daily: 'Every day at {time}',
      listed: 'First set to {at}',
      extended: 'Put off on {at}, with both approvals',
      consented: 'Moved on {at}, with the consent of whoever set it',
      interim: 'Set on {at}, when an interim end was accepted: the rest is due',
      again: 'Set on {at}, when the follow-up failed: to be done again',
      met: 'Past when it was opened again on {at}: binds no longer',
      due: 'Due {at}',
    },
    comma: ', ',
  },
};

const two = (part: number): string => String(part).padStart(2, '0');

/** To the minute, as the wall clock shows it; midnight is the end of the day before, since that is what a limit means. */
const instantText = (iso: string): string => {
  const [date = '', time = ''] = iso.slice(0, 16).split('T');
  return time === '00:00' ? `${Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()} 24:00` : `${date} ${time}`;
};

const fieldsOf = (line: LimitLine, { levels, comma }: LimitTexts): Readonly<Record<string, string>> => {
  switch (line.key) {
    case 'level':
      return { level: levels[line.level] };
    case 'countedFrom':
    case 'extended':
    case 'consented':
    case 'interim':
    case 'again':
    case 'met':
      return { at: line.at.slice(0, 16).replace('T', ' ') };
    case 'due':
    case 'listed':
      return { at: instantText(line.at) };
    case 'naturalDays':
    case 'workingDays':
      return { count: String(line.count), lastDay: line.lastDay };
    case 'skipped':
    case 'madeUp':
      return { dates: line.dates.join(comma) };
    case 'hours':
      return { count: String(Math.round(line.count * 100) / 100) };
    case 'daily':
      return { time: `${two(Math.floor(line.minute / 60))}:${two(line.minute % 60)}` };
    case 'instant':
      return {};
  }
};

/** The lines of `explainLimit` in words. */
export const limitTexts = (lines: readonly LimitLine[], locale: Locale): readonly string[] =>
  lines.map((line) => {
    const fields = fieldsOf(line, texts[locale]);
    return texts[locale].lines[line.key].replaceAll(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '');
  });
