import { describe, expect, it } from 'vitest';
import { runCli } from '../../../adapters/cli/run-cli.ts';
import { Fault } from '../../../src/ports/fault.ts';
import { bad, good } from '../../support/cli-samples.ts';
import { actions, asked, replayed, run } from '../../support/cli-actions.ts';

describe('the command line', () => {
  it('says what to do when the store is away, in JSON by its code', async () => {
    const away = { ...actions, exportLedger: () => Promise.reject(new Fault('ZG_STORE_AWAY')) };
    let said = '';
    const io = { out: (text: string) => void (said += text), err: (text: string) => void (said += text), lines: (async function* () {})() };
    expect(await runCli(['ledger', 'export', '--out', 'x'], away, io)).toBe(1);
    expect(said).toMatch(/REDIS_URL.*\[ZG_STORE_AWAY\]/u);
    said = '';
    expect(await runCli(['ledger', 'export', '--out', 'x', '--json'], away, io)).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ ok: false, errors: [{ code: 'ZG_STORE_AWAY' }] });
  });

  it('says what to install where no font is there to write a PDF with', async () => {
    const bare = { ...actions, rosterSheet: () => Promise.reject(new Fault('ZG_NO_FONT')) };
    let said = '';
    const io = { out: (text: string) => void (said += text), err: (text: string) => void (said += text), lines: (async function* () {})() };
    expect(await runCli(['roster', 'sheet', '--out', 'x.pdf'], bare, io)).toBe(1);
    expect(said).toMatch(/fonts-noto-cjk.*xlsx.*\[ZG_NO_FONT\]/u);
    said = '';
    expect(await runCli(['roster', 'sheet', '--out', 'x.pdf', '--json'], bare, io)).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      errors: [{ code: 'ZG_NO_FONT', message: expect.stringMatching(/fonts-noto-cjk/u) as string }],
    });
  });

  it('writes its counts as Chinese is written', async () => {
    expect((await run('import contacts c.xlsx')).out).toMatch(/^ {2}单位：21$/mu);
  });

  it('imports, and says in JSON and nothing else what came of it', async () => {
    const { exit, out, err, last } = await run('import contacts c.xlsx --dry-run --year 2021 --map 办公室=局办公室 --map 甲=乙 --json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual(good);
    expect(err).toBe('');
    expect(last).toEqual({ path: 'c.xlsx', isDryRun: true, year: 2021, map: { 办公室: '局办公室', 甲: '乙' } });
  });

  it('ends with 1 where the input was refused, and names each fault', async () => {
    expect(await run('import roster r.xlsx --json')).toMatchObject({ exit: 1, out: `${JSON.stringify(bad)}\n`, err: '' });
    const people = await run('import roster r.xlsx');
    expect(people.exit).toBe(1);
    expect(people.out).toBe('');
    expect(people.err).toContain('O12');
    expect(people.err).toContain('空岗24小时');
  });

  it('hands lists of items over with what they leave open', async () => {
    const handedOverAt = Date.parse('2021-08-29T08:00+08:00');
    const said = '--json --dry-run --map 办公室=局办公室 --handed-over-at';
    const batch = await run(`import batch b.xlsx ${said} 2021-08-29T08:00+08:00`);
    expect(batch).toMatchObject({ exit: 0, last: { path: 'b.xlsx', isDryRun: true, map: { 办公室: '局办公室' }, handedOverAt } });
    const requests = await run(`import requests b.xlsx ${said} 2021-08-29T08:00`);
    expect(requests).toMatchObject({ exit: 1, out: `${JSON.stringify(bad)}\n`, last: { handedOverAt } });
    expect((await run('import batch b.xlsx --handed-over-at 早上八点 --json')).exit).toBe(2);
  });

  it('reads instants with an offset, and those without one in the campaign zone', async () => {
    const at = Date.parse('2021-08-26T10:00:00+08:00');
    expect((await run('roster who --at 2021-08-26T10:00+08:00 --json')).last).toEqual({ at });
    expect((await run('roster who --at 2021-08-26T02:00Z')).last).toEqual({ at });
    expect((await run('roster who --at 2021-08-26T10:00')).last).toEqual({ at });
    expect((await run('roster gaps --from 2021-08-26 --json')).last).toEqual({ from: Date.parse('2021-08-26T00:00:00+08:00') });
  });

  it('shows people a table', async () => {
    const { exit, out } = await run('roster who --unit 局机关');
    expect(exit).toBe(0);
    expect(out).toContain('姜洋 13800005106');
    expect(out).toContain('2021-08-27 08:30');
  });

  it('shows people the log of handovers, and says where it was saved', async () => {
    const { exit, out, last } = await run('handovers --post 历下区 --from 2021-08-28 --xlsx log.xlsx');
    expect(exit).toBe(0);
    expect(last).toEqual({ post: '历下区', from: Date.parse('2021-08-28T00:00:00+08:00'), xlsx: 'log.xlsx' });
    expect(out).toMatch(/历下区\s+2021-08-28 08:30\s+姜洋\s+赵明\s+2021-08-28 08:41\s+赵明\s+迟接班\s+西门监控故障/);
    expect(out).toContain('log.xlsx');
    const refused = await run('handovers --post 城阳区 --json');
    expect(refused.exit).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, errors: [{ code: 'ZG_POST_UNKNOWN', post: '城阳区' }] });
  });

  it('asks which unit is meant', async () => {
    const { exit, out } = await run('roster who --unit 莱芜 --json');
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, errors: [{ code: 'ZG_UNIT_AMBIGUOUS', unit: '莱芜' }] });
  });

  it('understands line by line', async () => {
    const { exit, out } = await run('understand --json', ['收到', '', '  ', '在吗']);
    expect(exit).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).text),
    ).toEqual(['收到', '', '  ', '在吗']);
  });

  it('tells people in Chinese what a ledger has, and what of it was removed', async () => {
    const { out } = await run('ledger verify here --public-key k.pem');
    expect(out).toContain('台账完好');
    expect(out).toContain('个人信息：核对 2 条，已删除 3 条');
    expect(out).not.toMatch(/rows|seals/);
    const wrong = await run('ledger verify broken --public-key k.pem');
    expect(wrong.exit).toBe(1);
    expect(wrong.err).toContain('ledger-1.jsonl 第 7 行（记录 5）：这条记录被改动，与旁边的哈希不符。 [rowChanged]');
    expect(wrong.err).not.toContain('was changed');
    expect(wrong.err).toContain('另有 4 处未列出');
  });

  it('says whether the ledger explains the state, and names what it does not explain', async () => {
    const same = await run('ledger replay');
    expect(same).toMatchObject({ exit: 0, err: '' });
    expect(same.out).toContain('一致');
    expect(same.out).toContain('记录 7 条；比对人员 5、事项 2');
    expect(same.out).toContain('1 项的姓名、名称已从台账旁删除');
    replayed.isSame = false;
    const different = await run('ledger replay');
    expect(different).toMatchObject({ exit: 1, out: '' });
    expect(different.err).toContain('通讯录 m3 不同：mobile、name');
    const json = await run('ledger replay --json');
    expect(json).toMatchObject({ exit: 1, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, differences: [{ aggregate: 'organisation', id: 'm3' }] });
    expect((await run('ledger replay now')).exit).toBe(2);
    replayed.isSame = true;
  });

  it('turns a refusal of the product into one document', async () => {
    expect(await run('ledger export --json')).toMatchObject({
      exit: 1,
      out: `${JSON.stringify({ ok: false, errors: [{ code: 'ZG_LEDGER_EMPTY', message: 'nothing has happened yet.' }] })}\n`,
    });
    expect((await run('ledger export')).err).toBe('还没有任何记录，没有可以导出的内容。 [ZG_LEDGER_EMPTY]\n');
    expect((await run('ledger verify here --public-key k.pem --json')).exit).toBe(0);
  });

  it('changes a liaison, and says why it does not', async () => {
    const done = await run('appoint liaison --unit 历下区 --person 韩磊 --from 2021-08-28T08:30');
    expect(done).toMatchObject({
      exit: 0,
      last: { role: 'liaison', unit: '历下区', person: '韩磊', from: Date.parse('2021-08-28T08:30+08:00') },
    });
    expect(done.out).toContain('韩磊');
    const refused = await run('appoint contact --unit 历下区 --person 谁也不是 --json');
    expect(refused.exit).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, errors: [{ code: 'ZG_PERSON_UNKNOWN' }] });
  });

  it.each([
    'appoint principal --unit 历下区 --person 韩磊',
    'appoint liaison --unit 历下区',
    'import',
    'import contacts',
    'import contacts a b',
    'import contacts a --year 21',
    'import contacts a --map 办公室',
    'roster who --at tomorrow',
    'ledger verify here',
    'nonsense',
    'roster who --wrong',
  ])('calls `%s` wrong usage', async (line) => {
    const people = await run(line);
    expect(people).toMatchObject({ exit: 2, out: '' });
    expect(people.err).not.toBe('');
    const script = await run(`${line} --json`);
    expect(script).toMatchObject({ exit: 2, err: '' });
    expect(JSON.parse(script.out)).toMatchObject({ ok: false, errors: [{ code: 'ZG_USAGE' }] });
  });

  it('forgets a campaign only where that is said, and says beforehand what', async () => {
    expect((await run('forget')).exit).toBe(2);
    expect(await run('forget --campaign --dry-run')).toMatchObject({
      exit: 0,
      last: { isDryRun: true, keeps: [] },
      out: expect.stringMatching(/将删去：5 条.*3 人.*4 个事项.*6 个文件/u) as string,
    });
    expect(await run('forget --campaign')).toMatchObject({
      exit: 0,
      last: { isDryRun: false, keeps: [] },
      out: expect.stringMatching(/已删去：5 条/u) as string,
    });
    expect(await run('forget --campaign --keep items files')).toMatchObject({
      last: { isDryRun: false, keeps: ['items', 'files'] },
      out: expect.stringContaining('事项文字、已验收材料') as string,
    });
    expect((await run('forget --campaign --keep everything')).exit).toBe(2);
  });

  it('watches services, and refuses to do so for nobody', async () => {
    expect((await run('watch http://a:1 http://b:2/ --command ring')).out).toBe('异常\n');
    expect((await run('watch http://a:1 http://b:2/ --command ring')).last).toEqual({
      urls: ['http://a:1/', 'http://b:2/'],
      command: 'ring',
      isTest: false,
    });
    expect(JSON.parse((await run('watch http://a:1 --command ring --json')).out)).toMatchObject({ status: 'down' });
    expect(await run('watch http://a:1')).toMatchObject({ exit: 2, err: expect.stringContaining('WATCH_WEBHOOK') as string });
    expect((await run('watch ftp://a')).exit).toBe(2);
    expect((await run('watch')).exit).toBe(2);
    expect((await run('watch http://a:1 --test')).exit).toBe(0);
    expect(await run('watch http://a:1 --test --webhook http://w/')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('500') as string,
    });
  });

  it('backs up into the folder that is named, and says whether what was restored is whole', async () => {
    expect(await run('backup')).toMatchObject({ exit: 2, last: undefined });
    expect(await run('backup --out b1')).toMatchObject({ exit: 0, last: 'b1', out: expect.stringMatching(/第 77 条.*9 个键/u) as string });
    expect((await run('backup b2 --json')).last).toBe('b2');
    expect(await run('restore b1')).toMatchObject({ exit: 0, out: expect.stringContaining('已恢复 2021-09-01') as string });
    expect(await run('restore broken')).toMatchObject({ exit: 1, err: expect.stringContaining('请勿启动服务') as string });
  });

  it('lists the backups of a folder, and removes old ones', async () => {
    expect(await run('backup list all')).toMatchObject({
      exit: 0,
      last: 'all',
      out: expect.stringMatching(/b1 +完好 +2021-09-01T03:00Z +77 +1234 +jinan/u) as string,
    });
    expect((await run('backup list mixed')).out).toContain('不是备份：notes.txt');
    expect((await run('backup list empty')).out).toContain('empty 中没有备份');
    expect(await run('backup list broken')).toMatchObject({ exit: 1, err: expect.stringMatching(/b0 +已损坏/u) as string });
    expect(JSON.parse((await run('backup list all --json')).out)).toMatchObject({ ok: true, backups: [{ name: 'b1' }], others: [] });
    const pruned = await run('backup prune all --keep 30');
    expect(pruned).toMatchObject({ exit: 0, last: { folder: 'all', keep: 30, isDryRun: false } });
    expect(pruned.out).toMatch(/b1[\s\S]*已删去 1 份，留下 1 份[\s\S]*b2 没有完成，没有动它/u);
    expect((await run('backup prune all --keep 3 --dry-run')).out).toContain('没有删去任何东西');
    expect((await run('backup prune all --keep 3 --dry-run')).last).toMatchObject({ isDryRun: true });
    for (const wrong of [
      'backup prune all',
      'backup prune all --keep 0',
      'backup prune all --keep all',
      'backup prune --keep 3',
      'backup list',
    ])
      expect({ wrong, ...(await run(wrong)) }).toMatchObject({ wrong, exit: 2, last: undefined });
    // what the folder of a backup is called is nobody's business
    expect(await run('backup --out list')).toMatchObject({ exit: 0, last: 'list' });
  });

  it('rehearses with what was asked for, and refuses a share that is none', async () => {
    const shown = await run('simulate --from 2021-09-01T08:30 --seed 7 --silent 0.25 --html report.html');
    expect(shown.exit).toBe(0);
    expect(shown.last).toEqual({ from: Date.parse('2021-09-01T00:30Z'), seed: 7, silent: 0.25, html: 'report.html' });
    expect(shown.out).toMatch(/不应答比例 25%[\s\S]*姜洋 +历下区 +及时 +10 +2 +12[\s\S]*已导出 report\.html/u);
    expect(JSON.parse((await run('simulate --json')).out)).toMatchObject({ totals: { nightMessages: 2 } });
    expect((await run('simulate --items 交办=5 documentRequest=0.5 --seed 7')).last).toMatchObject({
      seed: 7,
      items: [
        { kind: '交办', perDay: 5 },
        { kind: 'documentRequest', perDay: 0.5 },
      ],
    });
    expect((await run('simulate --items')).last).toMatchObject({ items: [] });
    expect((await run('simulate')).last).not.toHaveProperty('items');
    for (const wrong of ['assigned', '=5', 'assigned=0', 'assigned=-1', 'assigned=many', 'assigned=1001'])
      expect({ wrong, exit: (await run(`simulate --items ${wrong}`)).exit }).toEqual({ wrong, exit: 2 });
    for (const wrong of ['simulate --silent 1.5', 'simulate --silent half', 'simulate --seed -1', 'simulate --seed 99999999999'])
      expect({ wrong, exit: (await run(wrong)).exit }).toEqual({ wrong, exit: 2 });
  });

  it('gives help for the asking', async () => {
    expect(await run('import --help')).toMatchObject({ exit: 0, out: expect.stringContaining('contacts') as string });
  });
});

it('drafts a roster, and says why one with gaps is not published', async () => {
  expect(await run('roster draft --from 2021-09-01 --to 2021-09-30 --unit 历下区 --rule r.json')).toMatchObject({
    exit: 0,
    out: '有 1 个空缺\n',
  });
  expect(asked.at(-1)).toEqual({ from: '2021-09-01', to: '2021-09-30', unit: '历下区', rule: 'r.json', isPublished: false });
  const refused = await run('roster draft --from 2021-09-01 --to 2021-09-30 --publish --json');
  expect(refused.exit).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ ok: false, published: false, errors: [{ code: 'ZG_DRAFT_GAPS' }] });
  expect((await run('roster draft --from 2021-09-31 --to 2021-09-30')).exit).toBe(2);
  expect((await run('roster draft --to 2021-09-30')).exit).toBe(2);
});

it('lists the versions of the roster, and knows which there is not', async () => {
  expect((await run('roster versions')).out).toMatch(/3\s+2021-08-27 10:00\s+冯主任\s+换班替班\s+31/u);
  const unknown = await run('roster version 9 --json');
  expect(unknown.exit).toBe(1);
  expect(JSON.parse(unknown.out)).toMatchObject({ ok: false, errors: [{ code: 'ZG_VERSION_UNKNOWN' }] });
  expect((await run('roster version nine')).exit).toBe(2);
});

it('writes the duty sheet in the format that the file is named after', async () => {
  const written = await run('roster sheet --out duty.PDF --unit 历下区 --json');
  expect(JSON.parse(written.out)).toEqual({ ok: true, path: 'duty.PDF', bytes: 5 });
  expect(asked.at(-1)).toEqual({ unit: '历下区', path: 'duty.PDF', format: 'pdf' });
  expect((await run('roster sheet --out duty.doc')).exit).toBe(2);
});

it('shows who hears of events, and says whether a test was taken', async () => {
  const told: string[] = [];
  const io = {
    out: (text: string) => void told.push(text),
    err: (text: string) => void told.push(text),
    lines: (async function* none() {})(),
  };
  expect(await runCli(['webhooks', 'list'], actions, io)).toBe(0);
  expect(told.join('')).toMatch(/archive .*archive\.example\.cn .*失败 .*3 .*2 500/u);
  expect(await runCli(['webhooks', 'test', 'archive', '--json'], actions, io)).toBe(0);
  expect(await runCli(['webhooks', 'test', 'dead'], actions, io)).toBe(1);
  expect(told.at(-1)).toContain('timeout');
  expect(await runCli(['webhooks', 'test', 'nobody', '--json'], actions, io)).toBe(1);
  expect(JSON.parse(told.at(-1) ?? '')).toMatchObject({ ok: false, errors: [{ code: 'ZG_SUBSCRIBER_UNKNOWN' }] });
});
