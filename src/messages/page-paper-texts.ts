type Words = { readonly [key: string]: string };

/** What the page says of what was written about an item, in both languages. */
export type PagePaperTexts = {
  readonly handIns: string;
  /** `{no}`, `{outcome}`. */
  readonly handIn: string;
  readonly outcomes: Words;
  readonly finding: string;
  readonly findings: Words;
  readonly handling: string;
  readonly accountability: string;
  /** Who has to agree, in order. */
  readonly chain: string;
  readonly steps: Words;
  /** Of those that are still to come. */
  readonly awaited: Words;
  /** `{name}` has put it in for whoever signed. */
  readonly registered: string;
  readonly rechecks: string;
  readonly passed: string;
  readonly notPassed: string;
  /** Beside the names of files that the reader may not have. */
  readonly filesOfOthers: string;
  readonly progress: string;
  readonly extensions: string;
  /** `{time}`. */
  readonly until: string;
};

export const pagePaperTexts: { readonly [locale in 'zh-CN' | 'en']: PagePaperTexts } = {
  'zh-CN': {
    handIns: '报送',
    handIn: '第 {no} 版，{outcome}',
    outcomes: { done: '办结', interim: '阶段性办结' },
    finding: '是否属实',
    findings: { true: '属实', mostlyTrue: '基本属实', partlyTrue: '部分属实', untrue: '不属实' },
    handling: '处理和整改情况',
    accountability: '责任人被处理情况',
    chain: '审核流程',
    steps: {
      drafted: '填报',
      checked: '数据审核',
      signed: '主要负责人签字盖章',
      submitted: '报送',
      accepted: '办公室接收',
      returned: '办公室退回',
      asked: '申请',
      principal: '主要负责人同意',
      office: '办公室同意',
      refused: '不同意',
    },
    awaited: {
      checked: '待数据审核',
      signed: '待主要负责人签字盖章',
      submitted: '待报送',
      decided: '待办公室审核',
      principal: '待主要负责人审批',
      office: '待办公室审批',
    },
    registered: '{name} 登记',
    rechecks: '后督察',
    passed: '通过',
    notPassed: '未通过，重新办理',
    filesOfOthers: '附件可由本单位主要负责人、联络人、联系人和办公室下载。',
    progress: '进展',
    extensions: '延期申请',
    until: '申请延至 {time}',
  },
  en: {
    handIns: 'Hand-ins',
    handIn: 'Hand-in {no}, {outcome}',
    outcomes: { done: 'done', interim: 'done for now' },
    finding: 'Found to be',
    findings: { true: 'true', mostlyTrue: 'mostly true', partlyTrue: 'partly true', untrue: 'untrue' },
    handling: 'What was done',
    accountability: 'Who was held to account',
    chain: 'Sign-off',
    steps: {
      drafted: 'Prepared',
      checked: 'Data checked',
      signed: 'Signed and sealed',
      submitted: 'Handed in',
      accepted: 'Accepted by the office',
      returned: 'Returned by the office',
      asked: 'Asked',
      principal: 'Approved by the principal',
      office: 'Approved by the office',
      refused: 'Refused',
    },
    awaited: {
      checked: 'Data check awaited',
      signed: 'Signature and seal awaited',
      submitted: 'Handing in awaited',
      decided: 'The office’s decision awaited',
      principal: 'The principal’s approval awaited',
      office: 'The office’s approval awaited',
    },
    registered: 'registered by {name}',
    rechecks: 'Checked again',
    passed: 'Passed',
    notPassed: 'Failed, taken up again',
    filesOfOthers: 'The unit’s head, liaison and contact and the office can download the files.',
    progress: 'Progress',
    extensions: 'More time',
    until: 'Until {time}',
  },
};
