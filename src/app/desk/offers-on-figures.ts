import type { Obligation } from '../../domain/escalation/obligation.ts';
import { isStanding, mayWithdraw, type Appeal } from '../../domain/figures/appeal.ts';
import type { ReportDraft } from '../../domain/figures/report-draft.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import { appealTextsFor } from '../../messages/appeal-texts.ts';
import { reportChatTextsFor } from '../../messages/report-chat-texts.ts';
import { bodiesOfPerson } from '../figures/keep-appeal.ts';
import { appealButton, mayAppeal, officeButtons, withdrawButton } from '../figures/render-appeal.ts';
import { textInput, type Look, type Offer } from './offer.ts';

export const appealOffer = (checkId: string, locale: string): Offer => {
  const texts = appealTextsFor(locale);
  return { ...appealButton(texts.button, checkId), inputs: [textInput('reason', texts.reasonLabel, true)] };
};

/** A check that counts against one's own unit may be appealed against, also once it is over. */
export const offersOnVerdict = ({ world, personId, now, locale }: Look, o: Obligation, known: Appeal | undefined): readonly Offer[] => {
  if (isStanding(known)) return withdrawOffers({ world, personId, now, locale }, known);
  return mayAppeal(world, o, personId, now) ? [appealOffer(o.id, locale)] : [];
};

/** What waits may be taken back by whoever brought it, and by its unit. */
export const withdrawOffers = ({ world, personId, now, locale }: Look, appeal: Appeal): readonly Offer[] => {
  const isOwn = appeal.status === 'asked' && mayWithdraw(appeal, personId, bodiesOfPerson(world.directory, personId, now));
  return isOwn ? [withdrawButton(appealTextsFor(locale).withdraw, appeal.id)] : [];
};

/** The office's to decide, and nobody's own; the unit's to take back. */
export const offersOnAppeal = (look: Look, appeal: Appeal): readonly Offer[] => [
  ...offersToOffice(look, appeal),
  ...withdrawOffers(look, appeal),
];

const offersToOffice = ({ world, personId, now, locale }: Look, { id, status, by }: Appeal): readonly Offer[] => {
  if (status !== 'asked' || !isOfOffice(world.directory, personId, now)) return [];
  if (by === personId && officePeople(world.directory, now).some((other) => other !== personId)) return [];
  const texts = appealTextsFor(locale);
  const input = textInput('reason', texts.reasonLabel, true);
  return officeButtons(id, texts).map((button) => (button.value.action === 'rejectAppeal' ? { ...button, inputs: [input] } : button));
};

/** Its figures are looked at before it is sent, so it is shown first. */
export const offersOnReport = ({ world, personId, now, locale }: Look, { id, sent, dropped }: ReportDraft): readonly Offer[] => {
  if (!isOfOffice(world.directory, personId, now)) return [];
  const texts = reportChatTextsFor(locale);
  const isWaiting = sent.length === 0 && dropped === undefined;
  return [
    { title: texts.show, value: { action: 'showReport', reportId: id }, style: 'positive' },
    ...(isWaiting ? [{ title: texts.drop, value: { action: 'dropReport', reportId: id } }] : []),
  ];
};
