import { p } from '@mikro-orm/core';

/**
 * An instant as whole milliseconds since 1970 in UTC: as exact as the domain's `Date`, and compared, sorted and indexed alike on
 * both engines, where a timestamp's text, zone and precision differ.
 */
export const instant = () => p.bigint('number');
