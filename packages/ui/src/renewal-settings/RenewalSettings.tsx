import { useState } from 'react';
import { Badge } from '../badge/Badge.tsx';
import { Button } from '../button/Button.tsx';
import { useAction } from '../internal/use-action.ts';
import { Card } from '../layout/Page.tsx';
import { Notice } from '../notice/Notice.tsx';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './RenewalSettings.module.css';

export type RenewalPeriodMonths = 3 | 6;

export interface RenewalSettingsProps {
  /** What is in force. */
  readonly value: RenewalPeriodMonths;
  /** A rejection shows its message and keeps what was chosen. */
  readonly onSave: (value: RenewalPeriodMonths) => unknown;
  /** True for who may see the settings but not change them. */
  readonly readOnly?: boolean | undefined;
}

/** After how many months a token's age is pointed out: 3 (recommended) or 6. */
export function RenewalSettings({ value, onSave, readOnly = false }: RenewalSettingsProps) {
  const { messages } = useLatchkey();
  const words = messages.settings;
  const [chosen, setChosen] = useState<'3' | '6'>(value === 3 ? '3' : '6');
  const action = useAction(onSave, messages.common.unknownError);
  const changed = chosen !== String(value);
  return (
    <Card title={words.title} description={words.text}>
      <RadioGroup
        label={words.title}
        hideLabel
        disabled={readOnly || action.pending}
        value={chosen}
        onValueChange={setChosen}
        options={[
          {
            value: '3',
            label: (
              <>
                {words.months(3)} <Badge tone="accent">{words.recommended}</Badge>
              </>
            ),
          },
          { value: '6', label: words.months(6) },
        ]}
      />
      {action.error && (
        <Notice tone="danger" role="alert" title={messages.confirm.failed}>
          {action.error}
        </Notice>
      )}
      {!readOnly && (
        <div className={styles.actions}>
          <Button
            variant="primary"
            disabled={!changed && !action.pending}
            pending={action.pending}
            onClick={() => action.run(chosen === '3' ? 3 : 6)}
          >
            {action.pending ? messages.common.saving : messages.common.save}
          </Button>
        </div>
      )}
    </Card>
  );
}
