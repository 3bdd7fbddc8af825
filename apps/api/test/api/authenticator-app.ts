import { TOTP } from 'otpauth';
import type { RestClient } from './rest-client.ts';
import { owner, type RunningApi } from './running-api.ts';

interface Enrolment {
  uri: string;
  key: string;
  enrolment: string;
}

/** The length of a time step, in milliseconds. */
const step = 30_000;

/** What a person has on their phone. */
export class AuthenticatorApp {
  readonly #api: RunningApi;
  readonly #key: string;

  constructor(api: RunningApi, key: string) {
    this.#api = api;
    this.#key = key;
  }

  /** The code that it shows now. */
  code(): string {
    const timestamp = this.#api.clock.now().getTime();
    return new TOTP({ secret: this.#key }).generate({ timestamp });
  }

  /** Waits for the next code, as long as the API is concerned. */
  nextCode(): string {
    this.#api.clock.advance(step);
    return this.code();
  }

  /** A code that is not taken now, and will not be in the next minutes. */
  wrongCode(): string {
    const now = this.#api.clock.now().getTime();
    const totp = new TOTP({ secret: this.#key });
    const steps = Array.from({ length: 20 }, (_, index) => now + (index - 5) * step);
    const right = new Set(steps.map((timestamp) => totp.generate({ timestamp })));
    const all = Array.from({ length: 30 }, (_, index) => String(index).padStart(6, '0'));
    return all.find((code) => !right.has(code)) ?? '';
  }
}

/** Turns the second factor of a person on, as their browser does. @returns the code that it took, too. */
export async function turnSecondFactorOn(
  api: RunningApi,
  client: RestClient,
  password: string = owner.password,
): Promise<{ app: AuthenticatorApp; key: string; code: string; recoveryCodes: string[] }> {
  const { enrolment, key } = await client
    .post('/v1/profile/second-factor/enrolment', { password })
    .expect<Enrolment>(200);
  const app = new AuthenticatorApp(api, key);
  const code = app.code();
  const { recoveryCodes } = await client
    .post('/v1/profile/second-factor', { enrolment, code })
    .expect<{ recoveryCodes: string[] }>(201);
  return { app, key, code, recoveryCodes };
}
