import { createRoot } from 'react-dom/client';
import { manyKeys } from '../../src/fixtures/keys.ts';
import { storyClock } from '../../src/fixtures/clock.ts';
import { KeysTable } from '../../src/keys-table/index.ts';
import { LatchkeyProvider } from '../../src/provider/index.ts';
import '../../src/styles/index.css';

const keys = manyKeys(100_000);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <LatchkeyProvider now={storyClock}>
      <KeysTable
        keys={keys}
        bulkActions={['export']}
        onAction={() => undefined}
        maxHeight="640px"
      />
    </LatchkeyProvider>,
  );
}
