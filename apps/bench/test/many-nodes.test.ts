import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runChaos } from '../src/chaos/chaos.ts';
import { restartUnderLoad } from '../src/chaos/rolling-restart.ts';

const nginx = process.env['NGINX_PATH'] ?? '/usr/sbin/nginx';

describe('several nodes on one PostgreSQL', () => {
  it('accepts no switched-off key later than the bound, redeems no link twice and loses no acknowledged change, whatever strikes', async () => {
    const result = await runChaos({ nodes: 3, duration: 15_000, say: () => undefined });
    expect(result.breaches).toEqual([]);
    expect(result.switchedOff).toBeGreaterThan(0);
    expect(result.redemptions).toBeGreaterThan(0);
    expect(result.disasters.length).toBeGreaterThan(1);
  });

  it.skipIf(!existsSync(nginx))(
    'drops no request while its nodes are restarted one after the other, behind nginx by our own guide',
    async () => {
      const result = await restartUnderLoad(1);
      expect(result.failures).toEqual({});
      expect(result.restarts).toBe(2);
      expect(result.requests).toBeGreaterThan(100);
    },
  );
});
