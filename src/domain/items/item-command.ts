import type { ListedAnswer } from './batch-list.ts';
import type { PersonId, UnitId } from '../organisation/organisation.ts';
import type { FileRef, Finding, Item, LimitLevel, Limit, Outcome } from './item.ts';

/** What is handed over: read from a batch, from a list, from a form or from a sentence. */
export type ItemDraft = Pick<Item, 'id' | 'kind' | 'number' | 'text' | 'pollution' | 'isSpecial' | 'limits'> &
  Partial<Pick<Item, 'source' | 'batch' | 'district' | 'remark' | 'isUrgent'>> & {
    readonly handedOverAt: number;
    /** The first one leads. */
    readonly unitIds: readonly UnitId[];
    /** What its list says was done already. */
    readonly answers?: readonly ListedAnswer[];
  };

type By = { readonly personId: PersonId; readonly channel: string };

/** Which hand-in was looked at: a card that is older than the newest one decides nothing about it. */
type OnVersion = { readonly versionNo?: number };
type OnExtension = { readonly extensionNo?: number };

/** A person's act on one item. */
export type ItemCommand = By &
  (
    | { readonly type: 'receive' }
    | {
        readonly type: 'split';
        readonly subtasks: readonly { readonly title: string; readonly ownerId: PersonId; readonly dueAt: number }[];
      }
    | { readonly type: 'finishSubtask'; readonly no: number }
    | { readonly type: 'reassign'; readonly no: number; readonly ownerId: PersonId }
    | { readonly type: 'report'; readonly text: string; readonly files: readonly FileRef[] }
    | {
        readonly type: 'draft';
        readonly outcome: Outcome;
        readonly text: string;
        readonly finding?: Finding;
        readonly handling?: string;
        readonly accountability?: string;
        readonly files: readonly FileRef[];
        readonly nextReportAt?: number;
      }
    | ({ readonly type: 'check' } & OnVersion)
    /** `signedOn`: local date `YYYY-MM-DD`, as it stands beside the signature. */
    | ({ readonly type: 'sign'; readonly signedOn: string; readonly sealScan?: FileRef } & OnVersion)
    | ({ readonly type: 'submit' } & OnVersion)
    | ({ readonly type: 'accept' } & OnVersion)
    | ({ readonly type: 'return'; readonly reason: string; readonly fault: 'false' | 'incomplete' | 'other' } & OnVersion)
    | { readonly type: 'close' }
    /** `againAt`: by when it must be put right where the check failed. */
    | { readonly type: 'followUp'; readonly passed: boolean; readonly text: string; readonly againAt?: number }
    | { readonly type: 'extend'; readonly toAt: number; readonly reason: string; readonly subtaskNo?: number }
    | ({ readonly type: 'approve' } & OnExtension)
    | ({ readonly type: 'reject'; readonly reason: string } & OnExtension)
    | {
        readonly type: 'moveOuter';
        readonly level: LimitLevel;
        readonly toAt: number;
        readonly consentOf: string;
        readonly consentRef: string;
        readonly reason: string;
      }
    | { readonly type: 'longTerm'; readonly responsibleId?: PersonId; readonly deadlineAt?: number; readonly measures?: string }
    | { readonly type: 'urge' }
    | { readonly type: 'withdrawItem'; readonly reason: string }
  );

/** What a later batch says otherwise of an item that is known. */
export type ItemCorrection = Partial<Pick<Item, 'text' | 'district' | 'pollution' | 'isSpecial' | 'remark' | 'source'>> & {
  readonly unitIds?: readonly UnitId[];
  readonly limits?: readonly Limit[];
  readonly answers?: readonly ListedAnswer[];
};
