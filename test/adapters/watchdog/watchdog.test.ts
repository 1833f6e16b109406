import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createJudge, type Verdict } from '../../../adapters/watchdog/judge.ts';
import { bodyFor, createTeller, type Told } from '../../../adapters/watchdog/tell.ts';
import { lookAt, startWatch } from '../../../adapters/watchdog/watch.ts';
import { eventually } from '../../support/demo.ts';

const told: Told = { status: 'down', url: 'http://a/', text: '异常', since: '2021-09-01T00:00:00Z', reasons: ['r'] };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Answers each request with what `answer` says of its body; undefined leaves it without an answer. */
const serve = async (answer: (body: string) => { readonly status: number; readonly body: string } | undefined): Promise<string> => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const given = answer(body);
      if (given) response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

describe('the judge', () => {
  const verdicts = (looks: readonly (readonly [at: number, isWell: boolean])[]): readonly (string | undefined)[] => {
    const { judge } = createJudge({ downAfterMs: 20, againEveryMs: 100 });
    return looks.map(([at, isWell]) => judge({ at, isWell, reasons: isWell ? [] : ['why'] })?.type);
  };

  it('says once that a service is down, again after a while, and once that it is up', () => {
    expect(
      verdicts([
        [0, true],
        [10, false],
        [25, false],
        [30, false],
        [60, false],
        [130, false],
        [140, true],
        [150, true],
      ]),
    ).toEqual([undefined, undefined, undefined, 'down', undefined, 'stillDown', 'up', undefined]);
  });

  it('says nothing of a restart, however many there are', () => {
    expect(
      verdicts([
        [0, false],
        [15, false],
        [19, true],
        [20, false],
        [39, false],
        [39, true],
      ]),
    ).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it('says since when', () => {
    const { judge } = createJudge({ downAfterMs: 20, againEveryMs: 100 });
    judge({ at: 5, isWell: false, reasons: ['a'] });
    expect(judge({ at: 25, isWell: false, reasons: ['b'] })).toEqual({ type: 'down', since: 5, reasons: ['b'] } satisfies Verdict);
  });
});

describe('the office', () => {
  it('is told in the form that the robot of its group understands', () => {
    expect(bodyFor('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', told)).toEqual({ msgtype: 'text', text: { content: '异常' } });
    expect(bodyFor('https://oapi.dingtalk.com/robot/send?access_token=t', told)).toEqual({ msgtype: 'text', text: { content: '异常' } });
    expect(bodyFor('https://open.feishu.cn/open-apis/bot/v2/hook/h', told)).toEqual({ msg_type: 'text', content: { text: '异常' } });
    expect(bodyFor('https://example.cn/hook', told)).toEqual(told);
  });

  it('is told again where it was refused, also by a robot that refuses with 200', { timeout: 30_000 }, async () => {
    const heard: string[] = [];
    const webhook = await serve((body) => {
      heard.push(body);
      return { status: 200, body: heard.length < 2 ? '{"errcode":45009,"errmsg":"api freq out of limit"}' : '{"errcode":0}' };
    });
    expect(await createTeller({ webhook })(told)).toEqual([]);
    expect(heard).toHaveLength(2);
    expect(JSON.parse(heard[1]!)).toMatchObject({ status: 'down', text: '异常' });
  });

  it('is told by a command, into which nothing that is said can break', { timeout: 30_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zg-watch-'));
    const text = `'; touch ${folder}/broken; echo '$(id)`;
    try {
      expect(
        await createTeller({ command: `cat > ${folder}/said; printf %s "$ZAIGANG_WATCH_STATUS" > ${folder}/status` })({ ...told, text }),
      ).toEqual([]);
      expect(await readFile(join(folder, 'said'), 'utf8')).toBe(`${text}\n`);
      expect(await readFile(join(folder, 'status'), 'utf8')).toBe('down');
      await expect(readFile(join(folder, 'broken'))).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is not told by a command that fails, and that is said', { timeout: 30_000 }, async () => {
    expect(await createTeller({ command: 'exit 3' })(told)).toEqual(['the command ended with 3']);
  });
});

describe('a look', () => {
  it('sees a service that is well, that says why it is not, that hangs, and that is gone', { timeout: 30_000 }, async () => {
    const well = await serve(() => ({ status: 200, body: '{"ok":true,"reasons":[]}' }));
    const ill = await serve(() => ({ status: 503, body: '{"ok":false,"reasons":["Redis is away"]}' }));
    const stuck = await serve(() => undefined);
    expect(await lookAt(well, 1)).toEqual({ at: 1, isWell: true, reasons: [] });
    expect(await lookAt(ill, 1)).toEqual({ at: 1, isWell: false, reasons: ['服务应答 503', 'Redis is away'] });
    const alone = await serve(() => ({ status: 200, body: '{"ok":true,"reasons":[],"warnings":["every channel is failing"]}' }));
    expect(await lookAt(alone, 1)).toEqual({ at: 1, isWell: false, reasons: ['every channel is failing'] });
    expect((await lookAt(stuck, 1)).reasons).toEqual(['5 秒内没有应答']);
    expect((await lookAt('http://127.0.0.1:1/', 1)).reasons).toEqual(['无法连接']);
  });

  it.each([
    { ways: 1, failing: 1, isAgain: true },
    { ways: 2, failing: 1, isAgain: false },
    { ways: 2, failing: 2, isAgain: true },
  ])(
    'is told again at once where nobody has heard it: $failing of $ways ways fail',
    { timeout: 30_000 },
    async ({ ways, failing, isAgain }) => {
      let tells = 0;
      let looks = 0;
      const ill = await serve(() => ((looks += 1), { status: 503, body: '{}' }));
      const tell = async () => ((tells += 1), tells === 1 ? Array.from({ length: failing }, () => 'away') : []);
      const watch = startWatch({ urls: [ill], tell, say: () => {}, everyMs: 5, ways, rules: { downAfterMs: 0, againEveryMs: 600_000 } });
      try {
        await eventually(
          async () => looks,
          (count) => count > 6,
        );
        expect(tells).toBe(isAgain ? 2 : 1);
      } finally {
        await watch.stop();
      }
    },
  );

  it('is taken of each service by itself', { timeout: 30_000 }, async () => {
    const stuck = await serve(() => undefined);
    let isWell = true;
    const other = await serve(() => ({ status: isWell ? 200 : 503, body: '{"reasons":["the disk is full"]}' }));
    const said: Told[] = [];
    const rules = { downAfterMs: 50, againEveryMs: 600_000 };
    const watch = startWatch({
      urls: [stuck, other],
      tell: async (one) => (said.push(one), []),
      say: () => {},
      everyMs: 20,
      rules,
    });
    try {
      isWell = false;
      const isOther = ({ url }: Told): boolean => url === other;
      await eventually(
        async () => said.filter(isOther),
        (found) => found.length === 1,
      );
      expect(said.find(isOther)).toMatchObject({ status: 'down', reasons: ['服务应答 503', 'the disk is full'] });
      isWell = true;
      await eventually(
        async () => said.filter(isOther),
        (found) => found.length === 2,
      );
      expect(said.filter(isOther).at(-1)?.status).toBe('up');
      await eventually(
        async () => said.filter(({ url }) => url === stuck),
        (found) => found.length === 1,
      );
    } finally {
      await watch.stop();
    }
  });
});
