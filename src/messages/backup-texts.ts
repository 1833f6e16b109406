/** What the command line says of backups. */
export const backupTexts = {
  backup: '备份：服务照常运行，把某一时刻的全部数据（状态、时钟、台账、密钥、文件）存到一个文件夹',
  restore: '恢复备份：只恢复到空的 Redis 和空的数据文件夹，并核验封印、重放台账',
  out: '存到哪个文件夹（须为空或不存在）',
  folder: '备份文件夹',
  needsFolder: '请写明存到哪个文件夹，例如 --out backup-2021-09-01',
  done: '已备份到 {folder}：截至第 {seq} 条台账记录，{keys} 个键，{bytes} 字节；其间 Redis 停顿 {stallMs} 毫秒。\n文件夹中有台账签名私钥，请妥善保管。',
  restored: '已恢复 {takenAt} 的备份：截至第 {seq} 条台账记录，{keys} 个键。',
  forget: '保障期结束后删去个人信息（姓名、电话、账号、事项和申请中的文字、交接备注、文件、聊天记录）；记录按编号保留，封印仍可核验',
  forgetCampaign: '当前保障期（须已结束）',
  dryRun: '只说会删去多少，不改动任何数据',
  keep: '须留存归档的：people 通讯录与账号，items 事项文字，files 已验收材料及盖章扫描件',
  kept: { people: '通讯录与账号', items: '事项文字', files: '已验收材料及盖章扫描件' },
  comma: '、',
  keeps: '按要求保留：{kinds}。',
  logLeft: 'Redis 未能重写追加文件（AOF），其中仍有旧内容：请在每个主节点上执行 BGREWRITEAOF。',
  wouldForget:
    '将删去：{rows} 条台账记录旁的个人信息，{people} 人的姓名和电话，{accounts} 条账号，{items} 个事项、{requests} 份申请、{handovers} 次交接、{appeals} 份申诉中的文字，{files} 个文件，{dialogues} 段未完的对话，{conversations} 段聊天记录。没有改动任何数据。',
  forgotten:
    '已删去：{rows} 条台账记录旁的个人信息，{people} 人的姓名和电话，{accounts} 条账号，{items} 个事项、{requests} 份申请、{handovers} 次交接、{appeals} 份申诉中的文字，{files} 个文件，{dialogues} 段未完的对话，{conversations} 段聊天记录。更早的备份和导出的台账中仍有，请一并处理。',
  broken: '已恢复，但核验有出入（见下）。由旧版本写成的备份，可能只差旧版本没有保存的字段；除此之外请勿启动服务，换另一份备份。',
} as const;
