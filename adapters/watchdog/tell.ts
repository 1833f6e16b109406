import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How the office hears of it without the service: an address, a command, or both. */

export type Told = {
  readonly status: 'down' | 'stillDown' | 'up' | 'test';
  readonly url: string;
  readonly text: string;
  /** ISO 8601. */
  readonly since: string;
  readonly reasons: readonly string[];
};

const timeoutMs = 10_000;
const commandMs = 30_000;
const mostTries = 3;
const restMs = 2_000;

/** Robots of groups take a form of their own each, and refuse others. */
export const bodyFor = (webhook: string, told: Told): object => {
  const { hostname } = new URL(webhook);
  if (hostname.endsWith('feishu.cn') || hostname.endsWith('larksuite.com')) return { msg_type: 'text', content: { text: told.text } };
  if (hostname.endsWith('weixin.qq.com') || hostname.endsWith('dingtalk.com')) return { msgtype: 'text', text: { content: told.text } };
  return told;
};

/** These robots answer 200 with a code of their own where they refuse. */
const codeIn = (text: string): number => {
  try {
    const { errcode, code } = JSON.parse(text) as { readonly errcode?: unknown; readonly code?: unknown };
    const found = errcode ?? code;
    return typeof found === 'number' ? found : 0;
  } catch {
    return 0;
  }
};

const post = async (webhook: string, told: Told): Promise<void> => {
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyFor(webhook, told)),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  if (codeIn(text) !== 0) throw new Error(`the webhook refused with code ${codeIn(text)}`);
};

/** What is said comes as environment and on standard input: nothing of it becomes part of the command. */
const run = async (command: string, told: Told): Promise<void> => {
  const env = { ...process.env, ZAIGANG_WATCH_STATUS: told.status, ZAIGANG_WATCH_URL: told.url, ZAIGANG_WATCH_TEXT: told.text };
  const child = spawn('/bin/sh', ['-c', command], { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: commandMs });
  child.stdin.on('error', () => {}); // one that reads nothing
  child.stdin.end(`${told.text}\n`);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the command ended with ${code}`);
};

const tried = async (work: () => Promise<void>): Promise<string | undefined> => {
  let fault = '';
  for (let tries = 1; tries <= mostTries; tries++) {
    try {
      await work();
      return undefined;
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      if (tries < mostTries) await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }
  return fault;
};

/** Through every way that is given; answers what failed, one sentence each. */
export const createTeller =
  ({ webhook, command }: { readonly webhook?: string; readonly command?: string }) =>
  async (told: Told): Promise<readonly string[]> => {
    const faults = await Promise.all([
      ...(webhook === undefined ? [] : [tried(() => post(webhook, told))]),
      ...(command === undefined ? [] : [tried(() => run(command, told))]),
    ]);
    return faults.filter((fault) => fault !== undefined);
  };
