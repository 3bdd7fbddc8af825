import type { ProviderWord } from '@latchkey/api/router';
import { Notice } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';

/** What is no fault, but a step. */
const steps: readonly ProviderWord[] = ['connect', 'code'];

/** What came of the way through the identity provider. @param name what it is called */
export function ProviderNotice(props: { readonly word: ProviderWord; readonly name: string }) {
  const { word, name } = props;
  const { told } = useWords().provider;
  return (
    <Notice tone={steps.includes(word) ? 'info' : 'danger'} role="alert">
      {told[word](name)}
    </Notice>
  );
}
