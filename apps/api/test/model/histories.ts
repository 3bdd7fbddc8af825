import { isDeepStrictEqual } from 'node:util';
import type { Store } from '@latchkey/core';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { intents, opening, races, type Action, type Intent, type Race } from './actions.ts';
import { expectedSight } from './expectation.ts';
import { follow, type Outcome } from './rules.ts';
import { System } from './system.ts';
import { RuleBroken, type World } from './world.ts';

/** The world by the rules; a history replaces it step by step. */
interface Model {
  world: World | undefined;
  /** What happened so far, to be read when a rule was broken. */
  story: string[];
  answers: string[];
}

type Step = fc.AsyncCommand<Model, System>;

function worldOf(model: Model): World {
  if (!model.world) throw new Error('The history has not begun.');
  return model.world;
}

const answerTo = (action: Action, { code, verdict }: Outcome) =>
  `${action.do} ${verdict?.split(':')[0] ?? code}`;

async function takeStep(model: Model, system: System, action: Action): Promise<void> {
  const world = worldOf(model);
  model.story.push(JSON.stringify(action));
  const act = await system.prepare(world, action);
  const outcome = await act();
  model.answers.push(answerTo(action, outcome));
  follow(world, action, outcome);
}

/** One thing after the other: after each of them everything that can be seen is as the rules say. */
function oneStep(intent: Intent): Step {
  return {
    check: () => true,
    async run(model, system) {
      const world = worldOf(model);
      const action = intent.choose(world);
      if (!action) return;
      await takeStep(model, system, action);
      expect(await system.see(world)).toEqual(expectedSight(world));
    },
    toString: () => String(intent),
  };
}

/** What was done, and how it was answered. */
interface Done {
  action: Action;
  outcome: Outcome;
}

/** What can take its turn by itself: a sweep completes one renewal after the other, and others act in between. */
function turns({ now, keys }: World, done: Done): Done[] {
  if (done.action.do !== 'sweep') return [done];
  const scheduled = keys.filter(
    ({ completeAt, deleted }) => !deleted && completeAt !== null && completeAt <= now,
  );
  return scheduled.map(({ id }) => ({ ...done, action: { do: 'sweep', keyId: id } }));
}

/** The world after something, if the answer is right then. */
function after(before: World, { action, outcome }: Done): World | undefined {
  const world = structuredClone(before);
  try {
    follow(world, action, outcome);
    return world;
  } catch (error) {
    if (error instanceof RuleBroken) return undefined;
    throw error;
  }
}

/** The worlds after all of it, for every order in which the answers are right. */
function* worldsAfter(before: World, done: readonly Done[]): Generator<World> {
  if (done.length === 0) yield before;
  for (const [at, first] of done.entries()) {
    // Of two that are alike, it is all the same which comes first.
    if (done.findIndex((one) => isDeepStrictEqual(one, first)) < at) continue;
    const world = after(before, first);
    if (world) yield* worldsAfter(world, done.toSpliced(at, 1));
  }
}

/** Several things at once: what is answered, and seen after, is as if they had happened one after the other, in some order. */
function race({ choose, toString }: Race): Step {
  return {
    check: () => true,
    async run(model, system) {
      const before = worldOf(model);
      const actions = choose(before);
      if (actions.length === 0) return;
      model.story.push(`at once: ${JSON.stringify(actions)}`);
      const prepared = await Promise.all(
        actions.map(async (action) => ({ action, act: await system.prepare(before, action) })),
      );
      const done = await Promise.all(
        prepared.map(async ({ action, act }) => ({ action, outcome: await act() })),
      );
      for (const { action, outcome } of done) {
        model.answers.push(`at once ${answerTo(action, outcome)}`);
      }
      const parts = done.flatMap((one) => turns(before, one));
      const [first] = worldsAfter(before, parts);
      if (!first) {
        throw new RuleBroken(`No order explains the answers: ${JSON.stringify(done)}`);
      }
      const seen = await system.see(first);
      for (const world of worldsAfter(before, parts)) {
        model.world = world;
        if (isDeepStrictEqual(expectedSight(world), seen)) return;
      }
      model.world = first;
      expect(seen).toEqual(expectedSight(first));
    },
    toString,
  };
}

const steps = (length: number) =>
  fc.commands(
    [
      ...intents.map((intent) => intent.map(oneStep)),
      ...Array.from({ length: 12 }, () => races.map(race)),
    ],
    { maxCommands: length, size: 'max' },
  );

/** How a run of histories ended. */
export interface Tally {
  histories: number;
  steps: number;
  /** How often each action had each answer: what a run really tried. */
  answers: Map<string, number>;
}

/**
 * Lives random histories on a store and checks every rule after each step. On failure it says the seed, the shortest history
 * that it finds, and what happened in it.
 *
 * @param seed of the history to live again, with `path` as the failure names it.
 */
export async function liveHistories(
  store: Store,
  given: { histories: number; length: number; seed?: number | undefined; secrets?: string[] },
): Promise<Tally> {
  const tally: Tally = { histories: 0, steps: 0, answers: new Map() };
  const property = fc.asyncProperty(steps(given.length), async (history) => {
    const system = new System(store);
    const model: Model = { world: undefined, story: [], answers: [] };
    try {
      model.world = await system.begin();
      for (const action of opening(model.world)) await takeStep(model, system, action);
      await fc.asyncModelRun(() => ({ model, real: system }), history);
    } catch (error) {
      const story = model.story.map((step) => `  ${step}`).join('\n');
      throw new Error(`After this history:\n${story}\n${String(error)}`, { cause: error });
    }
    given.secrets?.push(...system.secrets());
    tally.histories += 1;
    tally.steps += model.story.length;
    for (const answer of model.answers) {
      tally.answers.set(answer, (tally.answers.get(answer) ?? 0) + 1);
    }
  });
  await fc.assert(property, {
    numRuns: given.histories,
    ...(given.seed !== undefined && { seed: given.seed }),
  });
  return tally;
}
