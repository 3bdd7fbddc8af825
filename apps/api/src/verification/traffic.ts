/** The doors of the verification path. */
export const endpoints = ['verify', 'forward-auth'] as const;
export type Endpoint = (typeof endpoints)[number];

/** How a request ended: with a verdict, or with none: it had no credential, could not be read, came while too many others waited, was one unknown token too many from where it came, or failed. */
export const outcomes = [
  'VALID',
  'INVALID_CREDENTIALS',
  'INACTIVE',
  'EXPIRED',
  'INSUFFICIENT_PERMISSIONS',
  'NO_CREDENTIALS',
  'MALFORMED',
  'CROWDED_OUT',
  'LIMITED',
  'FAILED',
] as const;
export type Outcome = (typeof outcomes)[number];

/** One request in so many is timed: to read the clock for each would cost more than all the counting. */
export const timedOneIn = 64;

/** What the verification path did since the start of the process: plain numbers, to be read at any time. */
export interface Traffic {
  readonly ended: Record<Endpoint, Record<Outcome, number>>;
  /** Questions to the store: what no cache knew. */
  lookUps: number;
  /** Hears how long one request in {@link timedOneIn} took, from its dispatch until its answer was handed over. */
  readonly onTimed: (endpoint: Endpoint, seconds: number) => void;
}

/** Makes the counts, all zero. */
export function makeTraffic(onTimed: Traffic['onTimed']): Traffic {
  const none = () =>
    Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  return { ended: { verify: none(), 'forward-auth': none() }, lookUps: 0, onTimed };
}

/** Notes how the requests of one endpoint end. */
export interface Meter {
  /** A request came. @returns when, or `0` when it is not timed. */
  begin(): number;
  /** It is answered. @param begun what `begin` said. */
  end(outcome: Outcome, begun: number): void;
}

/** Makes what an endpoint counts with. */
export function makeMeter({ ended, onTimed }: Traffic, endpoint: Endpoint): Meter {
  const counts = ended[endpoint];
  let requests = 0;
  return {
    begin() {
      requests += 1;
      return requests % timedOneIn === 0 ? performance.now() : 0;
    },
    end(outcome, begun) {
      counts[outcome] += 1;
      if (begun !== 0) onTimed(endpoint, (performance.now() - begun) / 1000);
    },
  };
}
