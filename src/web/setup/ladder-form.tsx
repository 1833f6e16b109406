import type { PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { roleWord, timeWords } from './ladder-view.tsx';
import { moveStep, withNewStep, type PolicyDraft, type StepDraft } from './policy-draft.ts';
import type { PolicyFault, PolicyView } from './policy-types.ts';

type Props = {
  readonly draft: PolicyDraft;
  readonly view: PolicyView;
  readonly faults: readonly PolicyFault[];
  readonly words: PagePolicyTexts;
  readonly onChange: (draft: PolicyDraft) => void;
};

const allRoles = [
  'onDuty',
  'coDuty',
  'incoming',
  'landline',
  'shiftLeader',
  'liaison',
  'contact',
  'principal',
  'groupLeader',
  'office',
  'groupChat',
] as const;
const allVias = ['card', 'sms', 'voice'] as const;

const wordOf = (fault: PolicyFault, words: PagePolicyTexts): string =>
  words.faults[fault.member?.split('.').at(-1) ?? ''] ?? `${words.faults['other']} ${fault.problem}`;

/** Every number and choice of a ladder, with what is wrong beside it. */
export const LadderForm = ({ draft, view, faults, words, onChange }: Props) => {
  const whole = faults.filter(({ step }) => step === null);
  const id = (member: string): string => `ladder-${view.name}-${member}`;
  const set = (steps: readonly StepDraft[]): void => onChange({ ...draft, steps });
  return (
    <div class="ladder-form">
      <div class="form-row">
        <Field id={id('window')} label={words.form.window} value={draft.window} onInput={(window) => onChange({ ...draft, window })} />
        <Field
          id={id('office')}
          label={words.form.officeEvery}
          value={draft.officeEvery}
          onInput={(officeEvery) => onChange({ ...draft, officeEvery })}
        />
        {view.countsFrom === 'deadline' && (
          <label class="check">
            <input
              type="checkbox"
              checked={draft.waitsForHours}
              onChange={(event) => onChange({ ...draft, waitsForHours: event.currentTarget.checked })}
            />
            {words.form.waits}
          </label>
        )}
      </div>
      {view.countsFrom === 'deadline' && (
        <RolePicker
          words={words}
          legend={words.form.opening}
          roles={draft.opening}
          onChange={(opening) => onChange({ ...draft, opening })}
        />
      )}
      <Faults faults={whole} words={words} />
      <ol class="form-steps">
        {draft.steps.map((step, index) => (
          <StepForm
            key={step.key}
            no={index + 1}
            step={step}
            view={view}
            words={words}
            faults={faults.filter((fault) => fault.step === index)}
            onChange={(next) => set(draft.steps.map((one, at) => (at === index ? next : one)))}
            onUp={index === 0 ? null : () => set(moveStep(draft.steps, index, -1))}
            onDown={index === draft.steps.length - 1 ? null : () => set(moveStep(draft.steps, index, 1))}
            onRemove={() => set(draft.steps.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      <button type="button" class="quiet-button" onClick={() => set(withNewStep(draft.steps))}>
        {words.form.add}
      </button>
    </div>
  );
};

type StepProps = Omit<Props, 'draft' | 'onChange'> & {
  readonly no: number;
  readonly step: StepDraft;
  readonly onChange: (step: StepDraft) => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
};

const StepForm = ({ no, step, view, faults, words, onChange, onUp, onDown, onRemove }: StepProps) => {
  const { form } = words;
  const id = (member: string): string => `step-${step.key}-${member}`;
  return (
    <li class={faults.length > 0 ? 'form-step has-faults' : 'form-step'}>
      <fieldset>
        <legend>
          {put(form.step, { no })}
          <span>{timeWords(step, view, words)}</span>
        </legend>
        <div class="form-row">
          <Field id={id('minutes')} label={form.minutes} value={step.minutes} onInput={(minutes) => onChange({ ...step, minutes })} />
          {view.countsFrom === 'deadline' && (
            <Choice
              id={id('direction')}
              label={form.direction}
              value={step.isBefore ? 'before' : 'after'}
              options={[
                ['after', form.after],
                ['before', form.before],
              ]}
              onChange={(value) => onChange({ ...step, isBefore: value === 'before' })}
            />
          )}
          <Choice
            id={id('via')}
            label={form.via}
            value={step.via}
            options={allVias.map((via) => [via, words.vias[via] ?? via] as const)}
            onChange={(via) => onChange({ ...step, via })}
          />
          <Field id={id('every')} label={form.every} value={step.every} onInput={(every) => onChange({ ...step, every })} />
          {step.every !== '' && (
            <Field id={id('times')} label={form.times} value={step.times} onInput={(times) => onChange({ ...step, times })} />
          )}
        </div>
        <RolePicker words={words} legend={form.who} roles={step.notify} onChange={(notify) => onChange({ ...step, notify })} />
        <Faults faults={faults} words={words} />
        <div class="step-buttons">
          <button type="button" class="quiet-button" disabled={onUp === null} onClick={() => onUp?.()}>
            {form.up}
          </button>
          <button type="button" class="quiet-button" disabled={onDown === null} onClick={() => onDown?.()}>
            {form.down}
          </button>
          <button type="button" class="quiet-button" onClick={onRemove}>
            {form.remove}
          </button>
        </div>
      </fieldset>
    </li>
  );
};

const Faults = ({ faults, words }: { readonly faults: readonly PolicyFault[]; readonly words: PagePolicyTexts }) =>
  faults.length === 0 ? null : (
    <ul class="form-faults" role="alert">
      {faults.map((fault) => (
        <li key={fault.member}>{wordOf(fault, words)}</li>
      ))}
    </ul>
  );

type FieldProps = { readonly id: string; readonly label: string; readonly value: string; readonly onInput: (value: string) => void };

const Field = ({ id, label, value, onInput }: FieldProps) => (
  <label class="field" for={id}>
    <span>{label}</span>
    <input id={id} type="text" inputMode="decimal" size={6} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
  </label>
);

type ChoiceProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
};

const Choice = ({ id, label, value, options, onChange }: ChoiceProps) => (
  <label class="field" for={id}>
    <span>{label}</span>
    <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map(([option, word]) => (
        <option key={option} value={option}>
          {word}
        </option>
      ))}
    </select>
  </label>
);

type RolePickerProps = {
  readonly words: PagePolicyTexts;
  readonly legend: string;
  readonly roles: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
};

const RolePicker = ({ words, legend, roles, onChange }: RolePickerProps) => {
  const { texts } = useWords();
  return (
    <fieldset class="role-picker">
      <legend>{legend}</legend>
      {allRoles.map((role) => (
        <label key={role} class="check">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...roles, role] : roles.filter((one) => one !== role))}
          />
          {roleWord(role, texts, words)}
        </label>
      ))}
    </fieldset>
  );
};
