import { request as requestByHttp, type IncomingMessage } from 'node:http';
import { request as requestByHttps, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { AttemptOutcome, DeliveryError, SendWebhook, WebhookMessage } from '@latchkey/core';
import { Webhook } from 'standardwebhooks';
import { hostOf, isPublic, resolve, type Address, type Resolve } from './addresses.ts';

/** How long an attempt may take from its first step to the end of the answer, in milliseconds. */
const patience = 10_000;

/** How much of an answer is read, in bytes: nothing in it matters, but a receiver likes to be heard out. */
const longestAnswer = 64 * 1024;

/** What the sender needs of the network. */
export interface WebhookSenderOptions {
  /** Whether an address may be connected to; public ones only, unless told. */
  allows?: (address: string) => boolean;
  resolve?: Resolve;
  /** In milliseconds. */
  patience?: number;
}

/** Why there was no answer; its message is for nobody. */
class AttemptFailure extends Error {
  readonly reason: DeliveryError;

  constructor(reason: DeliveryError) {
    super(reason);
    this.reason = reason;
  }
}

/** The headers of Standard Webhooks: each secret signs. */
function sign({ at, body, id, secrets }: WebhookMessage): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret.reveal()).sign(id, at, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

/** Gives a connection the addresses that were looked at, so that the name cannot mean another host by then. */
function lookUpNothingElse(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, found) => {
    const [first] = addresses;
    if (options.all === true) found(null, [...addresses]);
    else found(null, first?.address ?? '', first?.family);
  };
}

/** Reads an answer to its end, or as far as it matters. What goes wrong on the way changes nothing: its status was heard. */
async function hearOut(response: IncomingMessage): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of response) {
      length += (chunk as Buffer).length;
      if (length > longestAnswer) break;
    }
  } catch {
    // It broke off, or took too long.
  }
}

/** Sends the request to one of the addresses. @returns the status of the answer. @throws {AttemptFailure} */
async function post(
  url: URL,
  message: WebhookMessage,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<number> {
  const isSecure = url.protocol === 'https:';
  const options: RequestOptions = {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(message.body),
      'User-Agent': 'Latchkey',
      ...sign(message),
    },
    // A connection of its own each time: one that is kept was checked for another request.
    agent: false,
    lookup: lookUpNothingElse(addresses),
    signal,
  };
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    let reason: DeliveryError = 'UNREACHABLE';
    const request = (isSecure ? requestByHttps : requestByHttp)(url, options, answered);
    request.on('socket', (socket) => {
      if (!isSecure) return;
      socket.once('connect', () => (reason = 'TLS_FAILED'));
      socket.once('secureConnect', () => (reason = 'UNREACHABLE'));
    });
    request.on('error', () => failed(new AttemptFailure(signal.aborted ? 'TIMED_OUT' : reason)));
    request.end(message.body);
  });
  await hearOut(response);
  return response.statusCode ?? 0;
}

/**
 * Makes what signs messages by Standard Webhooks and posts them. A host's addresses are looked up once, only those that are allowed are
 * connected to, and no redirection is followed.
 */
export function makeWebhookSender(options: WebhookSenderOptions = {}): SendWebhook {
  const { allows = isPublic } = options;
  const findAddresses = options.resolve ?? resolve;

  async function findAllowed(url: URL, signal: AbortSignal): Promise<Address[]> {
    const tooLate = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new AttemptFailure('TIMED_OUT')));
    });
    const found = await Promise.race([
      tooLate,
      findAddresses(hostOf(url)).catch(() => {
        throw new AttemptFailure('UNRESOLVED');
      }),
    ]);
    const allowed = found.filter(({ address }) => allows(address));
    if (allowed.length === 0) throw new AttemptFailure('ADDRESS_REFUSED');
    return allowed;
  }

  return async (message): Promise<AttemptOutcome> => {
    const signal = AbortSignal.timeout(options.patience ?? patience);
    try {
      const url = new URL(message.url);
      const addresses = await findAllowed(url, signal);
      return { status: await post(url, message, addresses, signal) };
    } catch (error) {
      return { error: error instanceof AttemptFailure ? error.reason : 'UNREACHABLE' };
    }
  };
}
