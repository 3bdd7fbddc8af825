import { z } from 'zod';
import { utcTime } from './values.ts';

export const linkPreview = z
  .object({
    keyName: z.string().meta({ example: 'Order import' }),
    account: z.string().meta({ example: 'Acme' }),
    expiresAt: utcTime,
  })
  .meta({ id: 'LinkPreview' });

export const redeemedCredential = z
  .object({
    key: z.string().meta({ example: 'lk-acme-7Q4ZK2MD' }),
    token: z.string().meta({ example: 'lk_…' }),
  })
  .meta({ id: 'RedeemedCredential' });
