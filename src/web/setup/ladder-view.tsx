import type { PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import type { PageTexts } from '../../messages/page-texts.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { inOrder, offsetOf, spanOf, type PolicyDraft, type StepDraft } from './policy-draft.ts';
import type { PolicyView, Tonight } from './policy-types.ts';

type Props = { readonly draft: PolicyDraft; readonly view: PolicyView; readonly tonight: Tonight | null; readonly words: PagePolicyTexts };

export const timeWords = (step: StepDraft, { countsFrom }: PolicyView, words: PagePolicyTexts): string => {
  const ms = offsetOf(step);
  if (ms < 0) return put(words.at.before, { span: spanOf(-ms, words) });
  if (ms > 0) return put(words.at.after, { span: spanOf(ms, words) });
  return countsFrom === 'deadline' ? words.at.due : words.at.now;
};

/** The rung at which the office hears of it after the window: the verdict. */
const isVerdict = (step: StepDraft, draft: PolicyDraft): boolean =>
  step.notify.includes('office') && offsetOf(step) > 0 && offsetOf(step) >= Number(draft.window) * 60_000;

/** A ladder to be read from above: when, how, whom it means tonight. */
export const LadderView = ({ draft, view, tonight, words }: Props) => {
  const steps = inOrder(draft.steps);
  const verdictAt = steps.findIndex((step) => isVerdict(step, draft));
  return (
    <>
      <p class="ladder-facts">
        <span>{view.countsFrom === 'opening' ? words.fromOpening : words.fromDeadline}</span>
        {Number(draft.window) > 0 && <span>{put(words.window, { span: spanOf(Number(draft.window) * 60_000, words) })}</span>}
        <span>{put(words.officeAgain, { span: spanOf(Number(draft.officeEvery) * 60_000, words) })}</span>
        {draft.waitsForHours && <span>{words.waits}</span>}
      </p>
      {draft.opening.length > 0 && (
        <p class="ladder-opening">
          {words.openingTold} <Roles roles={draft.opening} view={view} tonight={tonight} words={words} />
        </p>
      )}
      {steps.length === 0 && <p class="nothing">{words.noSteps}</p>}
      <ol class="ladder">
        {steps.map((step, index) => (
          <li key={step.key} class={index === verdictAt ? 'rung is-missed' : 'rung is-plain'}>
            <span class="rung-time">{timeWords(step, view, words)}</span>
            <span class="rung-via">{words.vias[step.via] ?? step.via}</span>
            <div class="rung-who">
              <Roles roles={step.notify} view={view} tonight={tonight} words={words} />
              {step.every !== '' && (
                <span class="rung-note">
                  {put(words.repeats, { every: spanOf(Number(step.every) * 60_000, words), times: step.times || '1' })}
                </span>
              )}
              {index === verdictAt && <span class="rung-note rung-verdict">{words.verdict}</span>}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
};

/** Whoever comes has no name on the wall. */
export const roleWord = (role: string, texts: PageTexts, words: PagePolicyTexts): string =>
  role === 'incoming' ? words.incoming : (texts.roles[role] ?? role);

type RolesProps = Pick<Props, 'view' | 'tonight' | 'words'> & { readonly roles: readonly string[] };

const Roles = ({ roles, view, tonight, words }: RolesProps) => {
  const { texts } = useWords();
  const names = view.countsFrom === 'opening' ? tonight?.ofPost : tonight?.ofUnit;
  return (
    <ul class="rung-roles">
      {roles.map((role) => {
        const meant = (names?.[role] ?? []).map((name) => name || words.group);
        return (
          <li key={role} class={names && meant.length === 0 ? 'has-nobody' : ''}>
            <b>{roleWord(role, texts, words)}</b>
            {names && <span>{meant.length === 0 ? words.nobody : role === 'groupChat' ? '' : meant.join(texts.comma)}</span>}
          </li>
        );
      })}
    </ul>
  );
};
