import assert from 'node:assert/strict';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** What a test reads of an OpenAPI document. */
export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, unknown>;
    responses: Record<string, OpenApiResponse>;
    securitySchemes: Record<string, unknown>;
  };
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[];
  requestBody?: {
    required?: boolean;
    content: Record<string, { schema: Record<string, unknown> }>;
  };
  responses: Record<string, OpenApiResponse>;
}

export interface OpenApiResponse {
  description: string;
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema: unknown; examples?: Record<string, { value: unknown }> }>;
}

/** An answer as a client saw it. */
export interface SeenAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** Headers that are told of an answer, and whose absence or unannounced presence is a fault. */
const toldHeaders = ['ETag', 'Location', 'Link', 'Allow', 'WWW-Authenticate', 'Retry-After'];

const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** An OpenAPI document against which answers are checked. */
export class Conformance {
  readonly document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #paths: { pattern: RegExp; path: string }[];

  constructor(document: OpenApiDocument) {
    this.document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'document');
    // A path without parameters goes before one with a parameter in its place.
    this.#paths = Object.keys(document.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  /** The operation that a request is for, if the document has it. */
  find(method: string, target: string): { path: string; operation: OpenApiOperation } | undefined {
    const path = this.#findPath(target);
    const operation =
      path === undefined ? undefined : this.document.paths[path]?.[method.toLowerCase()];
    return path !== undefined && operation ? { path, operation } : undefined;
  }

  #findPath(target: string): string | undefined {
    const [pathname = ''] = target.split('?', 1);
    return this.#paths.find(({ pattern }) => pattern.test(pathname))?.path;
  }

  #validator(pointer: string): ValidateFunction {
    const known = this.#validators.get(pointer);
    if (known) return known;
    const made = this.#ajv.compile({ $ref: `document#${pointer}` });
    this.#validators.set(pointer, made);
    return made;
  }

  /** The faults of a value, by the schema at a place in the document. */
  faults(pointer: readonly string[], value: unknown): unknown[] {
    const validate = this.#validator(`/${pointer.map(escape).join('/')}`);
    return validate(value) ? [] : (validate.errors ?? []);
  }

  /**
   * Checks an answer: its status, media type, headers, body and code must be told in the document.
   *
   * @throws {AssertionError} that says what the document does not tell.
   */
  check(method: string, target: string, answer: SeenAnswer): void {
    const found = this.find(method, target);
    const ended = `${String(answer.status)} ${answer.text.slice(0, 500)}`;
    if (!found) {
      if (answer.status === 405)
        this.#checkNotAllowed(`${method} ${target}: ${ended}`, target, answer);
      return;
    }
    const { path, operation } = found;
    const status = String(answer.status);
    const told = `${operation.operationId} answered ${ended}`;
    const response = operation.responses[status];
    assert.ok(response, `${told}: the document does not tell of this status`);
    const pointer = ['paths', path, method.toLowerCase(), 'responses', status];
    this.#checkResponse(told, response, pointer, answer);
  }

  /** A method without an operation is answered with those that the document has at the path. */
  #checkNotAllowed(told: string, target: string, answer: SeenAnswer): void {
    const response = this.document.components.responses['MethodNotAllowed'];
    assert.ok(response, `${told}: the document does not tell of this status`);
    this.#checkResponse(told, response, ['components', 'responses', 'MethodNotAllowed'], answer);
    const path = this.#findPath(target);
    assert.ok(path, `${told}: the document does not have this path`);
    const allowed = answer.headers.get('Allow')?.split(', ') ?? [];
    const known = Object.keys(this.document.paths[path] ?? {}).map((name) => name.toUpperCase());
    const operations = allowed.filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
    assert.deepEqual(operations.sort(), known.sort(), `${told}: Allow names other methods`);
  }

  #checkResponse(
    told: string,
    response: OpenApiResponse,
    pointer: readonly string[],
    answer: SeenAnswer,
  ): void {
    for (const name of toldHeaders) {
      const header = response.headers?.[name];
      const isThere = answer.headers.has(name);
      assert.ok(header || !isThere, `${told}: the document does not tell of ${name}`);
      assert.ok(isThere || !header?.required, `${told}: ${name} is missing`);
    }
    const [mediaType = ''] = (answer.headers.get('content-type') ?? '').split(';', 1);
    if (!response.content) {
      assert.equal(answer.text, '', `${told}: the document tells of no body`);
      return;
    }
    const content = response.content[mediaType];
    assert.ok(content, `${told}: the document does not tell of ${mediaType}`);
    if (!mediaType.includes('json')) return;
    const faults = this.faults([...pointer, 'content', mediaType, 'schema'], answer.body);
    assert.deepEqual(faults, [], told);
    if (mediaType === 'application/problem+json') {
      const { code } = answer.body as { code: string };
      assert.ok(content.examples?.[code], `${told}: the document does not tell of this code`);
    }
  }
}

const known = new Map<string, Promise<Conformance>>();

/** The document that a running server gives out, read once. */
export async function conformanceOf(url: string): Promise<Conformance> {
  const read = async () => {
    const answer = await fetch(`${url}/v1/openapi.json`);
    return new Conformance((await answer.json()) as OpenApiDocument);
  };
  const reading = known.get(url) ?? read();
  known.set(url, reading);
  return reading;
}
