import { createRoot } from 'react-dom/client';
import { manyKeys } from '../../src/fixtures/keys.ts';
import { storyClock } from '../../src/fixtures/clock.ts';
import { KeysTable } from '../../src/keys-table/index.ts';
import { LatchkeyProvider } from '../../src/provider/index.ts';
import '../../src/styles/index.css';

const maxHeight = '640px';

/** The same words without any of our parts, all of them in the document: what the machine can do at best. */
function PlainTable() {
  return (
    <div data-scroller="" style={{ blockSize: maxHeight, overflow: 'auto', contain: 'strict' }}>
      <table style={{ inlineSize: '100%' }}>
        <tbody>
          {manyKeys(100).map((key) => (
            <tr key={key.id} style={{ blockSize: 52 }}>
              <td>{key.name}</td>
              <td>{key.roles.map((role) => role.name).join(', ')}</td>
              <td>{key.createdAt}</td>
              <td>{key.lastUsedAt}</td>
              <td>{key.status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    location.search === '?plain' ? (
      <PlainTable />
    ) : (
      <LatchkeyProvider now={storyClock}>
        <KeysTable
          keys={manyKeys(100_000)}
          bulkActions={['export']}
          onAction={() => undefined}
          maxHeight={maxHeight}
        />
      </LatchkeyProvider>
    ),
  );
}
