import { useRef } from 'react';
import type { ComponentProps } from 'react';
import { Clock, TriangleAlert } from 'lucide-react';
import type { AccessLink } from '../api-key/types.ts';
import { CopyButton } from '../copy-button/CopyButton.tsx';
import { cx } from '../internal/cx.ts';
import { TextField } from '../text-field/TextField.tsx';
import type { Messages } from '../messages/index.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './SingleAccessLink.module.css';

export interface SingleAccessLinkProps extends ComponentProps<'div'> {
  readonly link: AccessLink;
  /** What is said of another link than a token's, such as an invitation. */
  readonly words?: Partial<Pick<Messages['link'], 'label' | 'text' | 'lost'>> | undefined;
  readonly onCopied?: (() => void) | undefined;
}

/**
 * The link that hands over a token once, to copy. Keep it mounted outside of whatever the generated
 * key refreshes: drawn anew, the link is gone.
 */
export function SingleAccessLink(props: SingleAccessLinkProps) {
  const { link, words, onCopied, className, ...native } = props;
  const { messages, format } = useLatchkey();
  const said = { ...messages.link, ...words };
  const field = useRef<HTMLInputElement>(null);
  return (
    <div {...native} className={cx(styles.link, className)}>
      <p>{said.text}</p>
      <div className={styles.row}>
        <TextField
          ref={field}
          label={said.label}
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
          label={said.copy}
          field={field}
          onCopied={onCopied}
        />
      </div>
      <ul className={styles.notes}>
        <li>
          <Clock size={14} aria-hidden />
          {said.expires(format.dateTime(link.expiresAt))}
        </li>
        <li>
          <TriangleAlert size={14} aria-hidden />
          {said.lost}
        </li>
      </ul>
    </div>
  );
}
