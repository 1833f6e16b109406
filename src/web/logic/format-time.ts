import type { PageTexts } from '../../messages/page-texts.ts';
import { put } from './put.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The wall-clock time in the campaign's own offset, wherever the browser stands. */
export const timeOf = (iso: string, withSeconds = false): string => iso.slice(11, withSeconds ? 19 : 16);

export type ClockFace = { readonly date: string; readonly time: string; readonly seconds: string };

export const faceOf = (atMs: number, offsetMinutes: number, texts: PageTexts): ClockFace => {
  const local = new Date(atMs + offsetMinutes * 60_000);
  const date = put(texts.date, {
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: texts.weekdays[local.getUTCDay()] ?? '',
  });
  return { date, time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`, seconds: two(local.getUTCSeconds()) };
};

/** The largest unit alone: what somebody reads from across the room. */
export const roughly = (ms: number, texts: PageTexts): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return put(texts.seconds, { n: seconds });
  if (seconds < 3_600) return put(texts.minutes, { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return put(texts.hours, { n: Math.floor(seconds / 3_600) });
  return put(texts.days, { n: Math.floor(seconds / 86_400) });
};

/** How long ago; under a minute is now. */
export const sinceOf = (iso: string, nowMs: number, texts: PageTexts): string => {
  const ms = nowMs - Date.parse(iso);
  return ms < 60_000 ? texts.justNow : put(texts.ago, { age: roughly(ms, texts) });
};

/** `02:05`, `1:02:05`; null once it is due. */
export const countdownOf = (iso: string, nowMs: number): string | null => {
  const seconds = Math.ceil((Date.parse(iso) - nowMs) / 1_000);
  if (seconds <= 0) return null;
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
};
