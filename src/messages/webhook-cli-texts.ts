/** What the command line says about systems that hear of events. */
export const webhookCliTexts = {
  group: '事件推送（webhook）',
  list: '各订阅系统收到哪里了',
  test: '给一个订阅系统发一条签名的测试事件（Test）',
  name: '配置文件中的名称',
  columns: { name: '名称', host: '主机', state: '状态', behind: '落后条数', lastTakenAt: '最近接收', failures: '连续失败' },
  states: { new: '未开始', working: '正常', failing: '失败' },
  nobody: '没有配置订阅系统（WEBHOOKS_FILE）。',
  taken: '{name} 已接收测试事件。',
  failed: '{name} 没有接收测试事件（{code}）。',
  unknown: '配置文件中没有 {name}。',
} as const;
