import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startDemo, type Demo } from '../support/demo.ts';
import { fetchToken } from '../support/direct-line.ts';
import { askingOf, buttonsOf, cardOf, castOf, ledgerOf, play, textOf, type Cast, type Player, type Row } from './cast.ts';

/** A campaign minute in three seconds: the people here answer at once, the ladder stays below, and a busy machine is late by nothing. */
describe('a person on duty, through the real Direct Line client', () => {
  let demo: Demo;
  let cast: Cast;
  const players: Player[] = [];
  const join = async (person: { readonly id: string; readonly name: string; readonly mobile: string }, more = {}): Promise<Player> => {
    const player = await play(demo, person, more);
    players.push(player);
    return player;
  };
  let lixia: Player;
  let huaiyin: Player;
  let office: Player;
  beforeAll(async () => {
    demo = await startDemo({ env: { CLOCK_SCALE: '20', CLOCK_START: '2021-08-27T09:59+08:00' } });
    cast = await castOf(demo);
    [lixia, huaiyin, office] = await Promise.all([
      join(cast.onPost('历下区', 'onDuty')),
      join(cast.onPost('槐荫区', 'onDuty')),
      join(cast.office()[0]!),
    ]);
  });
  afterAll(async () => {
    for (const { line } of players) line.end();
    await demo.stop();
  });

  const rowsOf = async (obligationId: string): Promise<readonly Row[]> =>
    (await ledgerOf(demo)).filter((row) => row.obligationId === obligationId);
  const endOf = (obligationId: string): Promise<readonly Row[]> =>
    eventually(
      () => rowsOf(obligationId),
      (rows) => rows.some((row) => ['AnswerRecorded', 'ObligationWithdrawn', 'ObligationTakenOver'].includes(row.event)),
    );

  it('sees the check of ten as a card, answers by its button, and sees the card change', async () => {
    const card = await lixia.hears((activity) => askingOf(activity)?.kind === 'check');
    const asking = askingOf(card)!;
    expect(asking).toEqual({ obligationId: asking.obligationId, kind: 'check', stepNo: 0, answerBy: '2021-08-27T10:10:00+08:00' });
    expect(buttonsOf(card)).toEqual(
      ['acknowledge', 'notOnPost', 'passOn', 'help'].map((action) => ({ action, obligationId: asking.obligationId })),
    );
    const since = lixia.now();
    await lixia.presses(card, 'acknowledge');
    const confirmation = await lixia.hears(/已确认在岗/u, since);
    expect(textOf(confirmation)).toMatch(/历下区 10:00/u);
    const update = await lixia.hears((activity) => (activity.type as string) === 'messageUpdate', since);
    expect(update.id).toBe(card.id);
    expect(JSON.stringify(cardOf(update))).toMatch(new RegExp(`已应答.*${lixia.name}`, 'u'));
    expect(buttonsOf(update)).toEqual([]);

    const rows = await endOf(asking.obligationId);
    const opened = rows.find((row) => row.event === 'CheckOpened');
    expect(opened?.at).toBe('2021-08-27T10:00:00+08:00');
    expect(rows.find((row) => row.event === 'NoticeSent')).toMatchObject({ channel: 'webchat', data: { to: lixia.id, stepNo: 0 } });
    expect(rows.find((row) => row.event === 'NoticeDelivered')).toMatchObject({ channel: 'webchat', data: { to: lixia.id } });
    const answers = rows.filter((row) => row.event === 'AnswerRecorded');
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({
      actor: lixia.id,
      channel: 'webchat',
      data: { role: 'onDuty', isLate: false, proof: 'acknowledgement' },
    });
    expect(await lixia.asks('在岗', /此前已确认/u)).toBeDefined();
  });

  it('hears no answer in a question, and takes 在岗 for one', async () => {
    const card = await huaiyin.hears((activity) => askingOf(activity)?.kind === 'check');
    const { obligationId } = askingOf(card)!;
    for (const question of ['收到？', '谁收到了', '马上到岗吗？']) await huaiyin.asks(question, /尚未确认在岗|不在岗|可以这样用|尚未开通/u);
    expect((await rowsOf(obligationId)).map((row) => row.event)).not.toContain('AnswerRecorded');
    const confirmation = await huaiyin.asks('在岗', /已确认在岗/u);
    expect(textOf(confirmation)).toMatch(/槐荫区 10:00/u);
    expect((await endOf(obligationId)).at(-1)).toMatchObject({ event: 'AnswerRecorded', actor: huaiyin.id });
  });

  it('reports an empty post, and the other officer of the post is asked at once', async () => {
    const [first, second] = await Promise.all([join(cast.onPost('市中区', 'onDuty')), join(cast.onPost('市中区', 'coDuty'))]);
    const noted = await first.asks('不在', /已记录：不在岗/u);
    expect(textOf(noted)).toContain(second.name);
    const card = await second.hears((activity) => askingOf(activity)?.kind === 'postEmpty');
    const { obligationId } = askingOf(card)!;
    expect(buttonsOf(card).map((data) => data['action'])).toContain('passOn');
    const rows = await rowsOf(obligationId);
    expect(rows[0]).toMatchObject({ event: 'ObligationOpened', actor: first.id, data: { kind: 'postEmpty' } });
    const since = second.now();
    await second.presses(card, 'acknowledge');
    await second.hears(/已确认在岗/u, since);
    expect((await endOf(obligationId)).at(-1)).toMatchObject({ event: 'AnswerRecorded', actor: second.id, data: { role: 'coDuty' } });
  });

  it('calls for help: the other officer and the office hear it at once, and the all-clear too', async () => {
    const second = await join(cast.onPost('历下区', 'coDuty'));
    const sinceOffice = office.now();
    await lixia.asks('求援', /求援已发出/u);
    const [atSecond, atOffice] = await Promise.all([second.hears(/求援！/u), office.hears(/求援！/u, sinceOffice)]);
    expect(textOf(atOffice)).toContain(lixia.name);
    const { obligationId } = askingOf(atSecond)!;
    expect(askingOf(atOffice)).toMatchObject({ obligationId, kind: 'help' });
    await lixia.asks('撤销', /已撤销/u);
    await Promise.all([second.hears(/求援解除/u), office.hears(/求援解除/u, sinceOffice)]);
    const end = (await endOf(obligationId)).find((row) => row.event === 'ObligationWithdrawn');
    expect(end).toMatchObject({ actor: lixia.id, data: { reason: 'allClear' } });
  });

  it('is told who is on duty, the roster, the own shifts and what can be said', async () => {
    const today = textOf(await lixia.asks('现在谁值班', /值班人员/u));
    expect(today).toContain(lixia.name);
    expect(textOf(await lixia.asks('今晚谁值班', /值班人员/u))).toContain('历下区');
    expect(textOf(await lixia.asks('值班表', /值班表/u)).split('\n').length).toBeGreaterThan(5);
    expect(textOf(await lixia.asks('我的班', /我的班次/u))).toContain('历下区');
    expect(textOf(await lixia.asks('帮助', /可以这样用/u))).toContain('求援');
    expect(textOf(await lixia.asks("who's on duty tonight?", /On duty/u, { locale: 'en-US' }))).toContain('历下区');
    expect(textOf(await lixia.asks('what can you do', /What you can say/u, { locale: 'en-US' }))).toContain('SOS');
  });

  it('is asked by the office, and by nobody else', async () => {
    const refused = await huaiyin.asks('查岗历下区', /未执行/u);
    expect(textOf(refused)).toMatch(/角色无权/u);
    const since = lixia.now();
    const started = await office.asks('查岗历下区', /查岗已发起/u);
    expect(textOf(started)).toMatch(/历下区/u);
    const card = await lixia.hears((activity) => askingOf(activity)?.kind === 'check', since);
    const { obligationId } = askingOf(card)!;
    expect((await rowsOf(obligationId))[0]).toMatchObject({ event: 'CheckOpened', data: { cause: 'manual' } });
    await lixia.asks('on post', /Confirmed: on post/u, { locale: 'en-US' });
    expect((await endOf(obligationId)).at(-1)).toMatchObject({ event: 'AnswerRecorded', actor: lixia.id });
  });

  it('cannot be anybody else: strangers get no token, and a token reads one conversation', async () => {
    const origin = demo.url.replace(/\/$/u, '');
    await expect(fetchToken({ origin, mobile: '13800009999' })).rejects.toThrow(/403|401/u);
    await expect(fetchToken({ origin, mobile: '13912345678' })).rejects.toThrow(/403|401/u);
    await expect(fetchToken({ origin, mobile: lixia.mobile, conversation: 'group' })).rejects.toThrow(/403|401/u);
    const token = await fetchToken({ origin, mobile: lixia.mobile });
    const read = (conversation: string) =>
      fetch(`${origin}/v3/directline/conversations/${conversation}/activities`, { headers: { authorization: `Bearer ${token}` } });
    expect((await read(`c-${lixia.id}`)).status).toBe(200);
    expect((await read(`c-${huaiyin.id}`)).status).toBe(403);
    expect((await read('c-g-office')).status).toBe(403);
    const post = await fetch(`${origin}/v3/directline/conversations/c-${huaiyin.id}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', from: { id: huaiyin.id }, text: '在岗' }),
    });
    expect(post.status).toBe(403);
  });
});
