import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailChannel } from '../../../adapters/email/outbound.ts';
import { limits } from '../../../adapters/email/limits.ts';
import { type MailServer, openMailTransport } from '../../../adapters/email/transport.ts';
import { zhCN } from '../../../src/messages/zh-cn.ts';
import type { OutgoingMessage } from '../../../src/ports/channel.ts';
import { asking, card, message } from '../../support/channel-messages.ts';
import { decodeWords, headerOf, login, partsOf, type Smtp, startSmtp } from '../../support/stand-ins/smtp.ts';

let smtp: Smtp;
const opened: { close: () => void }[] = [];
beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(async () => {
  for (const transport of opened.splice(0)) transport.close();
  await smtp.close();
});

const open = (more: Partial<MailServer> = {}, answerUrlsOf?: (message: OutgoingMessage) => readonly string[]) => {
  const { port, caFile } = smtp;
  const transport = openMailTransport({ host: 'localhost', port, security: 'starttls', login, caFile, ...more });
  opened.push(transport);
  return createEmailChannel({
    transport,
    emailOf: (personId) => (personId === 'm9' ? undefined : `${personId}@jn.example.cn`),
    from: '在岗 <duty@jn.example.cn>',
    domain: 'jn.example.cn',
    ...(answerUrlsOf ? { answerUrlsOf } : {}),
  });
};

describe('messages by mail', () => {
  it('go out encrypted and signed in, in words and as a page, and ask machines to keep silent', async () => {
    const channel = open();
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'sent', isDelivered: false }]);
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ to: ['m1@jn.example.cn'], isEncrypted: true, user: 'duty' });
    expect(decodeWords(headerOf(mail!, 'Subject')!)).toBe('查岗：历下区，请应答。');
    expect(decodeWords(headerOf(mail!, 'From')!)).toBe('在岗 <duty@jn.example.cn>');
    expect(headerOf(mail!, 'List-Id')).toBe('zaigang <duty.jn.example.cn>');
    expect(headerOf(mail!, 'Auto-Submitted')).toBe('auto-generated');
    const parts = partsOf(mail!);
    expect(parts['text/plain']).toMatch(/^查岗：历下区，请应答。\n\n-- \n.*回信无人查看/u);
    expect(parts['text/html']).toContain('历下区，请应答。');
    expect(parts['text/html']).toMatch(/岗位<\/th><td>历下区/u);
    expect(parts['text/html']).not.toMatch(/https?:|<script|<img/);
  });

  it('have the same id however often they are tried, another for another, and one thread for one question', async () => {
    const channel = open();
    await channel.send([asking('m1')]);
    await channel.send([asking('m1'), message('m1', { id: 'j2', card, cardKey: 'k.m1' }), message('m1', { id: 'j3' }), asking('m2')]);
    const byId = Map.groupBy(smtp.mails, (mail) => headerOf(mail, 'Message-ID'));
    expect([...byId.values()].map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([1, 1, 1, 2]);
    expect([...byId.keys()].every((id) => /^<[\w-]{20,}@jn\.example\.cn>$/.test(id!))).toBe(true);
    const threads = Map.groupBy(smtp.mails, (mail) => headerOf(mail, 'References'));
    expect(threads.get(undefined)).toHaveLength(1);
    expect([...threads.values()].map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([1, 1, 3]);
  });

  it('lead to where the question can be answered, where there is such a place', async () => {
    const channel = open({}, ({ to, asking: asked }) => (asked ? [`https://zg.example/answer/${to}.${asked.obligationId}?a=1&b=2`] : []));
    const asked = { obligationId: 'oc1', kind: 'check', stepNo: 0, answerBy: '2021-08-27T10:10:00+08:00' };
    await channel.send([{ ...asking('m1'), asking: asked }, message('m1', { id: 'j2' })]);
    const [first, second] = smtp.mails.map(partsOf).toSorted((a, b) => b['text/plain']!.length - a['text/plain']!.length);
    expect(first!['text/plain']).toContain('https://zg.example/answer/m1.oc1?a=1&b=2\n');
    expect(first!['text/html']).toContain('href="https://zg.example/answer/m1.oc1?a=1&amp;b=2"');
    expect(second!['text/html']).not.toContain('href');
  });

  it('lead to each of several questions', async () => {
    await open({}, () => ['https://zg.example/1', 'https://zg.example/2']).send([asking('m1')]);
    const { 'text/plain': words, 'text/html': page } = partsOf(smtp.mails[0]!);
    expect(words).toContain('\nhttps://zg.example/1\nhttps://zg.example/2\n');
    expect(page).toMatch(/href="https:\/\/zg\.example\/1"[^>]*>应答 1<.*href="https:\/\/zg\.example\/2"[^>]*>应答 2</u);
  });

  it('ask nobody for a reply that nobody reads', async () => {
    await open().send([message('m1', { text: `查岗\n${zhCN.replyHint}` })]);
    expect(partsOf(smtp.mails[0]!)['text/plain']).not.toContain(zhCN.replyHint);
  });

  it('carry nothing of a text into headers or marks of a page', async () => {
    const evil = 'a\r\nBcc: other@example.cn\r\n\r\n<script>alert(1)</script>';
    await open().send([message('m1', { text: evil, card: { ...card, title: evil, lines: [evil] } })]);
    const [mail] = smtp.mails;
    expect(mail!.to).toEqual(['m1@jn.example.cn']);
    expect(headerOf(mail!, 'Bcc')).toBeUndefined();
    expect(partsOf(mail!)['text/html']).not.toContain('<script>');
  });

  it('are for those with an address, and say nothing anew of what has changed', async () => {
    const channel = open();
    expect([await channel.canReach('m1'), await channel.canReach('m9'), await channel.canReach('g:office')]).toEqual([true, false, false]);
    expect(await channel.send([message('m9'), { ...asking('m1'), isUpdate: true }])).toEqual([
      { status: 'permanent', code: 'noAddress' },
      { status: 'sent', isDelivered: false },
    ]);
    expect(smtp.mails).toHaveLength(0);
  });

  it.each([
    [550, 'permanent'],
    [553, 'permanent'],
    [450, 'transient'],
    [452, 'transient'],
  ])('say of %i for one recipient that it is %s, and go to the others', async (status, kind) => {
    smtp.answers('m1@jn.example.cn', status);
    const results = await open().send([message('m1'), message('m2')]);
    expect(results).toMatchObject([{ status: kind, code: String(status) }, { status: 'sent' }]);
    expect(results[0]).not.toHaveProperty('isTransport');
  });

  it.each([
    ['DATA', 554, { status: 'permanent', code: '554' }],
    ['DATA', 451, { status: 'transient', code: '451', retryAfterMs: limits.retryAfterMs }],
    ['MAIL FROM', 550, { status: 'transient', code: '550', isTransport: true }],
  ])('say of %s answered with %i what came of it', async (at, status, result) => {
    smtp.answers(at, status);
    expect(await open().send([message('m1')])).toEqual([result]);
  });

  it('blame nobody for a wrong password, a certificate of strangers, a server without encryption, or one that is away', async () => {
    smtp.state.refusesLogin = true;
    expect(await open().send([message('m1')])).toMatchObject([{ status: 'transient', isTransport: true }]);
    smtp.state.refusesLogin = false;
    expect(await open({ caFile: null }).send([message('m1')])).toMatchObject([{ status: 'transient', isTransport: true }]);
    expect(await open({ port: 1 }).send([message('m1')])).toMatchObject([{ status: 'transient', isTransport: true }]);
    expect(smtp.mails).toHaveLength(0);
  });

  it('never go out in the clear, nor does the password, where a server that should encrypt does not', async () => {
    const bare = await startSmtp({ isBare: true });
    const results = await open({ port: bare.port, caFile: bare.caFile }).send([message('m1')]);
    expect(results).toMatchObject([{ status: 'transient', isTransport: true }]);
    expect(bare.mails).toEqual([]);
    for (const transport of opened.splice(0)) transport.close();
    await bare.close();
  });

  it.each([421, 530, 534, 535, 538])('blame nobody where a recipient is answered with %i, which is said of us', async (status) => {
    smtp.answers('m1@jn.example.cn', status);
    expect(await open().send([message('m1')])).toEqual([{ status: 'transient', code: String(status), isTransport: true }]);
  });

  it('are not tried again where the address on file is none', async () => {
    const transport = openMailTransport({ host: 'localhost', port: smtp.port, security: 'starttls', login, caFile: smtp.caFile });
    opened.push(transport);
    const channel = createEmailChannel({ transport, emailOf: () => '', from: 'duty@jn.example.cn', domain: 'jn.example.cn' });
    expect(await channel.send([message('m1')])).toEqual([{ status: 'permanent', code: 'EENVELOPE' }]);
  });

  it('never read a file or an address that a text names', async () => {
    const { port, caFile } = smtp;
    const transport = openMailTransport({ host: 'localhost', port, security: 'starttls', login, caFile });
    opened.push(transport);
    const mail = { from: 'duty@jn.example.cn', to: 'm1@jn.example.cn', subject: '', messageId: '<a@b>', headers: {}, text: '' };
    for (const html of [{ path: '/etc/hostname' }, { href: 'http://127.0.0.1:1/' }])
      await expect(transport.send({ ...mail, html } as unknown as Parameters<typeof transport.send>[0])).rejects.toThrow(
        /not allowed|rejected/iu,
      );
    expect(smtp.mails).toEqual([]);
  });

  it('share a few connections', async () => {
    const people = Array.from({ length: limits.batchSize }, (_, index) => message(`m${100 + index}`));
    const results = await open().send(people);
    expect(results.every(({ status }) => status === 'sent')).toBe(true);
    expect(new Set(smtp.mails.flatMap(({ to }) => to)).size).toBe(limits.batchSize);
    expect(smtp.state.connections).toBeLessThanOrEqual(limits.connections);
  });
});

describe('a server that wants encryption from the first byte', () => {
  it('gets it', async () => {
    const tls = await startSmtp({ secure: true });
    const transport = openMailTransport({ host: 'localhost', port: tls.port, security: 'tls', login, caFile: tls.caFile });
    const channel = createEmailChannel({ transport, emailOf: () => 'a@b.cn', from: 'duty@b.cn', domain: 'b.cn' });
    expect(await channel.send([message('m1')])).toEqual([{ status: 'sent', isDelivered: false }]);
    expect(tls.mails).toMatchObject([{ isEncrypted: true }]);
    transport.close();
    await tls.close();
  });
});
