/** What an integrator needs, by the name of the tool. */
export type SnippetName = 'curl' | 'nginx' | 'typescript' | 'python';

export interface Snippet {
  readonly name: SnippetName;
  readonly label: string;
  readonly code: string;
}

/** The headers that carry a credential, in any case. */
export interface CredentialHeaders {
  readonly key: string;
  readonly token: string;
}

/** What a snippet is filled with. */
export interface SnippetFilling {
  /** The identifier of the key. */
  readonly key: string;
  /** Where Latchkey is, such as `https://keys.example.com`. */
  readonly origin: string;
  /** One that the key has, to ask for; `null` for a key that has none. */
  readonly permission: string | null;
  /** `null` while they are not known, and nothing can be said that needs them. */
  readonly headers: CredentialHeaders | null;
}

/** `x-api-key` as people write it: `X-API-Key`. */
const written = (header: string) =>
  header
    .split('-')
    .map((part) => (part === 'api' ? 'API' : `${part.charAt(0).toUpperCase()}${part.slice(1)}`))
    .join('-');

/**
 * What nginx is told, after docs/deploy/nginx.md: there it says why, and asks for another permission by
 * the request's method.
 */
function nginxOf({ key, origin, permission }: SnippetFilling, headers: CredentialHeaders): string {
  const { host, protocol } = new URL(origin);
  const [keyHeader, tokenHeader] = [written(headers.key), written(headers.token)];
  const blanked = ['Authorization', keyHeader, tokenHeader];
  const widest = Math.max(...blanked.map((name) => name.length));
  return `# Callers send ${keyHeader}: ${key} and ${tokenHeader}.
server {
  listen 80;

  location / {
    auth_request /latchkey;

    # Who it is. Setting these overwrites whatever the caller sent under the same names.
    auth_request_set $auth_key         $upstream_http_x_auth_key;
    auth_request_set $auth_key_name    $upstream_http_x_auth_key_name;
    auth_request_set $auth_account     $upstream_http_x_auth_account;
    auth_request_set $auth_roles       $upstream_http_x_auth_roles;
    auth_request_set $auth_permissions $upstream_http_x_auth_permissions;
    proxy_set_header X-Auth-Key         $auth_key;
    proxy_set_header X-Auth-Key-Name    $auth_key_name;
    proxy_set_header X-Auth-Account     $auth_account;
    proxy_set_header X-Auth-Roles       $auth_roles;
    proxy_set_header X-Auth-Permissions $auth_permissions;

    # The credential ends here.
${blanked.map((name) => `    proxy_set_header ${name.padEnd(widest)} "";`).join('\n')}

    proxy_pass http://127.0.0.1:8080; # your API
  }

  location = /latchkey {
    internal;
    proxy_pass ${origin}/v1/forward-auth${permission === null ? '' : `?permission=${permission}`};
    proxy_set_header Host ${host};${protocol === 'https:' ? '\n    proxy_ssl_server_name on;' : ''}
    # Whose unknown tokens are limited: not what the caller claims.
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_http_version 1.1;
    proxy_set_header Connection "";
  }
}`;
}

/**
 * How to verify a credential with Latchkey, filled with a key. The token is read from the environment:
 * it stands in no snippet.
 */
export function snippetsOf(filling: SnippetFilling): readonly Snippet[] {
  const { key, origin, permission, headers } = filling;
  return [
    {
      name: 'curl',
      label: 'curl',
      code: `# LATCHKEY_TOKEN holds the API token.
curl -sS ${origin}/v1/verify \\
  -H 'Content-Type: application/json' \\
  -d '{"key": "${key}", "token": "'"$LATCHKEY_TOKEN"'"${permission === null ? '' : `, "permission": "${permission}"`}}'`,
    },
    ...(headers
      ? [{ name: 'nginx' as const, label: 'nginx', code: nginxOf(filling, headers) }]
      : []),
    {
      name: 'typescript',
      label: 'TypeScript',
      code: `const answer = await fetch('${origin}/v1/verify', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    key: '${key}',
    token: process.env.LATCHKEY_TOKEN,${permission === null ? '' : `\n    permission: '${permission}',`}
  }),
});
const verdict = await answer.json();
if (!verdict.valid) throw new Error(verdict.code);`,
    },
    {
      name: 'python',
      label: 'Python',
      code: `import json
import os
import urllib.request

request = urllib.request.Request(
    "${origin}/v1/verify",
    data=json.dumps({
        "key": "${key}",
        "token": os.environ["LATCHKEY_TOKEN"],${permission === null ? '' : `\n        "permission": "${permission}",`}
    }).encode(),
    headers={"Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as answer:
    verdict = json.load(answer)
if not verdict["valid"]:
    raise PermissionError(verdict["code"])`,
    },
  ];
}
