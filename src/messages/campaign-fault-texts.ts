/** What is wrong with a member of a campaign, in Chinese; English is how the reader of campaigns says it. `$1` is what the pattern caught. */

type Pattern = readonly [english: RegExp, chinese: string];

/** What a value must be. */
const forms: readonly Pattern[] = [
  [/^a time of day$/u, '时刻，写成 07:00'],
  [/^an ISO 8601 duration$/u, '时长，且不能太短'],
  [/^a moment$/u, '日期和时间'],
  [/^a date or a moment$/u, '日期，或日期和时间'],
  [/^a date$/u, '日期，写成 2021-09-19'],
  [/^a mobile number$/u, '11 位手机号'],
  [
    /^the name of a (?:campaign|band|policy|unit|time zone)$|^the name of the campaign$|^what people call it$|^the path of a workbook$/u,
    '文字，不能空着',
  ],
  [/^a name of letters and digits$/u, '由小写字母开头的字母和数字组成的名字'],
  [/^a short name of lower-case letters, digits and dashes$/u, '由小写字母、数字和短横组成的短名'],
  [/^a whole number of at least (\d+)$/u, '不小于 $1 的整数'],
  [/^a whole number from (\d+) to (\d+)$/u, '$1 到 $2 之间的整数'],
  [/^a share above 0 and up to 1$/u, '大于 0、不超过 1 的比例'],
  [/^a number of hours from 0 to 240$/u, '0 到 240 之间的小时数'],
];

const sentences: readonly Pattern[] = [
  [/^the campaign must end after it begins$/u, '结束时间必须晚于开始时间'],
  [/^a fixed check lies outside the band$/u, '有固定查岗时间不在本时段内'],
  [/^must be shorter than silenceLimit$/u, '必须短于最长无联系时间'],
  [/^must be shorter than ahead$/u, '必须短于提前的时间'],
  [/^two bands overlap$/u, '有两个时段重叠'],
  [/^must have at least one band$/u, '至少要有一个时段'],
  [/^must not shrink on the way out: .*$/u, '越往外的时限不能越短'],
  [/^at most (\d+) reminders$/u, '最多 $1 次提醒'],
  [/^at most (\d+) auditors$/u, '最多 $1 名审计人员'],
  [/^two policies have the same name$/u, '有两个策略同名'],
  [/^two kinds have the same name$/u, '有两个种类同名'],
  [/^there is no policy "(.*?)".*$/u, '没有名为“$1”的策略'],
  [/^a step has either after or before$/u, '每一步只能写 after 或 before 之一'],
  [/^a step comes before a deadline, which only items have$/u, '只有事项才有时限前的步骤'],
  [/^opening, gather and waitsForHours are for items only$/u, 'opening、gather、waitsForHours 只用于事项'],
  [/^can only be changed in the file, with the service stopped$/u, '只能停止服务后在文件里改'],
  [/^says .* but ZAIGANG_BUREAU says (.*?);.*$/u, '与 ZAIGANG_BUREAU 的 $1 不一致'],
  [/^not known here(?:, did you mean (.*)\?)?$/u, '不认识这一项 $1'],
  [/^Invalid option: expected one of (.*)$/u, '只能是其中之一：$1'],
  [/^Invalid input.*$/u, '写法不对'],
];

const fill = (pattern: string, found: RegExpExecArray): string =>
  pattern.replaceAll(/\$(\d)/gu, (_, no: string) => found[Number(no)] ?? '');

const translate = (text: string, patterns: readonly Pattern[]): string | undefined => {
  for (const [english, chinese] of patterns) {
    const found = english.exec(text);
    if (found) return fill(chinese, found).trim();
  }
  return undefined;
};

/** As it is where nobody has put it into Chinese: better than nothing. */
export const campaignFaultText = (problem: string, language: 'zh-CN' | 'en'): string => {
  if (language === 'en') return problem;
  const sentence = translate(problem, sentences);
  if (sentence !== undefined) return sentence;
  const [, missing] = /^missing; must be (?:of the type )?(.*)$/u.exec(problem) ?? [];
  const [, empty] = /^"" is not (.*)$/u.exec(problem) ?? [];
  if (empty !== undefined) return `没有填，应为${translate(empty, forms) ?? empty}`;
  if (missing !== undefined) return `没有填，应为${translate(missing, forms) ?? missing}`;
  const [, given, form] = /^(.*) is not (an? .*|the .*|what .*)$/u.exec(problem) ?? [];
  if (given === undefined || form === undefined) return problem;
  return `${given} 不对，应为${translate(form, forms) ?? form}`;
};
