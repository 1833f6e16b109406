import { createStore, type Store } from './store.ts';

/** What a press outside the chat has the chat say for whoever looks: words or a button's value at once, a draft to be finished. */
export type Order = { readonly text?: string; readonly value?: object; readonly draft?: string };

export const orders: Store<{ readonly order: Order | null }> = createStore<{ readonly order: Order | null }>({ order: null });

/** Each order is taken once. */
export const takeOrder = (): Order | null => {
  const { order } = orders.get();
  if (order) orders.set({ order: null });
  return order;
};
