/** What a telephone dials; null for a masked number. What follows the number itself, an extension, is put in by hand. */
export const dialOf = (number: string): string | null => {
  const [main = ''] = /^[+\d][\d ()-]*/u.exec(number.trim()) ?? [];
  const digits = main.replaceAll(/[^+\d]/gu, '');
  return number.includes('*') || digits.length < 5 ? null : `tel:${digits}`;
};

/** `138-0000-0001`: as it is read out. */
export const readOut = (number: string): string => number.replace(/^(\d{3})(\d{4})(\d{4})$/u, '$1-$2-$3');
