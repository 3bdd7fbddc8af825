export { CopyButton } from './CopyButton.tsx';
export type { CopyButtonProps } from './CopyButton.tsx';
export { CodeBlock } from './CodeBlock.tsx';
export type { CodeBlockProps } from './CodeBlock.tsx';
