import { describe, expect, it } from 'vitest';
import { makeLogger } from './logger.ts';

function logged(level: 'info' | 'silent', write: (log: ReturnType<typeof makeLogger>) => void) {
  const lines: string[] = [];
  write(makeLogger(level, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  const token = `acme_${'a1B2c'.repeat(9)}Zz9x`;
  const link = 'k3'.repeat(20);

  it('is a line of JSON for each event', () => {
    const line = logged('info', (log) => log.info({ route: '/v1/keys' }, 'request'));
    expect(JSON.parse(line)).toMatchObject({ route: '/v1/keys', msg: 'request' });
    expect(line.endsWith('\n')).toBe(true);
  });

  it('holds no secret that an error brought along, and stays JSON', () => {
    const error = new Error(`Bad row (${token}) at https://keys.example.com/credentials/${link}`, {
      cause: new Error('postgres://latchkey:hunter2@db/latchkey did not answer'),
    });
    const line = logged('info', (log) => log.error({ err: error, key: 'whsec_c2VjcmV0' }, token));
    for (const secret of [token, link, 'hunter2', 'c2VjcmV0']) expect(line).not.toContain(secret);
    expect(JSON.parse(line)).toMatchObject({ msg: '[secret]' });
    expect(line).toContain('keys.example.com/credentials/[secret]');
    expect(line).toContain('postgres://latchkey:[secret]@db/latchkey');
  });

  it('leaves what is no secret as it is', () => {
    const plain = 'lk-acme-EVSV5YNW at http://localhost:3000/v1/accounts/acme';
    expect(JSON.parse(logged('info', (log) => log.info(plain)))).toMatchObject({ msg: plain });
    expect(logged('silent', (log) => log.error(plain))).toBe('');
  });
});
