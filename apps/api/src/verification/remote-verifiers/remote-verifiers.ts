import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ports } from '@latchkey/core';
import type { IdempotencyRecords } from '../../contract/idempotency.ts';
import { remoteVerification, type RemoteQuestion } from '../../contract/remote-verification.ts';
import { sendFailure } from '../answer.ts';
import type { AddressOf } from '../client-address.ts';
import type { CredentialHeaderNames } from '../credential-headers.ts';
import type { CredentialCache } from '../credential-cache.ts';
import type { Verifier } from '../verifier.ts';
import type { ChangeFeed } from './change-feed.ts';
import { streamChanges } from './change-stream.ts';
import { answerCredential } from './credential-endpoint.ts';
import { makeDoor } from './door.ts';
import type { Receipts } from './receipts.ts';
import { answerUsage } from './usage-endpoint.ts';

/** What serves the verifiers that run in other processes. */
export interface RemoteVerifiersOptions {
  ports: Ports;
  /** Remembers reports of uses. */
  idempotency: IdempotencyRecords;
  verifier: Verifier;
  /** Knows how old what it says is. */
  credentials: Pick<CredentialCache, 'age'>;
  receipts: Receipts;
  feed: ChangeFeed;
  headerNames: CredentialHeaderNames;
  addressOf: AddressOf;
  /** Hears of every defect. */
  onError: (error: unknown) => void;
}

/** The part of the API that `@latchkey/client/verifier` speaks to. */
export interface RemoteVerifiers {
  /** Answers a request if it is one of a remote verifier. @returns whether it was. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends every stream: their verifiers go to another node. */
  end(): void;
}

const pathPattern = /^\/v1\/accounts\/([^/?]+)\/verifier\/([^/?]+)\/?(?:\?|$)/;

/** What a request asks for and of which account, if it is a remote verifier's. */
function readQuestion({
  method,
  url = '',
}: IncomingMessage): { name: RemoteQuestion; slug: string } | undefined {
  const [, slug = '', name = ''] = pathPattern.exec(url) ?? [];
  const isAsked = Object.hasOwn(remoteVerification, name);
  return isAsked && method === remoteVerification[name as RemoteQuestion]
    ? { name: name as RemoteQuestion, slug }
    : undefined;
}

/** Makes it. Nobody's uses are counted here: verifiers count, and report. */
export function makeRemoteVerifiers(options: RemoteVerifiersOptions): RemoteVerifiers {
  const { ports, idempotency, verifier, credentials, receipts, feed, onError } = options;
  const door = makeDoor(ports, verifier, options.headerNames, options.addressOf);
  const streams = new Set<() => void>();

  async function openStream(
    request: IncomingMessage,
    response: ServerResponse,
    slug: string,
  ): Promise<void> {
    const visitor = await door.enter(request, response, slug);
    if (!visitor) return;
    const isWelcome = async () => (await door.ask(request, slug)).ok;
    const end = await streamChanges({
      feed,
      externalKeys: ports.store.externalKeys,
      visitor,
      response,
      isWelcome,
      onError,
    });
    streams.add(end);
    response.once('close', () => streams.delete(end));
  }

  async function answer(
    name: RemoteQuestion,
    slug: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (name === 'changes') {
      await openStream(request, response, slug);
      return;
    }
    const visitor = await door.enter(request, response, slug);
    if (!visitor) return;
    if (name === 'usage') {
      await answerUsage({ ...ports, idempotency, receipts }, visitor, request, response);
    } else await answerCredential(verifier, credentials, receipts, visitor, request, response);
  }

  return {
    answer(request, response) {
      const asked = readQuestion(request);
      if (!asked) return false;
      answer(asked.name, asked.slug, request, response).catch((error: unknown) => {
        sendFailure(response, error, onError);
      });
      return true;
    },
    end() {
      for (const end of streams) end();
    },
  };
}
