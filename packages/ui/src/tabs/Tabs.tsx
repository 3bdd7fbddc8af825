import type { ReactNode } from 'react';
import * as RadixTabs from 'radix-ui/tabs';
import { cx } from '../internal/cx.ts';
import styles from './Tabs.module.css';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** A count beside the label. */
  readonly count?: ReactNode;
}

export interface TabsProps<Value extends string> {
  /** What the tabs are of, for screen readers. */
  readonly label: string;
  readonly items: readonly TabItem<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  /** One `TabPanel` for each item. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Views of one thing, side by side. Arrows move between tabs, Home and End to the ends. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, items, value, onValueChange, children, className } = props;
  return (
    <RadixTabs.Root
      className={cx(styles.tabs, className)}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
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

/** What one tab shows; nothing of it is rendered while another is chosen. */
export function TabPanel(props: { readonly value: string; readonly children: ReactNode }) {
  return (
    <RadixTabs.Content value={props.value} className={styles.panel}>
      {props.children}
    </RadixTabs.Content>
  );
}
