import { orders, type Order } from '../data/orders.ts';
import type { Act } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';

/** What an act needs to be said. */
export type About = { readonly obligationId?: string; readonly unit?: string; readonly itemId?: string; readonly date?: string };

type ActsProps = { readonly acts: readonly Act[]; readonly about: About; readonly onSaid: () => void };

const orderOf = (act: Act, about: About, says: { readonly [act: string]: string }): Order => {
  const { obligationId, unit = '', itemId, date = '' } = about;
  if (act === 'acknowledge' || act === 'takeOver') return { value: { action: 'acknowledge', obligationId } };
  if (act === 'openItem') return { value: { action: 'showItem', itemId } };
  if (act === 'appeal') return { value: { action: 'appeal', obligationId } };
  if (act === 'openAppeal') return { value: { action: 'showAppeal', appealId: itemId } };
  if (act === 'openReport') return { value: { action: 'showReport', reportId: itemId } };
  const said = put(says[act] ?? '', { unit, date });
  return act === 'changeRoster' ? { draft: said } : { text: said };
};

/** Everything that is done here is said to the bot: one door, which decides and answers in the conversation. */
export const Acts = ({ acts, about, onSaid }: ActsProps) => {
  const { texts } = useWords();
  if (acts.length === 0) return null;
  const give = (order: Order): void => {
    orders.set({ order });
    onSaid();
  };
  return (
    <div class="acts" role="group" aria-label={texts.actions['showItem'] ?? ''}>
      {acts
        .filter((act) => act !== 'recordCall')
        .map((act) => (
          <button type="button" key={act} class="act" onClick={() => give(orderOf(act, about, texts.says))}>
            {texts.acts[act]}
          </button>
        ))}
      {acts.includes('recordCall') && (
        <label class="select">
          <select
            aria-label={texts.callResult}
            value=""
            onChange={(event) => {
              const result = event.currentTarget.value;
              event.currentTarget.value = '';
              if (result !== '') give({ value: { action: 'recordCall', result, obligationId: about.obligationId } });
            }}
          >
            <option value="">{texts.actions['recordCall']}</option>
            {Object.entries(texts.callResults)
              .filter(([result]) => result !== 'pickedUp')
              .map(([result, word]) => (
                <option key={result} value={result}>
                  {word}
                </option>
              ))}
          </select>
        </label>
      )}
    </div>
  );
};
