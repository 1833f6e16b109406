import { dialOf, readOut } from '../logic/dial.ts';

/** A link that rings, for whoever is given the whole number. */
export const PhoneNumber = ({ number }: { readonly number: string }) => {
  const href = dialOf(number);
  return href === null ? (
    <span class="phone">{number}</span>
  ) : (
    <a class="name-link phone" href={href}>
      {readOut(number)}
    </a>
  );
};
