import { useQuery } from '@tanstack/react-query';
import { Card, ErrorState, Skeleton, useLatchkey } from '@latchkey/ui';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { fillDays } from './daily-calls.ts';
import { keyUsageQuery } from './queries.ts';
import styles from './KeyUsage.module.css';

/** How many days the chart shows: the UTC days that the last thirty times 24 hours touch, as the month's calls count them. */
const shown = 31;
const height = 48;

/** How often a key was used: a bar for each day of the last month, and the same as a table. */
export function KeyUsage({ id }: { readonly id: string }) {
  const { format, now, locale } = useLatchkey();
  const allWords = useWords();
  const words = allWords.key;
  const { slug } = useAccount();
  const { data, ...query } = useQuery(keyUsageQuery(slug, id));
  if (query.isError && !data) {
    return (
      <Card title={words.usage}>
        <ErrorState headingLevel={3} title={words.usageFailed} onRetry={() => void query.refetch()}>
          {describeFailure(readFailure(query.error), allWords)}
        </ErrorState>
      </Card>
    );
  }
  if (!data) return <Skeleton height="160px" />;

  const days = fillDays(data.days, now().getTime(), shown);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const total = days.reduce((sum, { count }) => sum + count, 0);
  // A day that is counted in UTC is named in UTC, wherever it is read.
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const nameOf = (day: string) => dates.format(new Date(day));
  const caption = words.usageChart(format.number(total), nameOf(days[0]?.day ?? ''));
  return (
    <Card title={words.usage} description={words.usageDays}>
      <figure className={styles.chart}>
        <svg
          role="img"
          aria-label={caption}
          viewBox={`0 0 ${shown * 10} ${height}`}
          preserveAspectRatio="none"
        >
          {days.map(({ day, count }, index) => {
            const bar = count === 0 ? 1 : Math.max(3, (count / most) * height);
            return (
              <rect
                key={day}
                className={count === 0 ? styles.none : styles.bar}
                x={index * 10 + 1}
                y={height - bar}
                width={8}
                height={bar}
              >
                <title>{`${nameOf(day)}: ${format.number(count)}`}</title>
              </rect>
            );
          })}
        </svg>
        <figcaption className={styles.caption}>{caption}</figcaption>
      </figure>
      <details>
        <summary className={styles.summary}>{words.usageTable}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.usageDay}</th>
              <th scope="col">{words.usageCalls}</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, count }) => (
              <tr key={day}>
                <th scope="row">{nameOf(day)}</th>
                <td>{format.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  );
}
