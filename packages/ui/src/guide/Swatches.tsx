import { tokens } from '../tokens/tokens.generated.ts';
import styles from './Swatches.module.css';

const entries = Object.entries(tokens);

/** Every colour token in the four themes. */
export function Swatches() {
  return (
    <table className={styles.swatches}>
      <thead>
        <tr>
          <th>Variable</th>
          <th>Light</th>
          <th>Dark</th>
          <th>High contrast</th>
          <th>High contrast, dark</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        {entries.flatMap(([name, token]) =>
          'highContrast' in token.modes
            ? [
                <tr key={name}>
                  <td>
                    <code>--{name}</code>
                  </td>
                  {[token.value, ...Object.values(token.modes)].map((value, theme) => (
                    // One for each theme, always in the same order.
                    // oxlint-disable-next-line react/no-array-index-key
                    <td key={theme}>
                      <span className={styles.colour} style={{ background: value }} />
                      <code>{value}</code>
                    </td>
                  ))}
                  <td>{token.description}</td>
                </tr>,
              ]
            : [],
        )}
      </tbody>
    </table>
  );
}

/** Every other token, in comfortable and in compact density. */
export function Scales() {
  return (
    <table className={styles.swatches}>
      <thead>
        <tr>
          <th>Variable</th>
          <th>Value</th>
          <th>Compact</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        {entries.flatMap(([name, { value, modes, description }]) =>
          'highContrast' in modes
            ? []
            : [
                <tr key={name}>
                  <td>
                    <code>--{name}</code>
                  </td>
                  <td>{value}</td>
                  <td>{'compact' in modes ? modes.compact : 'the same'}</td>
                  <td>{description}</td>
                </tr>,
              ],
        )}
      </tbody>
    </table>
  );
}
