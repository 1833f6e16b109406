import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connector, type ConnectorCall, startConnector } from '../adapters/teams/connector.ts';
import { eventually, onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { castOf, ledgerOf } from './cast.ts';

type Actions = readonly { readonly verb: string; readonly data: Readonly<Record<string, string>> }[];
type Sent = {
  readonly text?: string;
  readonly summary?: string;
  readonly channelData?: { readonly zaigang?: { readonly obligationId: string; readonly kind: string } };
  readonly attachments?: readonly { readonly content: { readonly actions?: Actions } }[];
};

const sentIn = (call: ConnectorCall): Sent => call.body;
const actionsIn = (call: ConnectorCall): Actions => sentIn(call).attachments?.[0]?.content.actions ?? [];

/** A person on duty who only has Teams: the stand-in takes what the product sends there. */
describe('the Bot Framework endpoint', () => {
  let connector: Connector;
  let demo: Demo;
  let officer: { readonly id: string; readonly name: string; readonly mobile: string };
  beforeAll(async () => {
    connector = await startConnector();
    demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '60', CLOCK_START: '2021-08-27T09:58+08:00' } });
    officer = (await castOf(demo)).onPost('天桥区', 'onDuty');
  });
  afterAll(async () => {
    await demo.stop();
    await connector.close();
  });

  const post = async (more: object) => {
    const response = await fetch(`${demo.url}api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        channelId: 'msteams',
        serviceUrl: connector.serviceUrl,
        from: { id: officer.mobile },
        recipient: { id: 'bot' },
        conversation: { id: 'conv-1' },
        ...more,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as { readonly value?: Sent['attachments'] } };
  };
  const call = async (fits: (one: ConnectorCall) => boolean): Promise<ConnectorCall> => {
    const calls = await eventually(
      async () => connector.calls,
      (all) => all.some(fits),
    );
    return calls.find(fits)!;
  };
  const words = (one: ConnectorCall): string => JSON.stringify(one.body);

  it('answers there, asks there of its own accord, and changes the card there', async () => {
    expect(await post({ id: 'a1', text: '帮助' })).toMatchObject({ status: 200 });
    const help = await call((one) => words(one).includes('可以这样用'));
    expect(help).toMatchObject({ method: 'POST', path: expect.stringMatching(/\/v3\/conversations\/conv-1\/activities/u) as string });

    const asked = await call((one) => sentIn(one).channelData?.zaigang?.kind === 'check');
    const platformId = `platform-${connector.calls.indexOf(asked) + 1}`;
    const { obligationId } = sentIn(asked).channelData!.zaigang!;
    const button = actionsIn(asked).find((action) => action.data['action'] === 'acknowledge')!;
    expect(button).toMatchObject({ type: 'Action.Execute', verb: 'acknowledge', data: { action: 'acknowledge', obligationId } });

    const pressed = await post({
      id: 'a2',
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'acknowledge', data: button.data } },
    });
    expect(pressed.status).toBe(200);
    expect(JSON.stringify(pressed.body)).toMatch(/已确认在岗/u);
    const changed = await call((one) => one.method === 'PUT');
    expect(changed.path).toMatch(new RegExp(`/activities/${platformId}$`, 'u'));
    expect(words(changed)).toMatch(new RegExp(`已应答.*${officer.name}`, 'u'));

    const rows = (await ledgerOf(demo)).filter((row) => row.obligationId === obligationId);
    expect(rows.filter((row) => row.event === 'AnswerRecorded')).toMatchObject([{ actor: officer.id, channel: 'teams' }]);
    expect(rows.some((row) => row.event === 'NoticeSent' && row.channel === 'teams')).toBe(true);
  });

  it('takes the same message once, and tells a stranger how to be bound and nothing else', async () => {
    const before = (await ledgerOf(demo)).length;
    const replies = () => connector.calls.filter((one) => words(one).includes('我的班次')).length;
    await Promise.all([1, 2, 3].map(() => post({ id: 'a3', text: '我的班' })));
    expect(await post({ id: 'b1', from: { id: '13800009999' }, conversation: { id: 'conv-2' }, text: '在岗' })).toMatchObject({
      status: 200,
    });
    await post({ id: 'a4', text: '值班表' });
    await call((one) => words(one).includes('值班表') && !words(one).includes('可以这样用'));
    expect(replies()).toBe(1);
    const toStranger = connector.calls.filter((one) => one.path.includes('conv-2'));
    expect(toStranger.map((one) => sentIn(one).text)).toEqual([expect.stringMatching(/尚未与值守人员绑定/u)]);
    expect(
      (await ledgerOf(demo)).slice(before).every((row) => row.actor === undefined || row.actor === officer.id || row.channel !== 'teams'),
    ).toBe(true);
  });
});
