import {
  Controls,
  Description,
  Primary,
  Stories,
  Title,
  useOf,
} from '@storybook/addon-docs/blocks';

/** How a part presents itself to assistive technology, and how it is worked without a mouse. */
export interface AccessibilityNote {
  readonly part: string;
  readonly role: string;
  readonly keys: string;
}

/** What a component's stories declare in `parameters.accessibility`. */
function Accessibility() {
  const { preparedMeta } = useOf('meta', ['meta']);
  const { accessibility = [] } = preparedMeta.parameters as {
    accessibility?: readonly AccessibilityNote[];
  };
  if (accessibility.length === 0) return null;
  return (
    <>
      <h2>Accessibility</h2>
      <table>
        <thead>
          <tr>
            <th>Part</th>
            <th>Role</th>
            <th>Keys, and what is said</th>
          </tr>
        </thead>
        <tbody>
          {accessibility.map(({ part, role, keys }) => (
            <tr key={part}>
              <td>
                <code>{part}</code>
              </td>
              <td>{role}</td>
              <td>{keys}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The page of each component: what it is for, one to play with, its accessibility, every state. */
export function DocsPage() {
  return (
    <>
      <Title />
      <Description />
      <Primary />
      <Controls />
      <Accessibility />
      <Stories includePrimary={false} />
    </>
  );
}
