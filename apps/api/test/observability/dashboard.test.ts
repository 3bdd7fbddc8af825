import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { startApi } from '../api/running-api.ts';

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })),
});

it('draws only metrics that the server gives out, by labels that they have', async () => {
  const file = new URL('../../../../docs/deploy/grafana-dashboard.json', import.meta.url);
  const { panels } = dashboard.parse(JSON.parse(await readFile(file, 'utf8')));
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const named = expressions.flatMap(
    (expression) => expression.match(/\b(?:latchkey|nodejs|process)_\w+/g) ?? [],
  );
  const api = await startApi('sqlite');
  await api.stranger().post('/v1/verify', { token: 'none' }).expect(200);
  const { text } = await api.stranger().get('/metrics');
  await api.stop();
  const given = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const missing = named.filter((name) => !given.has(name.replace(/_(bucket|count|sum)$/, '')));
  expect(named.length).toBeGreaterThan(8);
  expect(missing).toEqual([]);
  const labels = expressions.flatMap((expression) =>
    [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', ')),
  );
  for (const label of new Set(labels)) expect(text).toContain(`${label}="`);
});
