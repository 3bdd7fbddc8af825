import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runChaos } from '../src/chaos/chaos.ts';
import { disasters } from '../src/chaos/disasters.ts';
import { restartUnderLoad } from '../src/chaos/rolling-restart.ts';

const nginx = process.env['NGINX_PATH'] ?? '/usr/sbin/nginx';

describe('several nodes on one PostgreSQL', () => {
  it.skipIf(!existsSync(nginx))(
    'accept no key later than the bound once its access ended, redeem no link twice and lose no acknowledged change, whatever strikes',
    async () => {
      const result = await runChaos(1, () => undefined);
      expect(result.breaches).toEqual([]);
      expect(result.disasters).toEqual(Object.keys(disasters));
      const struck = result.disasters.length;
      expect(result.ended).toEqual({ deactivated: struck, deleted: struck, 're-roled': struck });
      expect(result.redemptions).toBeGreaterThan(0);
      expect(result.questions.nodes).toBeGreaterThan(0);
      expect(result.questions.verifier).toBeGreaterThan(0);
    },
  );

  it.skipIf(!existsSync(nginx))(
    'drop no request while they are restarted one after the other, started and behind nginx as our own guide says',
    async () => {
      const result = await restartUnderLoad(1);
      expect(result.failures).toEqual({});
      expect(result.restarts).toBe(2);
      expect(result.requests.verify).toBeGreaterThan(100);
      expect(result.requests.forwardAuth).toBeGreaterThan(100);
    },
  );
});
