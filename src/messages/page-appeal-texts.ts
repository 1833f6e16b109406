/** What the page says of an appeal where it is looked at, in both languages. */
const zh = {
  check: '申诉的查岗',
  by: '申诉人',
  reason: '申诉理由',
  end: '申诉',
  ends: { asked: '待办公室答复', upheld: '已认可，不计入数据', rejected: '未认可', withdrawn: '已撤回' } as {
    readonly [status: string]: string;
  },
  decided: '答复',
  verdict: '答复理由',
  withdrawn: '撤回',
};

const en: typeof zh = {
  check: 'Check appealed against',
  by: 'Appealed by',
  reason: 'Reason',
  end: 'Appeal',
  ends: { asked: 'waits for the office', upheld: 'upheld: it leaves the figures', rejected: 'rejected', withdrawn: 'taken back' },
  decided: 'Decided',
  verdict: 'Reason given',
  withdrawn: 'Taken back',
};

export const pageAppealTexts = { 'zh-CN': zh, en };
