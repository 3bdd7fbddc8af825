import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ours = "nspname not like 'pg\\_%' and nspname <> 'information_schema'";

/** Bytes as `escape` writes them, and `copy` writes that: those that cannot be printed in octal, each backslash twice. */
function unescapeBytes(dump: string): string {
  return dump
    .replaceAll(/\\\\([0-3][0-7]{2})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    )
    .replaceAll('\\\\', '\\');
}

/**
 * The rows of plain-format dumps, as Latin-1: what the server itself writes at `copy … to`, which is what `pg_dump` puts between its
 * statements, for every table and sequence of every schema but the system's. Once with bytes in hex, and once with them as they are.
 * `pg_dump` itself is not among the binaries that the tests run, and one that is older than the server refuses it.
 */
export async function readDumps(url: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-dump-'));
  // The server may run as another user.
  await chmod(folder, 0o777);
  const dump = async (client: Client, format: 'hex' | 'escape') => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', nspname, relname) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p', 'm', 'S') and ${ours}`,
    );
    await client.query(`set bytea_output = '${format}'`);
    const texts = [];
    for (const { name } of rows) {
      const file = join(folder, `${format} ${name}`);
      await client.query(`copy (select * from ${name}) to ${client.escapeLiteral(file)}`);
      texts.push(await readFile(file, 'latin1'));
    }
    return texts.join('\n');
  };
  try {
    return await connected(url, async (client) => [
      await dump(client, 'hex'),
      unescapeBytes(await dump(client, 'escape')),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The bytes of every table and index as they lie on the disk, with rows that are deleted and not yet cleared away, as Latin-1. */
export async function readDisk(url: string): Promise<string> {
  return connected(url, async (client) => {
    await client.query('checkpoint');
    const { rows } = await client.query<{ path: string }>(
      `with relation as (
        select pg_class.oid, reltoastrelid
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'i', 'm', 'S') and ${ours}
      )
      select current_setting('data_directory') || '/' || pg_relation_filepath(oid) as path from relation
      union
      select current_setting('data_directory') || '/' || pg_relation_filepath(reltoastrelid)
      from relation where reltoastrelid <> 0`,
    );
    const files = rows.map(({ path }) => readFile(path, 'latin1'));
    return (await Promise.all(files)).join('\n');
  });
}
