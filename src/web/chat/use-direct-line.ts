import { ConnectionStatus, DirectLine, type Activity as DirectLineActivity } from 'botframework-directlinejs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageStore } from '../data/store.ts';
import { contentOf, createOnceIds } from '../data/once-ids.ts';
import { type Message, addActivity } from './messages.ts';
import { fetchToken } from './token.ts';

export type LineStatus = 'opening' | 'open' | 'lost' | 'refused';

export type Line = {
  readonly status: LineStatus;
  readonly messages: readonly Message[];
  readonly post: (content: Content) => Promise<Posted>;
};

type Content = {
  readonly text?: string;
  readonly value?: object;
  /** What the button says that was pressed. */
  readonly title?: string;
  readonly files?: readonly File[];
};

/** `code` of the service's fault, where it had one to name. */
export type Posted = { readonly isSent: boolean; readonly code?: string };

const statusOf = (status: ConnectionStatus): LineStatus => {
  if (status === ConnectionStatus.Online) return 'open';
  return status === ConnectionStatus.FailedToConnect || status === ConnectionStatus.Ended || status === ConnectionStatus.ExpiredToken
    ? 'lost'
    : 'opening';
};

const domain = (): string => new URL('v3/directline', document.baseURI).href;

const patienceMs = 10_000;
/** Files over a poor line take a while; the server gives up after twice as long. */
const requestMs = 60_000;

type Refused = { readonly xhr?: { readonly response?: { readonly error?: { readonly code?: string } } | null } };

const toFailed = (error: unknown): Posted => {
  const code = typeof error === 'object' && error !== null ? (error as Refused).xhr?.response?.error?.code : undefined;
  return { isSent: false, ...(code === undefined ? {} : { code }) };
};

/** Who is quick may write before the line is open: the words wait for it. */
const whenOpened = () => {
  let settle: (line: DirectLine) => void;
  const opening = new Promise<DirectLine>((resolve) => {
    settle = resolve;
  });
  const holder = {
    opened: undefined as DirectLine | undefined,
    open: (line: DirectLine): void => {
      holder.opened = line;
      settle(line);
    },
    wait: (): Promise<DirectLine | undefined> =>
      Promise.race([opening, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patienceMs))]),
  };
  return holder;
};

const onceIds = createOnceIds();

/** One conversation through the product's own Direct Line endpoint, as any client of it would speak. */
export const useDirectLine = (mobile: string, isGroup: boolean, labels: { readonly [action: string]: string }): Line => {
  const [status, setStatus] = useState<LineStatus>('opening');
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [attempt, setAttempt] = useState(0);
  const line = useRef(whenOpened());
  const known = useRef(labels);
  known.current = labels;
  useEffect(() => {
    let isHere = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const connect = async (): Promise<void> => {
      try {
        const { token } = await fetchToken(mobile, isGroup);
        if (!isHere) return;
        const opened = new DirectLine({ token, domain: domain(), webSocket: true, timeout: requestMs });
        line.current.open(opened);
        opened.connectionStatus$.subscribe((next) => isHere && setStatus(statusOf(next)));
        opened.activity$.subscribe({
          next: (activity) => isHere && setMessages((before) => addActivity(before, activity, known.current)),
          error: () => isHere && retry(),
        });
      } catch (error) {
        if (!isHere) return;
        const isRefused = error instanceof Error && /status 4(?!08|29)/.test(error.message);
        setStatus(isRefused ? 'refused' : 'lost');
        if (!isRefused) retry();
      }
    };
    const retry = (): void => {
      setStatus('lost');
      clearTimeout(again);
      again = setTimeout(() => setAttempt((before) => before + 1), 2_000);
    };
    void connect();
    return () => {
      isHere = false;
      clearTimeout(again);
      line.current.opened?.end();
      line.current = whenOpened();
    };
  }, [mobile, isGroup, attempt]);

  // its socket may have ended without a word as the wall's did, and then nothing more would come
  useEffect(() => {
    let before = pageStore.get().link;
    return pageStore.subscribe(() => {
      const { link } = pageStore.get();
      if (before === 'lost' && link === 'live') setAttempt((count) => count + 1);
      before = link;
    });
  }, []);

  const post: Line['post'] = async ({ files = [], title, ...said }) => {
    const content = contentOf({ mobile, ...said }, files);
    const id = onceIds.of(content);
    const opened = await line.current.wait();
    if (!opened) return { isSent: false };
    const attachments = files.map((file) => ({ contentType: file.type, contentUrl: URL.createObjectURL(file), name: file.name }));
    const activity = {
      type: 'message',
      from: { id: mobile },
      ...said,
      ...(attachments.length > 0 ? { attachments } : {}),
      channelData: { clientActivityID: id, ...(title === undefined ? {} : { title }) },
    } as DirectLineActivity;
    const posted = await new Promise<Posted>((resolve) => {
      const next = (answer: string): void => resolve({ isSent: answer !== 'retry' });
      opened.postActivity(activity).subscribe({ next, error: (error: unknown) => resolve(toFailed(error)) });
    });
    for (const { contentUrl } of attachments) URL.revokeObjectURL(contentUrl);
    if (posted.isSent || posted.code !== undefined) onceIds.settle(content);
    return posted;
  };
  return { status, messages, post };
};
