import { describe, expect, it } from 'vitest';
import { createLog } from '../../../adapters/log/pino-log.ts';

const recording = (level: Parameters<typeof createLog>[0] = 'info') => {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => void lines.push(line) }) };
};

describe('createLog', () => {
  it('writes one JSON line with the fields and the message', () => {
    const { lines, log } = recording();
    log.info({ obligationId: 'o1', count: 3 }, 'fired');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, obligationId: 'o1', count: 3, msg: 'fired' });
  });

  it('keeps below its level silent', () => {
    const { lines, log } = recording('warn');
    log.info({}, 'no');
    log.error({}, 'yes');
    expect(lines).toHaveLength(1);
  });

  it('never lets out a secret, a number or a text, however deep or in what disguise', () => {
    const { lines, log } = recording();
    const cause = new Error('connect redis://user:hunter2@host failed');
    log.error(
      {
        directLineSecret: 'hunter2',
        request: { headers: { authorization: 'Bearer hunter2' } },
        people: [{ mobile: '13800001234', note: 'call 138-0000-1234 or 138 0000 1234' }],
        text: 'hunter2',
        error: new Error('no route to 13800001234', { cause }),
      },
      'for 13800001234',
    );
    const line = lines.join('');
    expect(line).not.toMatch(/hunter2|0000.?1234/);
    expect(JSON.parse(line)).toMatchObject({ msg: 'for 138****1234', error: { message: 'no route to 138****1234' } });
  });

  it.each(['+86 138-0000-1234', '8613800001234', '008613800001234', '１３８００００１２３４', '138－0000－1234', '138.0000.1234'])(
    'lets out no number as platforms and people write it: %s',
    (number) => {
      const { lines, log } = recording();
      log.error({ why: `no route to ${number}` }, `for ${number}`);
      expect(lines.join('')).not.toMatch(/[0０]{4}[^\d０-９]?[1１]/u);
    },
  );

  it.each([
    'token',
    'accessToken',
    'password',
    'clientSecret',
    'cookie',
    'set-cookie',
    'authorization',
    'privateKey',
    'credential',
    'seed',
  ])('hides what is called %s, whatever it looks like', (name) => {
    const { lines, log } = recording();
    log.info({ [name]: 'plain words', deeper: { [name.toUpperCase()]: 'plain words' } }, 'signed in');
    expect(lines.join('')).not.toContain('plain words');
  });

  it('leaves instants and ids alone', () => {
    const { lines, log } = recording();
    log.info({ at: 1_630_029_300_000, id: '1630029300000-0' }, 'tick');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ at: 1_630_029_300_000, id: '1630029300000-0' });
  });

  it('survives what refers to itself', () => {
    const { lines, log } = recording();
    const loop: { self?: object } = {};
    loop.self = loop;
    log.info({ loop }, 'round');
    expect(lines[0]).toContain('[deep]');
  });
});
