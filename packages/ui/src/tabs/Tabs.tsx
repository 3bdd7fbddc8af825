import type { ComponentProps, ReactNode } from 'react';
import * as RadixTabs from 'radix-ui/tabs';
import type { RootProps } from '../internal/root-props.ts';
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

interface TabsOptions<Value extends string> extends RootProps {
  /** What the tabs are of, for screen readers. */
  readonly label: string;
  readonly items: readonly TabItem<Value>[];
  /** One `TabPanel` for each item. */
  readonly children: ReactNode;
}

/** The first tab is chosen when nothing else is said. */
export type TabsProps<Value extends string> = TabsOptions<Value> & Controllable<'value', Value>;

/** Views of one thing, side by side. Arrows move between tabs, Home and End to the ends. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, items, value: given, defaultValue, onValueChange, ...rest } = props;
  const { children, className, ...native } = rest;
  const [value, setValue] = useControlled<Value | undefined>(
    given,
    defaultValue ?? items[0]?.value,
    (next) => next !== undefined && onValueChange?.(next),
  );
  return (
    <RadixTabs.Root
      {...native}
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
