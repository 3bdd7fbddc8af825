import { defineEntity, p } from '@mikro-orm/core';
import { renewalPeriods } from '@latchkey/core';
import { instant } from './columns.ts';

export const AccountEntity = defineEntity({
  name: 'account',
  tableName: 'account',
  properties: {
    id: p.string().primary(),
    slug: p.string().unique(),
    name: p.string(),
    renewalPeriodMonths: p.enum(renewalPeriods),
    createdAt: instant(),
    /** Up to when every alert about its keys was told; 0 when all are to be looked at. */
    alertsToldUntil: instant().default(0),
  },
});
