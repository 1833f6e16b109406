import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerDoor } from '../../../adapters/bot/webhook-door.ts';
import { createLinkSigner } from '../../../adapters/calendar-feed/signer.ts';
import { createAnswerDoor, openings } from '../../../adapters/email/answer-page.ts';
import { type AnswerLinks, createAnswerLinks } from '../../../src/app/notices/answer-links.ts';
import { renderNotice } from '../../../src/app/notices/render-notice.ts';
import type { OutgoingMessage } from '../../../src/ports/channel.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startService } from '../../support/service.ts';

describe('the page behind the link of a mail', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let server: FastifyInstance;
  let links: AnswerLinks;
  let asked: OutgoingMessage;
  let url: string;
  beforeEach(async () => {
    service = await startService();
    const { world } = service;
    links = createAnswerLinks(world, {
      signer: createLinkSigner(new Uint8Array(32)),
      baseUrl: () => 'https://zg.example/',
      channel: 'email',
      runTurn: async (message) => {
        await service.deliverMessage(message);
        return [{ to: message.from, via: 'card', template: 'reply.confirmed', params: { lines: ['东城区 10:00'] } }];
      },
      render: async (notice) => renderNotice(world, notice, undefined, world.clock.now()),
    });
    server = fastify();
    registerDoor(server, createAnswerDoor(links), { log: quietLog(), count: () => {} });
    await service.passTo(service.clock.now() + 60_000);
    asked = service.chat.seenBy('m7').find(({ first }) => first.asking !== undefined)!.first;
    url = links.urlsOf(asked)[0]!.replace('https://zg.example', '');
  });
  afterEach(() => server.close());

  const answers = () => service.store.rows().filter(({ event }) => event === 'AnswerRecorded');
  const look = (at = url) => server.inject({ method: 'GET', url: at });
  const press = (action: string, at = url) =>
    server.inject({
      method: 'POST',
      url: at,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `action=${action}`,
    });

  it('shows what is asked and changes nothing, however often machines follow it', async () => {
    const before = service.store.rows().length;
    const pages = [await look(), await look(), await server.inject({ method: 'GET', url: `${url}&action=acknowledge` })];
    for (const page of pages) {
      expect([page.statusCode, page.headers['content-security-policy']]).toEqual([200, expect.stringContaining("form-action 'self'")]);
      expect(page.body).toMatch(/东城区[^]*查岗[^]*<form method="post"[^]*value="acknowledge"[^]*在岗/u);
      expect(page.body).not.toMatch(/<script|https?:/);
    }
    expect(service.store.rows()).toHaveLength(before);
  });

  it('answers that one question when somebody presses, as from mail, and is over then', async () => {
    const pressed = await press('acknowledge');
    expect([pressed.statusCode, pressed.body]).toEqual([200, expect.stringMatching(/已确认在岗[^]*东城区 10:00/u)]);
    expect(answers()).toMatchObject([{ obligationId: asked.asking!.obligationId, actor: 'm7', channel: 'email' }]);
    expect((await look()).body).toMatch(/已经办结/u);
    expect((await press('acknowledge')).body).toMatch(/已经办结/u);
    expect(answers()).toHaveLength(1);
  });

  it('tries no more links of one address than people could, and keeps nobody out who holds one', async () => {
    const statuses = await Promise.all(
      Array.from({ length: openings.most + 5 }, async (_, at) => (await look(`/answer?t=x${at}`)).statusCode),
    );
    expect([statuses.filter((status) => status === 404).length, new Set(statuses).size]).toEqual([openings.most, 2]);
    const own = await Promise.all(Array.from({ length: openings.most + 5 }, async () => (await look()).statusCode));
    expect(own.filter((status) => status === 200)).toHaveLength(openings.most);
  });

  it('opens nothing for a link that is another’s, was changed, or is for something else', async () => {
    const signature = url.split('~')[2]!;
    const other = asked.asking!.obligationId;
    const wrong = [
      `/answer?t=m8~${other}~${signature}`,
      url.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A')),
      '/answer?t=m7',
      '/answer',
      url.replace('~o', '~x'),
    ];
    for (const one of wrong) expect([(await look(one)).statusCode, (await press('acknowledge', one)).statusCode]).toEqual([404, 404]);
    expect((await press('help')).statusCode).toBe(404);
    expect((await press('bindAccount')).statusCode).toBe(404);
    expect(answers()).toEqual([]);
  });

  it('is of people who are still there', async () => {
    const campaign = await service.store.loadCampaign();
    const people = campaign.organisation.people.map((person) => (person.id === 'm7' ? { ...person, isDisabled: true } : person));
    await service.store.commitCampaign({ ...campaign, organisation: { ...campaign.organisation, people } }, campaign.version, []);
    await service.settle();
    expect((await press('acknowledge')).statusCode).toBe(404);
    expect(answers()).toEqual([]);
  });

  it('is given only for a question that one press answers', () => {
    expect(links.urlsOf({ ...asked, to: 'g:office' })).toEqual([]);
    expect(links.urlsOf({ ...asked, card: { ...asked.card!, buttons: [] } })).toEqual([]);
  });

  it('is given for each of several questions that one button answers in the chat', async () => {
    const buttons = asked.card!.buttons.map((button) => ({ ...button, value: { action: button.value.action } }));
    const about = [asked.asking!.obligationId, 'o-other', asked.asking!.obligationId].map((obligationId) => ({ obligationId, stepNo: 0 }));
    const [first, second, ...rest] = links.urlsOf({ ...asked, about, card: { ...asked.card!, buttons } });
    expect(rest).toEqual([]);
    expect(second).toContain('~o-other~');
    expect((await press('acknowledge', first!.replace('https://zg.example', ''))).statusCode).toBe(200);
    expect(answers()).toMatchObject([{ obligationId: asked.asking!.obligationId }]);
  });
});
