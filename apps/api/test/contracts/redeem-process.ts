import { once } from 'node:events';
import { openStore } from '../../src/store/index.ts';
import { later } from './fixtures.ts';

/** Says when it is ready, redeems a link many times at once when it is told to, and says how many of them won. */
const [databaseUrl = '', linkId = '', each = ''] = process.argv.slice(2);
const { store, close } = await openStore(databaseUrl);
process.stdout.write('ready');
await once(process.stdin, 'data');
process.stdin.destroy();
const won = await Promise.all(
  Array.from({ length: Number(each) }, () => store.links.redeem(linkId, later(1), null)),
);
await close();
process.stdout.write(String(won.filter(Boolean).length));
