import { campaign } from './campaign.ts';
import { cards, chat } from './chat.ts';
import { exports } from './exports.ts';
import { feeds } from './feeds.ts';
import type { Fuzz } from './fuzz.ts';
import { http, strangers } from './http.ts';
import { words } from './words.ts';
import { workbooks } from './workbooks.ts';

/** Every door that something may come in by, and the one by which workbooks leave. */
export const doors: readonly Fuzz[] = [words, chat, cards, campaign, exports, feeds, workbooks, http, strangers];
