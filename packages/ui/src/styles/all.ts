// What the built stylesheet holds: first the tokens and the base, then every component's own.
import './index.css';
export * from '../index.ts';
