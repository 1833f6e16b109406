import type { CloserLook } from '../../src/app/desk/closer-look.ts';
import type { Offer } from '../../src/app/desk/offer.ts';
import type { ShiftDetail } from '../../src/app/desk/view-shift.ts';
import type { AppealView } from '../../src/app/figures/appeals-door.ts';
import type { FiguresView } from '../../src/app/figures/view-figures.ts';
import type { ItemView, WholeItemView } from '../../src/app/items/view-items.ts';
import type { LedgerRowView } from '../../src/app/ledger/view-ledger.ts';
import type { CampaignPreview, CampaignView } from '../../src/app/set-up/campaign-desk.ts';
import type { SetUpChannels, TestAnswer } from '../../src/app/set-up/channels-door.ts';
import type { Imported, ImportPreview } from '../../src/app/set-up/import-desk.ts';
import type { ImportsMade } from '../../src/app/set-up/import-undo.ts';
import type { Applied, Checked, PoliciesView, Tried } from '../../src/app/set-up/policies-door.ts';
import type { ChecklistView } from '../../src/app/set-up/read-facts.ts';
import type { Rehearsed } from '../../src/app/set-up/rehearsal-door.ts';
import type { WebhookTested } from '../../src/app/set-up/webhooks-door.ts';
import type { ChannelsView } from '../../src/app/views/view-channels.ts';
import type { ObligationView } from '../../src/app/views/view-obligations.ts';
import type { Page } from '../../src/app/views/view-page.ts';
import type { PersonView } from '../../src/app/views/view-people.ts';
import type { RosterRow } from '../../src/app/views/view-roster.ts';
import type { SubjectDetail } from '../../src/app/views/view-subject.ts';
import type { WallView } from '../../src/app/views/view-wall.ts';
import type { ObligationDetail } from '../../src/app/views/views.ts';
import type { WebhookView } from '../../src/app/webhooks/view-webhooks.ts';
import type { SessionView } from '../../adapters/http/session.ts';
import type * as page from '../../src/web/data/types.ts';
import type { Session } from '../../src/web/data/session-types.ts';
import type * as figures from '../../src/web/figures/types.ts';
import type * as campaign from '../../src/web/setup/campaign-types.ts';
import type * as channels from '../../src/web/setup/channel-types.ts';
import type * as imports from '../../src/web/setup/import-types.ts';
import type * as policies from '../../src/web/setup/policy-types.ts';
import type { Checklist } from '../../src/web/setup/start-types.ts';

/**
 * What the page takes for what the API sends is written down a second time, in the page. Nothing here runs: where the two
 * drift apart, this does not compile.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** As it comes out of JSON. */
type Parsed<T> = T extends Json
  ? T
  : T extends undefined
    ? never
    : T extends readonly (infer Each)[]
      ? readonly Parsed<Each>[]
      : { readonly [K in keyof T]: Parsed<T[K]> };

type KeyOf<T> = T extends unknown ? keyof T : never;
type At<T, K> = T extends unknown ? (K extends keyof T ? NonNullable<T[K]> : never) : never;

/** Paths that are read and not sent: one that may be missing is else taken for missing. Names that nobody fixed are left out. */
type Absent<Read, Sent> = Read extends string | number | boolean | null | undefined
  ? never
  : Read extends readonly (infer ReadEach)[]
    ? Sent extends readonly (infer SentEach)[]
      ? Absent<ReadEach, SentEach>
      : never
    : {
        [K in keyof Read & string]: string extends K
          ? never
          : K extends KeyOf<Sent>
            ? Absent<NonNullable<Read[K]>, At<Sent, K>> extends infer Inner
              ? Inner extends string
                ? `${K}.${Inner}`
                : never
              : never
            : K;
      }[keyof Read & string];

type Holds<Read, Sent extends Read> = [Absent<Read, Sent>] extends [never] ? true : Absent<Read, Sent>;
type AllHold<Each extends readonly true[]> = Each;

type Whole<T> = Exclude<T, undefined>;

export type PageTypesHold = AllHold<
  [
    Holds<Omit<page.Wall, 'holdersVersion' | 'timeline'>, Parsed<WallView>>,
    Holds<page.Person, Parsed<PersonView>>,
    Holds<page.RosterRow, Parsed<RosterRow>>,
    Holds<page.Row, Parsed<LedgerRowView>>,
    Holds<page.Page<page.Obligation>, Parsed<Page<ObligationView>>>,
    Holds<page.ObligationDetail, Parsed<ObligationDetail>>,
    Holds<page.Appeal, Parsed<AppealView>>,
    Holds<page.Offer, Parsed<Offer>>,
    Holds<page.SubjectDetail, Parsed<SubjectDetail>>,
    Holds<page.ShiftDetail, Parsed<ShiftDetail>>,
    Holds<page.HandoverDetail, Parsed<Whole<Awaited<ReturnType<CloserLook['handover']>>>>>,
    Holds<page.Item, Parsed<ItemView>>,
    Holds<page.ItemDetail, Parsed<WholeItemView>>,
    Holds<page.Channels, Parsed<ChannelsView>>,
    Holds<Session, Parsed<SessionView>>,
    Holds<figures.Figures, Parsed<FiguresView>>,
    Holds<Checklist, Parsed<ChecklistView>>,
    // values of any member of it are JSON for both
    Holds<Omit<campaign.View, 'shown'>, Parsed<Omit<CampaignView, 'shown'>>>,
    Holds<Omit<campaign.Preview, 'changes'>, Parsed<Omit<CampaignPreview, 'changes'>>>,
    Holds<Omit<campaign.ChangedMember, 'before' | 'after'>, Parsed<Omit<CampaignPreview['changes'][number], 'before' | 'after'>>>,
    Holds<imports.Preview, Parsed<ImportPreview>>,
    Holds<imports.Imported, Parsed<Imported>>,
    Holds<imports.ImportsMade, Parsed<ImportsMade>>,
    Holds<Omit<policies.Policies, 'policies'>, Parsed<PoliciesView>>,
    // what a ladder says is in the words of the campaign's file, which no type describes
    Holds<Omit<policies.PolicyView, 'words'>, Parsed<PoliciesView['policies'][number]>>,
    Holds<policies.Checked, Parsed<Checked>>,
    Holds<policies.Tried, Parsed<Tried>>,
    Holds<policies.Applied, Parsed<Applied>>,
    Holds<policies.Rehearsed, Parsed<Rehearsed>>,
    Holds<channels.SetUpChannels, Parsed<SetUpChannels>>,
    Holds<channels.Answer, Parsed<Extract<TestAnswer, { readonly person: string }>>>,
    Holds<channels.Webhook, Parsed<WebhookView>>,
    Holds<Omit<channels.Tested, 'name'>, Parsed<WebhookTested>>,
  ]
>;
