import { useRef, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { Eye, EyeOff, Globe, KeyRound, Link2Off } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import { CopyButton } from '../copy-button/CopyButton.tsx';
import { cx } from '../internal/cx.ts';
import { useAction } from '../internal/use-action.ts';
import { Notice } from '../notice/Notice.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './RevealToken.module.css';

/** What an open link tells before it is used. */
export interface CredentialOffer {
  readonly keyName: string;
  readonly account: string;
  readonly expiresAt: string;
}

/** What it hands over. */
export interface Credential {
  readonly key: string;
  readonly token: string;
}

/** The link as the page knows it; `gone` for unknown, used, expired and withdrawn alike. */
export type OfferState =
  | { readonly state: 'loading' }
  | { readonly state: 'open'; readonly offer: CredentialOffer }
  | { readonly state: 'gone' }
  | { readonly state: 'failed'; readonly message?: string; readonly onRetry?: () => void };

type Native = Omit<ComponentProps<'main'>, 'children'>;

export interface RevealTokenProps extends Native {
  readonly offer: OfferState;
  /** The host that the reader must recognise, such as `location.host`. */
  readonly host: string;
  /** Uses the link. Null when it was gone meanwhile; a rejection can be tried again. */
  readonly onReveal: () => Promise<Credential | null>;
}

/**
 * The page of whoever receives a token. Looking at it uses nothing up: only the button does. The token
 * is hidden again once it was copied.
 */
export function RevealToken({ offer, host, onReveal, ...root }: RevealTokenProps) {
  const { messages } = useLatchkey();
  const [revealed, setRevealed] = useState<Credential | 'gone' | null>(null);
  const action = useAction(onReveal, messages.reveal.failed);
  const words = messages.reveal;

  if (revealed === 'gone') return <Gone root={root} />;
  // Once revealed it stays, even if the page asks again and the link is gone by then.
  if (revealed) return <Revealed root={root} credential={revealed} />;
  if (offer.state === 'loading') {
    return (
      <Frame root={root} icon={<KeyRound size={22} aria-hidden />} title={words.title}>
        <p role="status">{words.loading}</p>
      </Frame>
    );
  }
  if (offer.state === 'failed') {
    return (
      <Frame root={root} icon={<KeyRound size={22} aria-hidden />} title={words.title}>
        <Notice
          tone="danger"
          role="alert"
          action={
            offer.onRetry && (
              <Button size="sm" onClick={offer.onRetry}>
                {messages.common.retry}
              </Button>
            )
          }
        >
          {offer.message ?? messages.common.unknownError}
        </Notice>
      </Frame>
    );
  }
  if (offer.state === 'gone') return <Gone root={root} />;
  return (
    <Offered
      root={root}
      offer={offer.offer}
      host={host}
      pending={action.pending}
      error={action.error}
      onReveal={async () => {
        const result = await action.run();
        if (result.done) setRevealed(result.value ?? 'gone');
      }}
    />
  );
}

interface Part {
  /** What the owner gives to the page. */
  readonly root: Native;
}

interface FrameProps extends Part {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

function Frame({ root, icon, title, children }: FrameProps) {
  return (
    <main {...root} className={cx(styles.page, root.className)} data-lk-root="">
      <div className={styles.card}>
        <div className={styles.icon}>{icon}</div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}

function Gone({ root }: Part) {
  const { messages } = useLatchkey();
  return (
    <Frame root={root} icon={<Link2Off size={22} aria-hidden />} title={messages.reveal.goneTitle}>
      <p className={styles.text}>{messages.reveal.goneText}</p>
    </Frame>
  );
}

interface OfferedProps extends Part {
  readonly offer: CredentialOffer;
  readonly host: string;
  readonly pending: boolean;
  readonly error: string | null;
  readonly onReveal: () => void;
}

function Offered({ root, offer, host, pending, error, onReveal }: OfferedProps) {
  const { messages, format } = useLatchkey();
  const words = messages.reveal;
  return (
    <Frame root={root} icon={<KeyRound size={22} aria-hidden />} title={words.title}>
      <dl className={styles.facts}>
        <dt>{words.keyName}</dt>
        <dd>
          <bdi>{offer.keyName}</bdi>
        </dd>
        <dt>{words.account}</dt>
        <dd>
          <bdi>{offer.account}</bdi>
        </dd>
      </dl>
      <div className={styles.host}>
        <Globe size={18} aria-hidden />
        <div>
          <span>{words.host}</span>
          <strong dir="ltr">{host}</strong>
          <p>{words.hostWarning}</p>
        </div>
      </div>
      <p className={styles.text}>{words.once}</p>
      {error && (
        <Notice tone="danger" role="alert" title={words.failed}>
          {error}
        </Notice>
      )}
      <Button
        variant="primary"
        className={styles.reveal}
        pending={pending}
        icon={<Eye size={18} aria-hidden />}
        onClick={onReveal}
      >
        {pending ? words.revealing : words.reveal}
      </Button>
      <p className={styles.small}>{words.expires(format.dateTime(offer.expiresAt))}</p>
    </Frame>
  );
}

function Revealed({ root, credential }: Part & { readonly credential: Credential }) {
  const { messages } = useLatchkey();
  const words = messages.reveal;
  const [hidden, setHidden] = useState(false);
  const tokenField = useRef<HTMLInputElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  return (
    <Frame root={root} icon={<KeyRound size={22} aria-hidden />} title={words.revealedTitle}>
      <p className={styles.text} role="status">
        {words.revealedText}
      </p>
      <div className={styles.row}>
        <TextField
          ref={keyField}
          className={styles.field}
          label={words.key}
          mono
          readOnly
          dir="ltr"
          value={credential.key}
          onFocus={(event) => event.currentTarget.select()}
          onClick={(event) => event.currentTarget.select()}
        />
        <CopyButton text={credential.key} label={words.copyKey} field={keyField} />
      </div>
      <div className={styles.row}>
        <TextField
          ref={tokenField}
          className={styles.field}
          label={words.token}
          mono
          readOnly
          dir="ltr"
          spellCheck={false}
          value={hidden ? '•'.repeat(24) : credential.token}
          onFocus={(event) => event.currentTarget.select()}
          onClick={(event) => event.currentTarget.select()}
        />
        <CopyButton
          variant="primary"
          text={credential.token}
          label={words.copyToken}
          field={tokenField}
          onCopied={() => setHidden(true)}
          onRefused={() => setHidden(false)}
        />
      </div>
      <div className={styles.row}>
        <Button
          variant="ghost"
          size="sm"
          icon={hidden ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
          onClick={() => setHidden(!hidden)}
        >
          {hidden ? words.show : words.hide}
        </Button>
        {hidden && <span className={styles.hidden}>{words.hidden}</span>}
      </div>
    </Frame>
  );
}
