import { RefusedError, type Admin } from './admin.ts';

/** What a key must have to be accepted, and has until its access ends. */
export const needed = 'keys.view';

/** What ends a key's access: the request, and what verification says from then on. */
export interface Ending {
  name: string;
  /** May be sent again when it is not known whether it was done. */
  end(on: Admin, path: string): Promise<unknown>;
  code: string;
}

/** Every way in which an administrator ends the access of a key. */
export const endings: readonly Ending[] = [
  {
    name: 'deactivated',
    end: (on, path) => on.send('POST', `${path}/deactivate`),
    code: 'INACTIVE',
  },
  {
    name: 'deleted',
    end: async (on, path) => {
      try {
        await on.send('DELETE', path);
      } catch (error) {
        // Deleted already, by a request whose answer was lost.
        if (!(error instanceof RefusedError && error.status === 404)) throw error;
      }
    },
    code: 'INVALID_CREDENTIALS',
  },
  {
    name: 're-roled',
    end: (on, path) => on.send('PATCH', path, { roleIds: [] }),
    code: 'INSUFFICIENT_PERMISSIONS',
  },
];
