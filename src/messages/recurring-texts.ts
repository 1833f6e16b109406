/** What is owed by itself, as it is handed over: reports of a day, and what a phase leaves behind. */
export const recurringTexts = {
  number: '{kind}{date}-{owner}',
  daily: '{date} {kind}：无情况也须报送。',
  phaseEnd: '{campaign}：{kind}',
  zero: '零报告：本日无异常情况。',
} as const;
