/** Small choices of whoever looks at the page; a browser that keeps nothing is no reason to fail. */
export const recall = (name: string): string | null => {
  try {
    return localStorage.getItem(`zaigang.${name}`);
  } catch {
    return null;
  }
};

export const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(`zaigang.${name}`, value);
  } catch {
    // private windows: the choice holds until the page is left
  }
};
