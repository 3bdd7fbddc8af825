import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import {
  enterAccount,
  lacking,
  ok,
  refuse,
  type Account,
  type Ports,
  type Result,
} from '@latchkey/core';
import { sendProblem } from '../answer.ts';
import { readCredentialHeaders, type CredentialHeaderNames } from '../credential-headers.ts';
import type { Verifier } from '../verifier.ts';

const stranger = refuse('UNAUTHENTICATED', 'Send the credential of an API key.');

/** Whom the door let in: a key of the account. */
export interface Visitor {
  account: Account;
  keyId: string;
}

/** Lets an API key of the account with `keys.view` in. */
export interface Door {
  /** @returns who it is, or why they stay outside. */
  ask(headers: IncomingHttpHeaders, slug: string): Promise<Result<Visitor>>;
  /** The same; sends the refusal. */
  enter(
    request: IncomingMessage,
    response: ServerResponse,
    slug: string,
  ): Promise<Visitor | undefined>;
}

/** Makes the door of remote verifiers. They have no session: only an API key comes in, and it is not counted as used. */
export function makeDoor(
  ports: Ports,
  verifier: Verifier,
  headerNames: CredentialHeaderNames,
): Door {
  async function ask(headers: IncomingHttpHeaders, slug: string): Promise<Result<Visitor>> {
    const presented = readCredentialHeaders(headers, headerNames);
    if (presented.state !== 'presented') return stranger;
    const { key, token } = presented;
    const { verdict } = await verifier({ key, token, permissions: [] });
    if (!verdict.valid) return stranger;
    const { id, key: identifier, account: owner } = verdict.key;
    const principal = { kind: 'key', id, key: identifier, owner } as const;
    const entered = await enterAccount(ports, principal, slug);
    if (!entered.ok) return entered;
    const { account, actor } = entered.value;
    return lacking(actor, 'keys.view') ?? ok({ account, keyId: id });
  }

  return {
    ask,
    async enter({ headers }, response, slug) {
      const asked = await ask(headers, slug);
      if (asked.ok) return asked.value;
      const { refusal } = asked;
      const challenge = { 'WWW-Authenticate': 'Bearer realm="latchkey"' };
      sendProblem(response, refusal, refusal.code === 'UNAUTHENTICATED' ? challenge : {});
      return undefined;
    },
  };
}
