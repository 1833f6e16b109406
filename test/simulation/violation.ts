/** A promise of the product that was broken, with what shows it. */
export class Violation extends Error {
  readonly promise: string;
  readonly at: number;

  constructor(promise: string, at: number, detail: string) {
    super(`${promise}: ${detail}`);
    this.name = 'Violation';
    this.promise = promise;
    this.at = at;
  }
}

export type Blame = (promise: string, detail: string) => never;
