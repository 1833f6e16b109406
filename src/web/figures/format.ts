import type { FigureTexts } from '../../messages/figure-texts.ts';
import { shareText } from '../../messages/share-text.ts';
import { put } from '../logic/put.ts';

const hourMs = 3_600_000;

export const percent = (part: number | null): string => (part === null ? '–' : shareText(part));

/** One decimal, and none where it says nothing. */
export const hoursOf = (ms: number): number => Math.round(ms / (hourMs / 10)) / 10;

/** Minutes and seconds, as people time an answer. */
export const took = (ms: number | null, texts: FigureTexts): string => {
  if (ms === null) return '–';
  const seconds = Math.round(ms / 1_000);
  return seconds < 60
    ? put(texts.seconds, { seconds })
    : put(texts.minutesSeconds, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
};

/** `08-27 10:05`: the campaign's wall clock, as the API wrote it. */
export const shortTime = (iso: string): string => iso.slice(5, 16).replace('T', ' ');

/** Epoch ms as if the campaign's wall clock were UTC: a chart's axis then shows that clock wherever the browser is. */
export const wallMs = (iso: string): number => Date.parse(`${iso.slice(0, 19)}Z`);
