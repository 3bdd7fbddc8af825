import { setTimeout as delay } from 'node:timers/promises';
import { startNode, type Node, type NodeOptions } from '../system/latchkey.ts';
import type { startPostgresql } from '../system/postgresql.ts';

/** The server's default of `LATCHKEY_STALENESS`, in milliseconds. */
export const staleness = 5000;

/** What there is to strike at. */
export interface Victims {
  nodes: readonly Node[];
  /** How a node is started again. */
  options: NodeOptions;
  postgresql: Awaited<ReturnType<typeof startPostgresql>>;
}

function any(nodes: readonly Node[]): Node {
  const node = nodes[Math.floor(Math.random() * nodes.length)];
  if (!node) throw new Error('There is no node.');
  return node;
}

/** What strikes, by its name. Each ends when the node or PostgreSQL is back. */
export const disasters = {
  'SIGKILL a node and start it again': async ({ nodes, options }: Victims) => {
    const node = any(nodes);
    await node.child.stop('SIGKILL');
    node.child = (await startNode({ ...options, port: node.port })).child;
  },
  'pause a node with SIGSTOP, for longer than the bound': async ({ nodes }: Victims) => {
    const { child } = any(nodes);
    child.signal('SIGSTOP');
    await delay(staleness + 1000);
    child.signal('SIGCONT');
  },
  'cut every connection to PostgreSQL': async ({ postgresql }: Victims) => {
    await postgresql.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'latchkey%'",
    );
  },
  'restart PostgreSQL': async ({ postgresql }: Victims) => postgresql.restart(),
} as const;
