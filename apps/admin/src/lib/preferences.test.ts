import { describe, expect, it } from 'vitest';
import { regionalTag } from './preferences.ts';

describe('dates and numbers', () => {
  it('are written as in the country that the browser knows', () => {
    expect(regionalTag('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(regionalTag('pt', ['pt-BR'])).toBe('pt-BR');
  });

  it('follow the language alone when the browser speaks another', () => {
    expect(regionalTag('es', ['en-GB'])).toBe('es');
  });
});
