import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  enterAccount,
  lacking,
  ok,
  refuse,
  type Account,
  type Ports,
  type Refusal,
  type Result,
} from '@latchkey/core';
import { challenge } from '../../contract/challenge.ts';
import { sendProblem } from '../answer.ts';
import type { AddressOf } from '../client-address.ts';
import { readCredentialHeaders, type CredentialHeaderNames } from '../credential-headers.ts';
import type { Verifier } from '../verifier.ts';

/** What the door asks of an API key. */
const needed = 'keys.view';

const stranger = refuse('UNAUTHENTICATED', 'Send the credential of an API key.');

/** Whom the door let in: a key of the account. */
export interface Visitor {
  account: Account;
  keyId: string;
}

/** Lets an API key of the account with `keys.view` in. */
export interface Door {
  /** @returns who it is, or why they stay outside. */
  ask(request: IncomingMessage, slug: string): Promise<Result<Visitor>>;
  /** The same; sends the refusal. */
  enter(
    request: IncomingMessage,
    response: ServerResponse,
    slug: string,
  ): Promise<Visitor | undefined>;
}

/** What RFC 6750 says to a credential that opens nothing here. */
function challengeOf({ code }: Refusal, isStranger: boolean): string | undefined {
  if (code === 'VALIDATION_FAILED') return challenge('invalid_request');
  if (code === 'UNAUTHENTICATED') return challenge(isStranger ? undefined : 'invalid_token');
  if (code === 'FORBIDDEN') return challenge('insufficient_scope', { scope: needed });
  return undefined;
}

/** Makes the door of remote verifiers. They have no session: only an API key comes in, and it is not counted as used. */
export function makeDoor(
  ports: Ports,
  verifier: Verifier,
  headerNames: CredentialHeaderNames,
  addressOf: AddressOf,
): Door {
  const read = (request: IncomingMessage) => readCredentialHeaders(request, headerNames);

  async function ask(request: IncomingMessage, slug: string): Promise<Result<Visitor>> {
    const presented = read(request);
    if (presented.state === 'malformed') return refuse('VALIDATION_FAILED', presented.detail);
    if (presented.state === 'none') return stranger;
    const { key, token } = presented;
    const { verdict } = await verifier({ key, token, permissions: [] }, () => addressOf(request));
    if (!verdict.valid) return stranger;
    const { id, key: identifier, account: owner } = verdict.key;
    const principal = { kind: 'key', id, key: identifier, owner } as const;
    const entered = await enterAccount(ports, principal, slug);
    if (!entered.ok) return entered;
    const { account, actor } = entered.value;
    return lacking(actor, needed) ?? ok({ account, keyId: id });
  }

  return {
    ask,
    async enter(request, response, slug) {
      const asked = await ask(request, slug);
      if (asked.ok) return asked.value;
      const { refusal } = asked;
      const authenticate = challengeOf(refusal, read(request).state === 'none');
      sendProblem(
        response,
        refusal,
        authenticate === undefined ? {} : { 'WWW-Authenticate': authenticate },
      );
      return undefined;
    },
  };
}
