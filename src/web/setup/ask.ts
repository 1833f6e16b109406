import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../parts/words.tsx';

/** What an answer of the set-up routes comes to: what was asked for, or why not. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  /** `lost`: nobody answered; `moved`: somebody was faster; `no`: it is refused, in the service's words. */
  | { readonly ok: false; readonly why: 'lost' | 'moved' | 'no'; readonly code: string; readonly detail: string };

/** Reading a workbook of a large bureau takes a while. */
const patienceMs = 90_000;

type Told = { readonly error?: { readonly code?: string; readonly message?: string; readonly detail?: string } };

const askWith = async <T>(path: string, init: RequestInit): Promise<Asked<T>> => {
  try {
    const response = await fetch(`api/set-up/${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) });
    if (response.ok) return { ok: true, value: (await response.json()) as T };
    const { error = {} } = (await response.json().catch(() => ({}))) as Told;
    const why = response.status === 409 ? 'moved' : response.status >= 500 ? 'lost' : 'no';
    return { ok: false, why, code: error.code ?? '', detail: error.detail ?? error.message ?? '' };
  } catch {
    return { ok: false, why: 'lost', code: '', detail: '' };
  }
};

export const readSetup = <T>(path: string): Promise<Asked<T>> => askWith<T>(path, { headers: { accept: 'application/json' } });

export const sendSetup = <T>(path: string, body: object): Promise<Asked<T>> =>
  askWith<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const sendFile = <T>(path: string, file: Blob): Promise<Asked<T>> =>
  askWith<T>(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });

/** Read once, and again whenever it is asked to be; null until the first answer. `latest` is what was read last, also where reading it anew failed. */
type Read<T> = { readonly answer: Asked<T> | null; readonly again: () => void; readonly latest: T | undefined };

export const useSetup = <T>(path: string): Read<T> => {
  const [answer, setAnswer] = useState<Asked<T> | null>(null);
  const [latest, setLatest] = useState<T | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    void readSetup<T>(path).then((found) => {
      if (!isWanted) return;
      setAnswer(found);
      if (found.ok) setLatest(found.value);
    });
    return () => {
      isWanted = false;
    };
  }, [path, turn]);
  return { answer, again: () => setTurn(turn + 1), latest };
};

export const useLanguage = (): 'zh-CN' | 'en' => (useWords().texts.htmlLang === 'en' ? 'en' : 'zh-CN');
