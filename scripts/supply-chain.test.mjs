import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findDisagreed } from './supply-chain.mjs';

describe('the licences', () => {
  it('names each package under one that is not agreed to', () => {
    const byLicence = {
      MIT: [{ name: 'free' }],
      '(MIT OR GPL-3.0-only)': [{ name: 'offered' }],
      'GPL-3.0-only': [{ name: 'copyleft' }],
      Unknown: [{ name: 'nobody-knows' }],
      'MIT AND GPL-3.0-only': [{ name: 'both' }],
    };
    assert.deepEqual(findDisagreed(byLicence), [
      'copyleft (GPL-3.0-only)',
      'nobody-knows (Unknown)',
      'both (MIT AND GPL-3.0-only)',
    ]);
  });
});
