import { defineEntity, p } from '@mikro-orm/core';

/** The one row that tells this instance from others, and who set it up. */
export const InstanceEntity = defineEntity({
  name: 'instance',
  tableName: 'instance',
  properties: {
    /** Always 1: there is one row. */
    onlyRow: p.integer().primary(),
    id: p.string(),
    administratorPersonId: p.string().nullable(),
    secretCheck: p.string().nullable(),
  },
});
