/** What an integrator needs, by the name of the tool. */
export type SnippetName = 'curl' | 'nginx' | 'typescript' | 'python';

export interface Snippet {
  readonly name: SnippetName;
  readonly label: string;
  readonly code: string;
}

/**
 * How to verify a credential with Latchkey, filled with a key. The token is read from the environment:
 * it stands in no snippet.
 *
 * @param key the identifier
 * @param origin where Latchkey is, such as `https://keys.example.com`
 * @param permission one that the key has, to ask for; `null` for a key that has none
 */
export function snippetsOf(
  key: string,
  origin: string,
  permission: string | null,
): readonly Snippet[] {
  const url = new URL(origin);
  return [
    {
      name: 'curl',
      label: 'curl',
      code: `# LATCHKEY_TOKEN holds the API token.
curl -sS ${origin}/v1/verify \\
  -H 'Content-Type: application/json' \\
  -d '{"key": "${key}", "token": "'"$LATCHKEY_TOKEN"'"${permission === null ? '' : `, "permission": "${permission}"`}}'`,
    },
    {
      name: 'nginx',
      label: 'nginx',
      code: `# Callers send X-API-Key: ${key} and X-API-Token.
server {
  location / {
    auth_request /latchkey;

    auth_request_set $auth_key      $upstream_http_x_auth_key;
    auth_request_set $auth_key_name $upstream_http_x_auth_key_name;
    proxy_set_header X-Auth-Key      $auth_key;
    proxy_set_header X-Auth-Key-Name $auth_key_name;

    # The credential ends here.
    proxy_set_header X-API-Key     "";
    proxy_set_header X-API-Token   "";
    proxy_set_header Authorization "";

    proxy_pass http://127.0.0.1:8080; # your API
  }

  location = /latchkey {
    internal;
    proxy_pass ${origin}/v1/forward-auth${permission === null ? '' : `?permission=${permission}`};
    proxy_set_header Host ${url.host};
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
  }
}`,
    },
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
