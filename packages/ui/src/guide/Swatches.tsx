import { tokens } from '../tokens/tokens.generated.ts';
import styles from './Swatches.module.css';

const entries = Object.entries(tokens);

/** Every colour token in both themes. */
export function Swatches() {
  return (
    <div className={styles.swatches}>
      {entries
        .filter(([, token]) => token.type === 'color')
        .map(([name, token]) => (
          <div key={name} className={styles.swatch}>
            <span className={styles.colors} aria-hidden>
              <span style={{ background: token.value }} />
              <span style={{ background: token.alternative ?? token.value }} />
            </span>
            <code>--{name}</code>
            <span>{token.description}</span>
          </div>
        ))}
    </div>
  );
}

/** Every other token with its value. */
export function Scales() {
  return (
    <table>
      <thead>
        <tr>
          <th>Variable</th>
          <th>Value</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        {entries
          .filter(([, token]) => token.type !== 'color')
          .map(([name, token]) => (
            <tr key={name}>
              <td>
                <code>--{name}</code>
              </td>
              <td>{token.alternative ? `${token.value} / ${token.alternative}` : token.value}</td>
              <td>{token.description}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
