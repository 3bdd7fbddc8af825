import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFailure, type OnError } from './answer.ts';
import type { AddressOf } from './client-address.ts';
import type { CredentialHeaderNames } from './credential-headers.ts';
import { isForwardAuth, makeForwardAuthEndpoint } from './forward-auth-endpoint.ts';
import type { Traffic } from './traffic.ts';
import type { BatchedUsageCounter } from './usage-counter.ts';
import { makeVerifier, type VerifierPorts } from './verifier.ts';
import { makeVerifyEndpoint } from './verify-endpoint.ts';

/** What the verification path needs. */
export interface VerificationOptions {
  ports: VerifierPorts & { usage: BatchedUsageCounter };
  headerNames: CredentialHeaderNames;
  addressOf: AddressOf;
  /** Is told what happens. */
  traffic: Traffic;
  /** Hears of every defect. */
  onError: (error: unknown) => void;
}

/** Answers a request if it is one for verification. @returns whether it was. */
export type Verification = (request: IncomingMessage, response: ServerResponse) => boolean;

const verifyPath = /^\/v1\/verify\/?(?:\?|$)/;

/** Makes the fast path: two endpoints on plain HTTP, before anything else sees the request. */
export function makeVerification({
  ports,
  headerNames,
  addressOf,
  traffic,
  onError,
}: VerificationOptions): Verification {
  const verifier = makeVerifier(ports);
  const answerVerify = makeVerifyEndpoint(verifier, ports, addressOf, traffic);
  const answerForwardAuth = makeForwardAuthEndpoint(
    verifier,
    ports,
    headerNames,
    addressOf,
    traffic,
  );

  const fail: OnError = (response, error) => sendFailure(response, error, onError);

  return (request, response) => {
    const { method, url = '' } = request;
    if (method === 'POST' && verifyPath.test(url)) {
      answerVerify(request, response, fail);
      return true;
    }
    if (isForwardAuth(method, url)) {
      answerForwardAuth(request, response, fail);
      return true;
    }
    return false;
  };
}
