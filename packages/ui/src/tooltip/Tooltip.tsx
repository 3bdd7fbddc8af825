import type { ReactElement, ReactNode } from 'react';
import * as RadixTooltip from 'radix-ui/tooltip';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly content: ReactNode;
  /** One element that takes focus; a tooltip on anything else cannot be reached by keyboard. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A short hint on hover and on focus. Never put there what is needed to go on. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const { rootAttributes } = useLatchkey();
  return (
    <RadixTooltip.Provider delayDuration={300}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            {...rootAttributes}
            className={styles.tooltip}
            side={side}
            sideOffset={6}
            collisionPadding={8}
          >
            {content}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
