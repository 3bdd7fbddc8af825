import { useRef } from 'react';
import { Clock, TriangleAlert } from 'lucide-react';
import type { AccessLink } from '../api-key/types.ts';
import { CopyButton } from '../copy-button/CopyButton.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './SingleAccessLink.module.css';

export interface SingleAccessLinkProps {
  readonly link: AccessLink;
  readonly onCopied?: (() => void) | undefined;
}

/**
 * The link that hands over a token once, to copy. Keep it mounted outside of whatever the generated
 * key refreshes: drawn anew, the link is gone.
 */
export function SingleAccessLink({ link, onCopied }: SingleAccessLinkProps) {
  const { messages, format } = useLatchkey();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.link}>
      <p>{messages.link.text}</p>
      <div className={styles.row}>
        <TextField
          ref={field}
          label={messages.link.label}
          className={styles.field}
          mono
          readOnly
          dir="ltr"
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
          onClick={(event) => event.currentTarget.select()}
          onCopy={onCopied}
        />
        <CopyButton
          variant="primary"
          text={link.url}
          label={messages.link.copy}
          field={field}
          onCopied={onCopied}
        />
      </div>
      <ul className={styles.notes}>
        <li>
          <Clock size={14} aria-hidden />
          {messages.link.expires(format.dateTime(link.expiresAt))}
        </li>
        <li>
          <TriangleAlert size={14} aria-hidden />
          {messages.link.lost}
        </li>
      </ul>
    </div>
  );
}
