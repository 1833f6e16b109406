/** Who is signed in, as `/api/session` says it. */
export type Session = {
  readonly mode: 'demo' | 'production';
  readonly isSignedIn: boolean;
  readonly personId?: string;
  readonly name?: string;
  readonly units?: readonly string[];
  readonly roles: readonly string[];
  readonly may: readonly string[];
  readonly hasOpenId: boolean;
  /** How long it lasts; instants ISO, in real time. */
  readonly session?: { readonly beganAt: string; readonly endsAt: string; readonly idleMinutes: number; readonly devices: number };
};
