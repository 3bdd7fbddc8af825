import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../lib/words/index.ts';
import { instanceQuery } from '../session/queries.ts';
import styles from '../session/Session.module.css';

/** Below the sign-in: the way for who forgot their password, or whom to ask where no mail is set up. */
export function ForgottenLink() {
  const { forgotten: words } = useWords();
  const { data: instance } = useQuery(instanceQuery);
  if (!instance) return null;
  return (
    <p className={styles.aside}>
      {instance.mails ? <Link to="/forgotten-password">{words.title}</Link> : words.operator}
    </p>
  );
}
