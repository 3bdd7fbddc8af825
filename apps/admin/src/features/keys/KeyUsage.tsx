import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, useLatchkey } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { fillDays } from './daily-calls.ts';
import { keyUsageQuery } from './queries.ts';
import styles from './KeyUsage.module.css';

/** How many days the chart shows. */
const shown = 30;
const height = 48;

/** How often a key was used: a bar for each of the last thirty days. */
export function KeyUsage({ id }: { readonly id: string }) {
  const { format, now } = useLatchkey();
  const words = useWords().key;
  const { slug } = useAccount();
  const { data, isError } = useQuery(keyUsageQuery(slug, id));
  if (isError) return null;
  const days = fillDays(data?.days ?? [], now().getTime(), shown);
  const most = Math.max(1, ...days.map(({ count }) => count));
  return (
    <Card title={words.usage}>
      {data ? (
        <figure className={styles.chart}>
          <svg
            role="img"
            aria-label={words.usageChart(format.number(data.calls.month))}
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
                  <title>{`${format.date(`${day}T12:00:00Z`)}: ${format.number(count)}`}</title>
                </rect>
              );
            })}
          </svg>
          <figcaption className={styles.caption}>
            {words.usageChart(format.number(data.calls.month))}
          </figcaption>
        </figure>
      ) : (
        <Skeleton height="72px" />
      )}
    </Card>
  );
}
