/** Randomness and digests, so that the rules need neither. */
export type Secrets = {
  /** 32 random bytes, base64url. */
  newSeed(): string;
  /** SHA-256 of UTF-8 text, lower-case hex. */
  sha256(text: string): string;
  /** Uniform in [0, 1), the same for the same seed and label, unpredictable without the seed (HMAC-SHA-256). */
  draw(seed: string, label: string): number;
};
