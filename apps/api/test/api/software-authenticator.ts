import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { RestClient } from './rest-client.ts';
import { owner } from './running-api.ts';

/** What a server asks a browser to make a passkey with. */
export interface CreationOptions {
  rp: { id: string };
  user: { id: string };
  challenge: string;
  excludeCredentials: { id: string }[];
}

/** What a server asks a browser to prove with a passkey. */
export interface RequestOptions {
  rpId: string;
  challenge: string;
}

/** A ceremony that was begun. */
export interface Begun<Options> {
  options: Options;
  ticket: string;
}

/** What a browser and an authenticator do otherwise than they should. */
export interface Deviations {
  /** The page that asks. */
  origin?: string;
  /** For which site. */
  rpId?: string;
  /** Whether the person was verified, or only there. */
  verified?: boolean;
  present?: boolean;
  /** What the authenticator says of how often it was used. */
  counter?: number;
  challenge?: string;
  type?: string;
  userHandle?: string | null;
}

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

/** The head of an item of CBOR (RFC 8949): its kind and its length or value. */
function cborHead(kind: number, value: number): Buffer {
  const major = kind << 5;
  if (value < 24) return Buffer.from([major | value]);
  if (value < 256) return Buffer.from([major | 24, value]);
  return Buffer.from([major | 25, value >> 8, value & 255]);
}

function cbor(item: Cbor): Buffer {
  if (typeof item === 'number') return item >= 0 ? cborHead(0, item) : cborHead(1, -1 - item);
  if (typeof item === 'string') {
    return Buffer.concat([cborHead(3, Buffer.byteLength(item)), Buffer.from(item)]);
  }
  if (item instanceof Uint8Array) return Buffer.concat([cborHead(2, item.length), item]);
  const entries = [...item].flatMap(([key, value]) => [cbor(key), cbor(value)]);
  return Buffer.concat([cborHead(5, item.size), ...entries]);
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

interface Credential {
  id: string;
  privateKey: KeyObject;
  /** In COSE's form: P-256, ES256. */
  publicKey: Buffer;
  userHandle: string;
  counter: number;
}

/** A browser with an authenticator in it, with real keys and signatures. It counts, as a security key does. */
export class SoftwareAuthenticator {
  readonly #origin: string;
  readonly credentials: Credential[] = [];

  /** @param origin of the page that it is used on. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  #clientData(type: string, challenge: string, deviations: Deviations): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: deviations.type ?? type,
        challenge: deviations.challenge ?? challenge,
        origin: deviations.origin ?? this.#origin,
        crossOrigin: false,
      }),
    );
  }

  #authenticatorData(
    rpId: string,
    counter: number,
    { present = true, verified = true, ...deviations }: Deviations,
    attested?: Buffer,
  ): Buffer {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(deviations.counter ?? counter);
    const said =
      (present ? flags.present : 0) |
      (verified ? flags.verified : 0) |
      (attested ? flags.attested : 0);
    return Buffer.concat([
      sha256(deviations.rpId ?? rpId),
      Buffer.from([said]),
      counted,
      attested ?? Buffer.alloc(0),
    ]);
  }

  /** What `navigator.credentials.create()` gives. */
  create({ challenge, rp, user }: CreationOptions, deviations: Deviations = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const id = randomBytes(32);
    const credential: Credential = {
      id: id.toString('base64url'),
      privateKey,
      publicKey: cbor(
        new Map<number, Cbor>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      ),
      userHandle: user.id,
      counter: 0,
    };
    this.credentials.push(credential);
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      credential.publicKey,
    ]);
    const attestationObject = cbor(
      new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', this.#authenticatorData(rp.id, 0, deviations, attested)],
      ]),
    );
    return {
      id: credential.id,
      rawId: credential.id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, deviations).toString(
          'base64url',
        ),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    };
  }

  /** What `navigator.credentials.get()` gives. @param place of the credential that the person chooses. */
  get({ challenge, rpId }: RequestOptions, deviations: Deviations = {}, place = 0) {
    const credential = this.credentials[place];
    if (!credential) throw new Error('There is no such passkey.');
    credential.counter += 1;
    const clientData = this.#clientData('webauthn.get', challenge, deviations);
    const data = this.#authenticatorData(rpId, credential.counter, deviations);
    const signed = Buffer.concat([data, sha256(clientData)]);
    const userHandle =
      deviations.userHandle === undefined ? credential.userHandle : deviations.userHandle;
    return {
      id: credential.id,
      rawId: credential.id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, credential.privateKey).toString('base64url'),
        userHandle,
      },
      clientExtensionResults: {},
    };
  }
}

/** A passkey as the API shows it. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

/** Asks for a challenge, as a page does before it asks for a passkey. */
export async function askForProof(client: RestClient): Promise<Begun<RequestOptions>> {
  return client.post('/v1/session/passkey-challenge').expect<Begun<RequestOptions>>(200);
}

/** Proves with a passkey who is there: what a sign-in or another proof takes. */
export async function proveByPasskey(
  client: RestClient,
  authenticator: SoftwareAuthenticator,
  deviations: Deviations = {},
) {
  const { options, ticket } = await askForProof(client);
  return { ticket, credential: authenticator.get(options, deviations) };
}

/** Adds a passkey to a person, as their browser does. */
export async function addPasskey(
  client: RestClient,
  authenticator: SoftwareAuthenticator,
  {
    name = 'Laptop',
    ...proof
  }: { name?: string } & ({ code: string } | { password?: string }) = {},
): Promise<{ passkey: Passkey; recoveryCodes: string[] }> {
  const { options, ticket } = await client
    .post('/v1/profile/passkeys/enrolment', { password: owner.password, ...proof })
    .expect<Begun<CreationOptions>>(200);
  const credential = authenticator.create(options);
  return client
    .post('/v1/profile/passkeys', { ticket, name, credential })
    .expect<{ passkey: Passkey; recoveryCodes: string[] }>(201);
}
