import { listAuditEvents, verifyAuditEvents } from '@latchkey/core';
import {
  auditEventPage,
  auditEventQuery,
  chainVerdict,
  viewAuditEvent,
} from '../contract/audit-events.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const path = '/accounts/{account}/audit-events';

export const auditEventsRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path,
        needs: ['audit.view'],
        summary: 'List the audit events, newest first',
      }),
    )
    .input(accountInput(auditEventQuery))
    .output(auditEventPage)
    .query(async ({ ctx, input }) => {
      const { account: _, ...query } = input;
      const page = unwrap(await listAuditEvents(ctx.ports, ctx.call, query));
      return { ...page, items: page.items.map(viewAuditEvent) };
    }),

  verify: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${path}/verify`,
        needs: ['audit.view'],
        summary: 'Check the chain of audit events: one that was edited or is missing shows',
      }),
    )
    .input(accountInput({}))
    .output(chainVerdict)
    .query(async ({ ctx }) => {
      const verdict = unwrap(await verifyAuditEvents(ctx.ports, ctx.call));
      return { brokenAt: null, reason: null, ...verdict };
    }),
});
