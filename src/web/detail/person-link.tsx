import { hrefOf } from '../logic/route.ts';

export const PersonLink = ({ personId, name }: { readonly personId: string; readonly name: string }) => (
  <a class="name-link" href={hrefOf({ kind: 'person', id: personId })}>
    {name}
  </a>
);
