/** A bounded cache whose entries hold only as long as somebody still vouches for them. */
export { BoundedMap, type Kept } from './bounded-map.ts';
export { FreshCache, type CacheLimits, type Entry, type Reading } from './fresh-cache.ts';
export { CrowdedError, Gate } from './gate.ts';
