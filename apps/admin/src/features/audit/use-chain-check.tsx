import { useState } from 'react';
import { ShieldCheck } from 'lucide-react';
import { Button, Notice, useLatchkey } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Answers } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Audit.module.css';

type Verdict = Answers['auditEvents']['verify'];

/** Checks whether an audit event was edited or is missing. */
export function useChainCheck(account: string) {
  const words = useWords();
  const { format } = useLatchkey();
  const [checking, setChecking] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | string | null>(null);

  const check = async () => {
    setChecking(true);
    try {
      setVerdict(await api.auditEvents.verify.query({ account }));
    } catch (error) {
      setVerdict(describeFailure(readFailure(error), words));
    } finally {
      setChecking(false);
    }
  };

  const { audit } = words;
  return {
    button: (
      <Button
        icon={<ShieldCheck size={16} aria-hidden />}
        pending={checking}
        onClick={() => void check()}
      >
        {checking ? audit.checking : audit.check}
      </Button>
    ),
    result: (
      <div aria-live="polite" className={styles.verdict}>
        {typeof verdict === 'string' && <Notice tone="danger">{verdict}</Notice>}
        {verdict !== null && typeof verdict === 'object' && verdict.intact && (
          <Notice tone="success" title={audit.intact}>
            {audit.intactText(format.number(verdict.events))}
          </Notice>
        )}
        {verdict !== null && typeof verdict === 'object' && !verdict.intact && (
          <Notice tone="danger" title={audit.broken}>
            {audit.brokenText(
              format.number(verdict.brokenAt ?? verdict.events + 1),
              verdict.reason === 'missing',
            )}
          </Notice>
        )}
      </div>
    ),
  };
}
