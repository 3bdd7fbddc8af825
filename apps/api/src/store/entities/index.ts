import { AccountEntity } from './account.ts';
import {
  ApiKeyEntity,
  ApiKeyRoleEntity,
  IssuedIdentifierEntity,
  KeyCountEntity,
} from './api-key.ts';
import { ApiTokenEntity } from './api-token.ts';
import { AuditEventEntity, AuditHeadEntity } from './audit-event.ts';
import { ExternalKeyEntity, ExternalKeyRoleEntity } from './external-key.ts';
import { IdempotencyRecordEntity } from './idempotency-record.ts';
import { InstanceEntity } from './instance.ts';
import { LinkEntity } from './link.ts';
import { MailEntity, MailPreferenceEntity } from './mail.ts';
import { MemberEntity, MemberRoleEntity } from './member.ts';
import { FailedVerificationEntity, NotificationEntity, ToldOnceEntity } from './notification.ts';
import {
  PersonCredentialEntity,
  PersonEntity,
  PersonSessionEntity,
  PersonVerificationEntity,
} from './person.ts';
import { RoleEntity } from './role.ts';
import {
  PersonPasskeyEntity,
  PersonPasswordResetEntity,
  PersonRecoveryCodeEntity,
  PersonSecondFactorEntity,
  PersonUsedChallengeEntity,
} from './sign-in.ts';
import { UsageDayEntity } from './usage-day.ts';
import { WebhookDeliveryEntity, WebhookEntity } from './webhook.ts';

/** Every table, as MikroORM and, through it, Kysely know it. */
export const entities = [
  InstanceEntity,
  AccountEntity,
  RoleEntity,
  MemberEntity,
  MemberRoleEntity,
  ApiKeyEntity,
  ApiKeyRoleEntity,
  KeyCountEntity,
  IssuedIdentifierEntity,
  ApiTokenEntity,
  LinkEntity,
  ExternalKeyEntity,
  ExternalKeyRoleEntity,
  UsageDayEntity,
  AuditEventEntity,
  AuditHeadEntity,
  IdempotencyRecordEntity,
  NotificationEntity,
  ToldOnceEntity,
  FailedVerificationEntity,
  WebhookEntity,
  WebhookDeliveryEntity,
  MailEntity,
  MailPreferenceEntity,
  PersonEntity,
  PersonSessionEntity,
  PersonCredentialEntity,
  PersonVerificationEntity,
  PersonSecondFactorEntity,
  PersonRecoveryCodeEntity,
  PersonPasskeyEntity,
  PersonUsedChallengeEntity,
  PersonPasswordResetEntity,
] as const;
