export { conformanceCases } from './conformance.ts';
export type { ConformanceCase, ConformanceHarness } from './conformance.ts';
export { createMemorySource } from './memory-source.ts';
export type { MemorySource, MemorySourceOptions } from './memory-source.ts';
