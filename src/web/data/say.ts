import { fetchToken, type Token } from '../chat/token.ts';
import { readCard, type Answer } from '../logic/read-card.ts';
import { contentOf, createOnceIds } from './once-ids.ts';

/** One press, said to the bot in the presser's own conversation, and what it answers. */

type Sent =
  /** `isRefused`: nothing came of it, and the answers say why. */
  | { readonly status: 'answered'; readonly answers: readonly Answer[]; readonly isRefused: boolean }
  | { readonly status: 'sent' }
  | { readonly status: 'lost'; readonly code?: string };

type BotActivity = {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly role?: string };
  readonly attachments?: readonly { readonly contentType: string; readonly content?: unknown }[];
  readonly channelData?: { readonly inReplyTo?: string; readonly isRefusal?: boolean };
};

const base = 'v3/directline/conversations';
/** Whoever stands in a lift should hear soon that nothing went out. */
const patienceMs = 15_000;
/** Files over a poor line take a while. */
const uploadMs = 60_000;
/** How long the page looks for the answer, and in which steps. */
const looksMs = [120, 200, 300, 500, 800, 1_200, 2_000, 3_000, 4_000, 5_000];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const onceIds = createOnceIds();

const ask = (path: string, { token }: Token, init: RequestInit = {}, mostMs = patienceMs): Promise<Response> =>
  fetch(`${base}/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
    signal: AbortSignal.timeout(mostMs),
  });

const post = (token: Token, activity: object, files: readonly File[]): Promise<Response> => {
  const id = encodeURIComponent(token.conversationId);
  if (files.length === 0)
    return ask(`${id}/activities`, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
  for (const file of files) form.append('file', file, file.name);
  return ask(`${id}/upload`, token, { method: 'POST', body: form }, uploadMs);
};

const toAnswer = ({ id = '', text = '', attachments = [] }: BotActivity): Answer => {
  const card = attachments.find(({ contentType }) => contentType.endsWith('adaptive'))?.content;
  if (typeof card === 'object' && card !== null) return readCard(id, card);
  const [title = '', ...lines] = text.split('\n');
  return { key: id, title, lines, tone: 'plain', offers: [] };
};

const readAnswers = async (token: Token, watermark: string, sentAs: string): Promise<readonly BotActivity[]> => {
  const path = `${encodeURIComponent(token.conversationId)}/activities?watermark=${watermark}`;
  const { activities } = (await (await ask(path, token)).json()) as { readonly activities: readonly BotActivity[] };
  return activities.filter(({ type, channelData }) => type === 'message' && channelData?.inReplyTo === sentAs);
};

/**
 * Says it once: what did not get through can be pressed again, and what did though nobody heard of it is not taken twice.
 * `mobile`: in a demo, whose conversation it is. `title`: what the button says.
 */
export const say = async (
  mobile: string,
  { value, title }: { readonly value: object; readonly title: string },
  files: readonly File[],
  locale: string,
): Promise<Sent> => {
  const content = contentOf({ mobile, value }, files);
  const sentAs = onceIds.of(content);
  try {
    const token = await fetchToken(mobile, false);
    const activity = { type: 'message', from: { id: mobile }, value, locale, channelData: { clientActivityID: sentAs, title } };
    const response = await post(token, activity, files);
    const body = (await response.json()) as { readonly id?: string; readonly error?: { readonly code?: string } };
    onceIds.settle(content);
    if (!response.ok) return { status: 'lost', ...(body.error?.code === undefined ? {} : { code: body.error.code }) };
    const watermark = String(Number(body.id?.split('|').at(-1) ?? 0));
    for (const ms of looksMs) {
      await pause(ms);
      const found = await readAnswers(token, watermark, sentAs).catch(() => []);
      if (found.length === 0) continue;
      const isRefused = found.every(({ channelData }) => channelData?.isRefusal === true);
      return { status: 'answered', answers: found.map(toAnswer), isRefused };
    }
    return { status: 'sent' };
  } catch {
    return { status: 'lost' };
  }
};
