import { FreshCache } from '@latchkey/fresh-cache';

/** A system that may be larger than any machine here. */
export interface Scenario {
  name: string;
  nodes: number;
  /** Keys in use. Few are used much and many seldom: the k-th most used as often as 1/k. */
  keys: number;
  /** Verifications a second, all nodes together. */
  rate: number;
  /** Changes of single keys a second, all accounts together. */
  changes: number;
  /** Entries that a node's cache holds. */
  cache: number;
  /** Whether the load balancer sends the same key to the same node each time. */
  affinity?: boolean;
}

/** What reaches the database, a second. */
export interface SimulationResult {
  /** The share of verifications that a cache answered. */
  hits: number;
  lookUps: number;
  /** Messages that PostgreSQL sends to its listeners. */
  notifications: number;
}

/** Numbers that look random and are the same in every run. */
function makeRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Lets the real cache of each node meet simulated traffic on a simulated clock: so many verifications warm it up, so many are counted.
 *
 * @param events how many of each.
 */
export async function simulate(scenario: Scenario, events: number): Promise<SimulationResult> {
  const { nodes, keys, rate, changes, cache, affinity = false } = scenario;
  const keysHere = affinity ? keys / nodes : keys;
  const changesHere = affinity ? changes / nodes : changes;
  const random = makeRandom();
  const anyKey = () => String(Math.floor(keysHere ** random()));
  let now = 0;
  // Any one node stands for all: each has its share of the traffic and hears of every change.
  const node = new FreshCache<true>({ positive: cache, negative: 1, staleness: 5000 }, () => now);
  let lookUps = 0;
  const step = (1000 / rate) * nodes;
  const changesAStep = (changesHere / 1000) * step;
  let due = 0;
  for (let event = 0; event < 2 * events; event += 1) {
    if (event === events) lookUps = 0;
    now += step;
    node.confirm(now);
    due += changesAStep;
    for (; due >= 1; due -= 1) node.dropSubject(anyKey());
    const key = anyKey();
    if (node.get(key)) continue;
    lookUps += 1;
    await node.load(key, async () =>
      Promise.resolve({ value: true, positive: true, subject: key }),
    );
  }
  const misses = lookUps / events;
  return { hits: 1 - misses, lookUps: misses * rate, notifications: changes * nodes };
}
