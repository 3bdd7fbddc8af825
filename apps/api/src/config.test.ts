import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const provider = {
  LATCHKEY_OIDC_ISSUER: 'https://id.example.com/realms/acme',
  LATCHKEY_OIDC_CLIENT_ID: 'latchkey',
  LATCHKEY_OIDC_CLIENT_SECRET: 'too-short',
};

const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('the environment', () => {
  it('needs no variable at all', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: 'sqlite:./data/latchkey.db',
      secrets: undefined,
      owner: undefined,
      headerNames: { key: 'x-api-key', token: 'x-api-token' },
      tokenPrefix: 'lk',
      importedTokens: false,
      smtpUrl: undefined,
      privateWebhooks: false,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: '', LATCHKEY_SECRET: '' })).toEqual(readConfig({}));
  });

  it('makes the public URL of the port, and cuts the slashes at its end', () => {
    expect(readConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    const { publicUrl } = readConfig({ PUBLIC_URL: 'https://keys.example.com//' });
    expect(publicUrl).toBe('https://keys.example.com');
  });

  it('reads several secrets, the signing one first', () => {
    const { secrets } = readConfig({ LATCHKEY_SECRET: `${secret(1)}, ${secret(2)}` });
    expect(secrets?.map(([first]) => first)).toEqual([1, 2]);
  });

  it('reads an owner, whose address is compared in lower case', () => {
    const { owner } = readConfig({
      LATCHKEY_OWNER_EMAIL: 'Ana@Acme.example',
      LATCHKEY_OWNER_PASSWORD: 'a long enough password',
      LATCHKEY_ACCOUNT: 'acme',
    });
    expect(owner).toEqual({
      email: 'ana@acme.example',
      password: 'a long enough password',
      account: 'acme',
    });
  });

  it('reads an identity provider, which is called by its host when it has no name', () => {
    const read = readConfig({ ...provider, LATCHKEY_OIDC_DOMAINS: 'Acme.example, acme.test' });
    expect(read.identityProvider).toEqual({
      issuer: 'https://id.example.com/realms/acme',
      clientId: 'latchkey',
      clientSecret: 'too-short',
      name: 'id.example.com',
      domains: ['acme.example', 'acme.test'],
    });
    const local = { ...provider, LATCHKEY_OIDC_ISSUER: 'http://127.0.0.1:9000' };
    const named = readConfig({ ...local, LATCHKEY_OIDC_NAME: 'Acme ID' }).identityProvider;
    expect(named).toMatchObject({ name: 'Acme ID', domains: undefined });
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ PUBLIC_URL: 'keys.example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'ftp://keys.example.com' }, 'PUBLIC_URL'],
    [{ DATABASE_URL: 'mysql://localhost/latchkey' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'sqlite:' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://localhost/latchkey' }, 'LATCHKEY_SECRET'],
    [{ LATCHKEY_SECRET: 'too-short' }, 'LATCHKEY_SECRET'],
    [{ LATCHKEY_SECRET: Buffer.alloc(31).toString('base64') }, 'LATCHKEY_SECRET'],
    [{ LATCHKEY_SECRET: `${secret(1)},` }, 'LATCHKEY_SECRET'],
    [{ LATCHKEY_OWNER_EMAIL: 'ana' }, 'LATCHKEY_OWNER_EMAIL'],
    [{ LATCHKEY_OWNER_EMAIL: 'ana@acme.example' }, 'LATCHKEY_OWNER_PASSWORD'],
    [{ LATCHKEY_ACCOUNT: 'acme' }, 'LATCHKEY_OWNER_EMAIL'],
    [{ LATCHKEY_ACCOUNT: 'ACME' }, 'LATCHKEY_ACCOUNT'],
    [{ LATCHKEY_OWNER_PASSWORD: 'short' }, 'LATCHKEY_OWNER_PASSWORD'],
    [{ LATCHKEY_KEY_HEADER: 'X API Key' }, 'LATCHKEY_KEY_HEADER'],
    [{ LATCHKEY_KEY_HEADER: 'X-One', LATCHKEY_TOKEN_HEADER: 'x-one' }, 'LATCHKEY_TOKEN_HEADER'],
    [{ LATCHKEY_TOKEN_PREFIX: 'Lk_' }, 'LATCHKEY_TOKEN_PREFIX'],
    [{ LATCHKEY_TOKEN_HEADER: 'Cookie' }, 'LATCHKEY_TOKEN_HEADER'],
    [{ PORT: '1e3' }, 'PORT'],
    [{ LATCHKEY_OIDC_ISSUER: 'https://id.example.com' }, 'LATCHKEY_OIDC_CLIENT_ID'],
    [{ LATCHKEY_OIDC_CLIENT_SECRET: 'too-short' }, 'LATCHKEY_OIDC_ISSUER'],
    [{ ...provider, LATCHKEY_OIDC_ISSUER: 'http://id.example.com' }, 'LATCHKEY_OIDC_ISSUER'],
    [{ ...provider, LATCHKEY_OIDC_ISSUER: 'id.example.com' }, 'LATCHKEY_OIDC_ISSUER'],
    [{ ...provider, LATCHKEY_OIDC_NAME: 'x'.repeat(41) }, 'LATCHKEY_OIDC_NAME'],
    [{ ...provider, LATCHKEY_OIDC_DOMAINS: '@acme.example' }, 'LATCHKEY_OIDC_DOMAINS'],
    [{ PUBLIC_URL: 'https://keys.example.com/?a=1' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://ana:secret@keys.example.com' }, 'PUBLIC_URL'],
    [{ SMTP_URL: 'http://mail.example.com' }, 'SMTP_URL'],
    [{ LATCHKEY_TRUSTED_PROXIES: 'loopback, somewhere' }, 'LATCHKEY_TRUSTED_PROXIES'],
    [{ LATCHKEY_CORS_ORIGINS: 'https://app.example.com/path' }, 'LATCHKEY_CORS_ORIGINS'],
    [{ LATCHKEY_LOG_LEVEL: 'loud' }, 'LATCHKEY_LOG_LEVEL'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ])(
    'names the variable that cannot be used, in one line without its secret: %j',
    (variables, name) => {
      const read = () => readConfig(variables);
      expect(read).toThrow(ConfigError);
      expect(read).toThrow(new RegExp(`^${name}: [^\\n]*(expected|required)[^\\n]*$`));
      const secrets = ['too-short', 'short', Buffer.alloc(31).toString('base64')];
      for (const value of secrets) expect(read).not.toThrow(`: ${value}`);
    },
  );
});
