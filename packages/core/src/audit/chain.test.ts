import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crypto } from '../testing/crypto.ts';
import { hoursLater } from '../testing/keys.ts';
import { emptyChain, hashEvent, verifyChain, type ChainHead } from './chain.ts';
import type { AuditEvent } from './event.ts';

/** An honest chain of events. */
function chain(length: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const event = {
      id: `event ${String(sequence)}`,
      accountId: 'account',
      sequence,
      at: hoursLater(sequence),
      actor: { kind: 'member', id: 'member', name: 'ana@acme.example' },
      action: 'key.edited',
      keyId: 'key',
      subject: 'lk-acme-8F3K2M9Q',
      details: { name: 'Warehouse', roles: ['Picker', 'Packer'], scheduled: true, expiresAt: null },
      from: '192.0.2.1',
      previousHash: events.at(-1)?.hash ?? '',
    } as const;
    events.push({ ...event, hash: hashEvent(crypto, event) });
  }
  return events;
}

const headOf = (events: readonly AuditEvent[]): ChainHead => {
  const last = events.at(-1);
  return last ? { sequence: last.sequence, hash: last.hash } : emptyChain;
};

async function* walk(events: readonly AuditEvent[]) {
  yield* events;
}

const check = (events: readonly AuditEvent[], head: ChainHead) =>
  verifyChain(crypto, walk(events), async () => head);

const five = chain(5);
const head = headOf(five);

describe('the chain of audit events', () => {
  it('is whole when nobody touched it', async () => {
    expect(await check(five, head)).toEqual({ intact: true, events: 5 });
    expect(await check([], emptyChain)).toEqual({ intact: true, events: 0 });
  });

  it('does not depend on the order in which a database gives the details back', async () => {
    const shuffled = five.map((event) => ({
      ...event,
      details: Object.fromEntries(Object.entries(event.details).toReversed()),
    }));
    expect(await check(shuffled, head)).toEqual({ intact: true, events: 5 });
  });

  it.each<[keyof AuditEvent, Partial<AuditEvent>]>([
    ['id', { id: 'another' }],
    ['accountId', { accountId: 'another' }],
    ['at', { at: hoursLater(77) }],
    ['actor', { actor: { kind: 'member', id: 'member', name: 'bob@acme.example' } }],
    ['action', { action: 'key.deleted' }],
    ['keyId', { keyId: null }],
    ['subject', { subject: 'lk-acme-0000000' }],
    ['details', { details: { name: 'Shop' } }],
    ['from', { from: null }],
    ['previousHash', { previousHash: 'another' }],
    ['hash', { hash: 'another' }],
  ])('shows an event whose %s was edited', async (_field, edit) => {
    for (const at of [0, 2, 4]) {
      const edited = five.map((event, index) => (index === at ? { ...event, ...edit } : event));
      expect(await check(edited, head)).toEqual({
        intact: false,
        events: at,
        brokenAt: at + 1,
        reason: 'edited',
      });
    }
  });

  it('shows an edited event whose own hash was made to fit', async () => {
    for (const at of [0, 2, 4]) {
      const edited = five.map((event, index) => {
        if (index !== at) return event;
        const forged = { ...event, subject: 'forged' };
        return { ...forged, hash: hashEvent(crypto, forged) };
      });
      expect(await check(edited, head)).toMatchObject({ intact: false, reason: 'edited' });
    }
  });

  it.each([
    ['at the beginning', 0],
    ['in the middle', 2],
    ['at the end', 4],
  ])('shows an event missing %s', async (_where, at) => {
    expect(await check(five.toSpliced(at, 1), head)).toEqual({
      intact: false,
      events: at,
      brokenAt: at + 1,
      reason: 'missing',
    });
  });

  it('shows that all events are missing', async () => {
    expect(await check([], head)).toMatchObject({ intact: false, events: 0, reason: 'missing' });
  });

  it('shows an event that was inserted', async () => {
    const [, , third] = five;
    expect(third).toBeDefined();
    if (!third) return;
    const inserted = five.toSpliced(2, 0, { ...third, id: 'inserted' });
    expect(await check(inserted, head)).toMatchObject({ intact: false, reason: 'edited' });
  });

  it('shows an event that was added behind the last, even one that fits', async () => {
    expect(await check(chain(6), head)).toMatchObject({ intact: false, reason: 'edited' });
  });

  it('shows any two events that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.nat(4), async (i, j) => {
        fc.pre(i !== j);
        const reordered = five.map((event, at) =>
          at === i ? five[j] : at === j ? five[i] : event,
        );
        const verdict = await check(
          reordered.filter((event) => event !== undefined),
          head,
        );
        expect(verdict).toMatchObject({ intact: false, events: Math.min(i, j) });
      }),
    );
  });

  it('stays whole while honest events arrive during the check', async () => {
    const heads = [headOf(chain(3)), headOf(chain(6))];
    const grown = await verifyChain(crypto, walk(five), async () => heads.shift() ?? emptyChain);
    expect(grown).toEqual({ intact: true, events: 5 });
  });
});
