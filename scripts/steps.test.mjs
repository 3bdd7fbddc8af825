import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';

const steps = new URL('steps.mjs', import.meta.url).href;

describe('a step', () => {
  it('says what it does, and that it was done', () => {
    const { stdout } = evaluate(`await step('greet', 'echo', ['hello']);`);
    assert.match(stdout, /^latchkey: greet …\nhello\nlatchkey: greet: done in \d+\.\d s\n$/);
  });

  it('says with which exit code it failed', () => {
    const { stdout } = evaluate(`await step('fail', 'sh', ['-c', 'exit 3']);`);
    assert.match(stdout, /latchkey: fail: FAILED \(exit code 3\)\n$/);
  });

  it('hands back the exit code of what it ran', () => {
    const { status } = evaluate(`process.exitCode = await run('sh', ['-c', 'exit 7']);`);
    assert.equal(status, 7);
  });

  it('names a command that is not there, in one line', () => {
    const { stdout } = evaluate(
      `try { await run('no-such-command', []); } catch (error) { console.log(error instanceof Stop, error.message); }`,
    );
    assert.match(stdout, /^true no-such-command could not be started: [^\n]*\n$/);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    it(`passes ${signal} on, lets the server stop and takes over its exit code`, async () => {
      const server = `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');`;
      const child = spawn(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `import { run } from '${steps}'; process.exitCode = await run('node', ['--eval', ${JSON.stringify(server)}]);`,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(child.stdout, 'data');
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [5, null]);
    });
  }
});

function evaluate(code) {
  const module = `import { run, step, Stop } from '${steps}'; ${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', module], {
    encoding: 'utf8',
  });
}
