import type { ReactNode } from 'react';
import { Brand } from '../shell/Brand.tsx';
import { ConnectionBanner } from '../shell/ConnectionBanner.tsx';
import { PreferencesMenu } from '../shell/PreferencesMenu.tsx';
import { usePageTitle } from '../../lib/use-page-title.ts';
import styles from './Session.module.css';

/** The frame of the pages before an account is entered: one card, and the language below it. */
export function Frame(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}) {
  usePageTitle(props.title);
  return (
    <div className={styles.frame} data-lk-root="">
      <ConnectionBanner />
      <main className={styles.card}>
        <Brand />
        <div className={styles.heading}>
          <h1 className={styles.title}>{props.title}</h1>
          {props.text && <p className={styles.text}>{props.text}</p>}
        </div>
        {props.children}
      </main>
      <footer className={styles.foot}>
        <PreferencesMenu />
      </footer>
    </div>
  );
}
