import { ConnectionStatus, DirectLine, type Activity as DirectLineActivity } from 'botframework-directlinejs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Message, addActivity } from './messages.ts';
import { fetchToken } from './token.ts';

export type LineStatus = 'opening' | 'open' | 'lost' | 'refused';

export type Line = {
  readonly status: LineStatus;
  readonly messages: readonly Message[];
  /** Resolves to whether it went out. */
  readonly post: (content: { readonly text?: string; readonly value?: object }) => Promise<boolean>;
};

const statusOf = (status: ConnectionStatus): LineStatus => {
  if (status === ConnectionStatus.Online) return 'open';
  return status === ConnectionStatus.FailedToConnect || status === ConnectionStatus.Ended || status === ConnectionStatus.ExpiredToken
    ? 'lost'
    : 'opening';
};

const domain = (): string => new URL('v3/directline', document.baseURI).href;

const patienceMs = 10_000;

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
        const opened = new DirectLine({ token, domain: domain(), webSocket: true });
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

  const post: Line['post'] = async (content) => {
    const opened = await line.current.wait();
    if (!opened) return false;
    const activity = { type: 'message', from: { id: mobile }, ...content } as DirectLineActivity;
    return new Promise((resolve) => {
      opened.postActivity(activity).subscribe({ next: (id) => resolve(id !== 'retry'), error: () => resolve(false) });
    });
  };
  return { status, messages, post };
};
