#!/usr/bin/env node
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { fail } from '../fail.ts';
import { backUpTo } from './back-up-to.ts';
import { createOwner } from './create-owner.ts';
import { importFrom } from './import-keys.ts';
import { disconnect } from './disconnect.ts';
import { diagnose, printDiagnosis } from './doctor.ts';
import { migrate } from './migrate.ts';
import { resetLink } from './reset-link.ts';
import { restoreFrom } from './restore-from.ts';
import { rotateSecret } from './rotate-secret.ts';

// What is made here (archives, the database, the secret) is for nobody else on the machine to read.
process.umask(0o077);

const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('latchkey')
  .description(
    'API-key administration. Settings come from the environment, the same as for the server.',
  )
  .showHelpAfterError();

program
  .command('start', { isDefault: true })
  .description('serve everything')
  .action(async () => {
    await import('../main.ts');
  });

program
  .command('migrate')
  .description('bring the database up to this release, and serve nothing')
  .action(async () => say(await migrate(readConfig(process.env))));

program
  .command('backup')
  .description('write everything in the database to a file, also while the server runs')
  .argument('<file>', 'a new file, such as latchkey-2026-11-25.jsonl.gz')
  .action(async (file: string) => say(await backUpTo(readConfig(process.env), file)));

program
  .command('restore')
  .description(
    'put a backup in the place of what the database holds, on either engine, also while the server runs',
  )
  .argument('<file>', 'what backup wrote')
  .option('--replace', 'also when the database is in use: what it holds is lost', false)
  .action(async (file: string, { replace }: { replace: boolean }) =>
    say(await restoreFrom(readConfig(process.env), file, replace)),
  );

program
  .command('rotate-secret')
  .description('put a new secret before the old one')
  .action(async () => say(await rotateSecret(readConfig(process.env))));

program
  .command('create-owner')
  .description('make somebody an owner of an account, and the account too if there is none')
  .requiredOption('--account <slug>', 'the account')
  .requiredOption('--email <address>', 'who')
  .option('--name <name>', 'their name')
  .addHelpText('after', '\nThe password is read from standard input, a line.')
  .action(async (options: { account: string; email: string; name?: string }) =>
    say(await createOwner(readConfig(process.env), options, process.stdin)),
  );

program
  .command('reset-link')
  .description('print a link by which somebody who forgot their password chooses a new one')
  .argument('<email>', 'who')
  .addHelpText(
    'after',
    '\nIt works once, within an hour, and makes an older one worthless. A second factor is asked for as before.',
  )
  .action(async (address: string) => say(await resetLink(readConfig(process.env), address)));

program
  .command('disconnect')
  .description(
    'forget who somebody is at the identity provider, so that another identity can take its place',
  )
  .requiredOption('--email <address>', 'who')
  .action(async (options: { email: string }) =>
    say(await disconnect(readConfig(process.env), options)),
  );

program
  .command('import')
  .description(
    'import the keys of another system: their holders go on with the tokens that they have',
  )
  .argument(
    '<file>',
    'CSV with the columns name, token or token_sha256, and, as needed, key, roles (separated by ;) and expires_at',
  )
  .requiredOption('--account <slug>', 'the account')
  .action(async (file: string, { account }: { account: string }) =>
    say(await importFrom(readConfig(process.env), file, account)),
  );

program
  .command('doctor')
  .description('look for what is wrong with this installation')
  .option('--audit', 'also verify the audit chain of every account, which takes a while', false)
  .action(async ({ audit }: { audit: boolean }) => {
    if (!printDiagnosis(await diagnose(process.env, audit), say)) process.exitCode = 1;
  });

program.parseAsync().catch(fail);
