import { openStore } from '../../src/store/index.ts';

/** Opens a database as a node of its own would, and says the instance's id. */
const { store, close } = await openStore(process.argv[2] ?? '');
const { id } = await store.instance.read();
await close();
process.stdout.write(id);
