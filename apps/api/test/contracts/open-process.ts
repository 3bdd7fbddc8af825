import { once } from 'node:events';
import { openStore } from '../../src/store/index.ts';

/** Says when it is ready, opens a database as a node of its own would when it is told to, and says the instance's id. */
process.stdout.write('ready');
await once(process.stdin, 'data');
process.stdin.destroy();
const { store, close } = await openStore(process.argv[2] ?? '');
const { id } = await store.instance.read();
await close();
process.stdout.write(id);
