import type { ComponentProps, ReactNode } from 'react';
import { useState } from 'react';
import { Slot } from 'radix-ui/slot';
import { Menu as MenuIcon, X } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { cx } from '../internal/cx.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './AppShell.module.css';

export interface AppShellProps extends ComponentProps<'div'> {
  /** Name or mark of the product, at the top of the side. */
  readonly brand: ReactNode;
  /** `NavItem`s. */
  readonly navigation: ReactNode;
  readonly navigationLabel: string;
  /** At the foot of the side: who is signed in, settings. */
  readonly aside?: ReactNode;
  /** Across the top of the page: an offline banner, an account switcher. */
  readonly banner?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of an application: navigation at the side, on narrow screens behind a menu button. */
export function AppShell(props: AppShellProps) {
  const { brand, navigation, navigationLabel, aside, banner, children, ...rest } = props;
  const { className, ...native } = rest;
  const { messages } = useLatchkey();
  const [open, setOpen] = useState(false);
  return (
    <div {...native} className={cx(styles.shell, className)} data-lk-root="">
      <a className={styles.skip} href="#lk-main">
        {messages.common.skipToContent}
      </a>
      <header className={styles.side} data-open={open ? '' : undefined}>
        <div className={styles.brand}>
          {brand}
          <span className={styles.menuButton}>
            <IconButton
              label={open ? messages.common.close : messages.common.menu}
              icon={open ? <X size={20} aria-hidden /> : <MenuIcon size={20} aria-hidden />}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            />
          </span>
        </div>
        <div className={styles.drawer}>
          <nav aria-label={navigationLabel}>
            {/* The links inside take the keys; a press on one of them closes the drawer behind it. */}
            <ul className={styles.nav} onClickCapture={() => setOpen(false)}>
              {navigation}
            </ul>
          </nav>
          {aside && <div className={styles.aside}>{aside}</div>}
        </div>
      </header>
      <div className={styles.page}>
        {banner}
        <main id="lk-main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

export interface NavItemProps extends ComponentProps<'a'> {
  readonly icon?: ReactNode;
  /** The page that is shown. A router's link that sets `aria-current` itself needs no `current`. */
  readonly current?: boolean | undefined;
  /** Use the child, such as a router's link, instead of an `<a>`; `icon` goes inside of it then. */
  readonly asChild?: boolean | undefined;
}

/** One place in the navigation. */
export function NavItem({ icon, current, asChild, className, children, ...native }: NavItemProps) {
  const shared = {
    ...native,
    className: cx(styles.item, className),
    'aria-current': current ? ('page' as const) : native['aria-current'],
  };
  return (
    <li>
      {asChild ? (
        <Slot {...shared}>{children}</Slot>
      ) : (
        <a {...shared}>
          {icon}
          {children}
        </a>
      )}
    </li>
  );
}
