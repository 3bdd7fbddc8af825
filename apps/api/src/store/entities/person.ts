import { defineEntity, p } from '@mikro-orm/core';

/*
 * The people's tables belong to no account and are better-auth's to read and write: see `people.ts`. It wants times as the engine's own
 * (`timestamptz` on PostgreSQL, ISO text on SQLite).
 */

export const PersonEntity = defineEntity({
  name: 'person',
  tableName: 'person',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    email: p.string().unique(),
    emailVerified: p.boolean(),
    image: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const PersonSessionEntity = defineEntity({
  name: 'person_session',
  tableName: 'person_session',
  properties: {
    id: p.string().primary(),
    personId: p.string(),
    token: p.string().unique(),
    expiresAt: p.datetime(),
    ipAddress: p.string().nullable(),
    userAgent: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const PersonCredentialEntity = defineEntity({
  name: 'person_credential',
  tableName: 'person_credential',
  properties: {
    id: p.string().primary(),
    personId: p.string(),
    providerId: p.string(),
    providerAccountId: p.string(),
    accessToken: p.text().nullable(),
    refreshToken: p.text().nullable(),
    idToken: p.text().nullable(),
    accessTokenExpiresAt: p.datetime().nullable(),
    refreshTokenExpiresAt: p.datetime().nullable(),
    scope: p.string().nullable(),
    password: p.string().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const PersonVerificationEntity = defineEntity({
  name: 'person_verification',
  tableName: 'person_verification',
  properties: {
    id: p.string().primary(),
    identifier: p.string(),
    value: p.text(),
    expiresAt: p.datetime(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
