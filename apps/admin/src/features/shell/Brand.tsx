import styles from './Shell.module.css';

/** The name and the mark. */
export function Brand() {
  return (
    <span className={styles.brand}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--lk-color-accent)" />
        <g
          fill="none"
          stroke="var(--lk-color-on-accent)"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <circle cx="12" cy="20" r="4.6" />
          <path d="M15.4 16.6 24 8M20.4 11.6l3.4 3.4" />
        </g>
      </svg>
      Latchkey
    </span>
  );
}
