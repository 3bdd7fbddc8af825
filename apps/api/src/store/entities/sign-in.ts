import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** The secret of a person's authenticator app, sealed, and the latest time step of which a code was taken. */
export const PersonSecondFactorEntity = defineEntity({
  name: 'person_second_factor',
  tableName: 'person_second_factor',
  properties: {
    personId: p.string().primary(),
    sealedSecret: p.uint8array(),
    lastStep: p.bigint('number'),
    createdAt: instant(),
  },
});

/** A recovery code that was not used yet. */
export const PersonRecoveryCodeEntity = defineEntity({
  name: 'person_recovery_code',
  tableName: 'person_recovery_code',
  properties: {
    personId: p.string().primary(),
    hash: p.string().primary(),
  },
});

/** A passkey of a person. */
export const PersonPasskeyEntity = defineEntity({
  name: 'person_passkey',
  tableName: 'person_passkey',
  properties: {
    id: p.string().primary(),
    personId: p.string(),
    credentialId: p.text().unique(),
    publicKey: p.uint8array(),
    counter: p.bigint('number'),
    /** Separated by commas. */
    transports: p.string(),
    name: p.string(),
    createdAt: instant(),
    lastUsedAt: instant().nullable(),
  },
});

/** A challenge that was answered with a passkey, until nobody would take it anyway. */
export const PersonUsedChallengeEntity = defineEntity({
  name: 'person_used_challenge',
  tableName: 'person_used_challenge',
  properties: {
    hash: p.string().primary(),
    expiresAt: instant(),
  },
});

/** The link by which a person chooses a new password. */
export const PersonPasswordResetEntity = defineEntity({
  name: 'person_password_reset',
  tableName: 'person_password_reset',
  properties: {
    personId: p.string().primary(),
    hash: p.string().unique(),
    expiresAt: instant(),
  },
});
