import { LoaderCircle } from 'lucide-react';
import styles from './Button.module.css';

/** A turning ring that stays invisible for its first 200 ms. Say in words beside it what is under way. */
export function Spinner({ size = 16 }: { readonly size?: number }) {
  return <LoaderCircle className={styles.spinner} size={size} aria-hidden />;
}
