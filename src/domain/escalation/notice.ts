import type { Via } from './policy.ts';
import type { Template } from './template.ts';

/** Something to be said to somebody, decided together with the events that caused it; rendered when it is sent. */
export type Notice = {
  /** A person (`m…`) or a group chat (`g:…`). */
  readonly to: string;
  readonly via: Via;
  readonly template: Template;
  readonly params?: { readonly [key: string]: string | number | readonly string[] };
  /** The obligation it is about, and the step that said so. Without a step it is sent whatever has happened since. */
  readonly obligationId?: string;
  readonly stepNo?: number;
  /** The item whose clock that obligation is. */
  readonly itemId?: string;
  /** Which reminder of its step it is, from 1; the step's own notice has none. */
  readonly reminderNo?: number;
  /** When the step or the reminder was decided, epoch ms: what goes out much later says so. */
  readonly decidedAt?: number;
  /** Changes the card of this obligation that the recipient already has; not a message of its own. */
  readonly isUpdate?: boolean;
  /** Held for a short window and sent together with others to the same recipient. */
  readonly isBundled?: boolean;
  /** The conversation to reply into, where this is a reply. */
  readonly reply?: { readonly channel: string; readonly reference?: unknown };
};
