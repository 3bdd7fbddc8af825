import type { ComponentProps, ReactNode, Ref } from 'react';
import * as RadixTabs from 'radix-ui/tabs';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { cx } from '../internal/cx.ts';
import styles from './Tabs.module.css';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** A count beside the label. */
  readonly count?: ReactNode;
}

interface TabsOptions<Value extends string> {
  /** What the tabs are of, for screen readers. */
  readonly label: string;
  readonly items: readonly TabItem<Value>[];
  /** One `TabPanel` for each item. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLDivElement>;
}

/** The first tab is chosen when nothing else is said. */
export type TabsProps<Value extends string> = TabsOptions<Value> & Controllable<'value', Value>;

/** Views of one thing, side by side. Arrows move between tabs, Home and End to the ends. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, items, children, className, ref } = props;
  const [value, setValue] = useControlled<Value | undefined>(
    props.value,
    props.defaultValue ?? items[0]?.value,
    (next) => next !== undefined && props.onValueChange?.(next),
  );
  return (
    <RadixTabs.Root
      ref={ref}
      className={cx(styles.tabs, className)}
      value={value ?? ''}
      onValueChange={(next) => setValue(next as Value)}
    >
      <RadixTabs.List className={styles.list} aria-label={label}>
        {items.map((item) => (
          <RadixTabs.Trigger key={item.value} value={item.value} className={styles.tab}>
            {item.label}
            {item.count !== undefined && <span className={styles.count}>{item.count}</span>}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {children}
    </RadixTabs.Root>
  );
}

export interface TabPanelProps extends Omit<ComponentProps<'div'>, 'dir'> {
  /** The tab that it belongs to. */
  readonly value: string;
}

/** What one tab shows; nothing of it is rendered while another is chosen. */
export function TabPanel({ className, ...props }: TabPanelProps) {
  return <RadixTabs.Content {...props} className={cx(styles.panel, className)} />;
}
