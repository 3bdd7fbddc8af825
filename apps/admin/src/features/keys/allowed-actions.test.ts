import { describe, expect, it } from 'vitest';
import { can } from '../shell/account.ts';
import { allowedActions } from './allowed-actions.ts';

const allowed = (...permissions: string[]) =>
  allowedActions({ can: (...anyOf) => can({ permissions }, ...anyOf) });

describe('what a menu offers', () => {
  it('is to look alone, for whoever may only look', () => {
    expect(allowed('keys.view')).toEqual(['open']);
  });

  it('is no renewal without the permission for it', () => {
    expect(allowed('keys.view', 'keys.edit')).toEqual([
      'open',
      'edit',
      'activate',
      'deactivate',
      'delete',
      'withdrawLink',
    ]);
  });

  it('is to withdraw a link for whoever may issue one by renewing', () => {
    expect(allowed('keys.view', 'keys.renew')).toContain('withdrawLink');
    expect(allowed('keys.view', 'keys.renew')).not.toContain('edit');
  });
});
